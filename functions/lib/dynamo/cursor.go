package dynamo

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"latchkey/functions/lib/app"
)

// cursor is a place in a list. Every list is sorted by one key, so the key of
// the last entry of a page is all it takes to go on. List binds it to the list
// that gave it out. It holds nothing that its reader has not seen.
type cursor struct {
	List  string `json:"list"`
	After string `json:"after"`
}

// listName names a list by what it was asked for.
func listName(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\n")))
	return hex.EncodeToString(sum[:6])
}

func (c cursor) String() string {
	data, _ := json.Marshal(c) // two strings
	return base64.RawURLEncoding.EncodeToString(data)
}

// readCursor gives the key after which a list goes on, "" at its beginning.
func readCursor(list, given string) (after string, err error) {
	if given == "" {
		return "", nil
	}
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(given)
	if err != nil || json.Unmarshal(data, &c) != nil || c.After == "" || c.String() != given {
		return "", fmt.Errorf("%w: not one of ours", app.ErrBadCursor)
	}
	if c.List != list {
		return "", fmt.Errorf("%w: of another list", app.ErrBadCursor)
	}
	return c.After, nil
}

// pageSize keeps what was asked for within what a page may have.
func pageSize(limit int) int { return max(1, min(limit, 100)) }
