package httpapi

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/shape"
)

// Entity tags (RFC 9110, 8.8.3). Every answer's tag names its content, so that
// a 304 is never wrong. A configuration document's tag starts with the version
// that the document has ("7.q1w2…"), and that is what a condition on an update
// is about: members that join a group meanwhile do not make it stale.

func contentTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}

func versionTag(version int, body []byte) string {
	return `"` + strconv.Itoa(version) + "." + contentTag(body)[1:]
}

// matchesNone tells whether an If-None-Match header names the tag; the
// comparison is weak (RFC 9110, 13.1.2).
func matchesNone(header, tag string) bool {
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for candidate := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(candidate), "W/") == tag {
			return true
		}
	}
	return false
}

// ParseCondition reads the If-Match and If-None-Match headers of an update, each
// "" if it was not sent; both at once are refused. A tag that names no version
// can match nothing ("version_mismatch"); version 0 is that of settings which
// were never written. Whether a write needs a condition is not decided here.
func ParseCondition(ifMatch, ifNoneMatch string) (app.Condition, error) {
	switch {
	case ifMatch != "" && ifNoneMatch != "":
		return app.Condition{}, InvalidParameter("If-None-Match", shape.CodeUnknown, "Either If-Match or If-None-Match.")
	case ifNoneMatch == "*":
		return app.Condition{New: true}, nil
	case ifMatch == "":
		return app.Condition{}, nil
	}
	tag := strings.TrimSpace(ifMatch)
	if tag == "*" || strings.Contains(tag, ",") {
		return app.Condition{}, InvalidParameter("If-Match", shape.CodePattern, "Name the one version that you change.")
	}
	if len(tag) < 2 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		return app.Condition{}, staleTag() // a weak tag among them: If-Match compares strongly
	}
	number, _, _ := strings.Cut(tag[1:len(tag)-1], ".")
	version, err := strconv.Atoi(number)
	if err != nil || version < 0 {
		return app.Condition{}, staleTag()
	}
	return app.Condition{Version: version, Zero: version == 0}, nil
}

func staleTag() error {
	return access.Refuse(access.CodeVersionMismatch, "Someone changed it since; please read it again.")
}
