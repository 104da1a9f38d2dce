package app

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"latchkey/functions/lib/access"
)

// RunName names the execution of a request's run: the request's id, then
// "ID-2", "ID-3", … (Step Functions refuses a closed name for 90 days.)
func RunName(id access.RequestID, number int) string {
	if number <= 1 {
		return string(id)
	}
	return string(id) + "-" + strconv.Itoa(number)
}

// SubjectKey names the sign-in of an issuer's subject: hex(SHA-256(issuer "\n"
// subject)).
func SubjectKey(issuer, subject string) string {
	sum := sha256.Sum256([]byte(issuer + "\n" + subject))
	return hex.EncodeToString(sum[:])
}
