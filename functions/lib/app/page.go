package app

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"latchkey/functions/lib/access"
)

// afterPrefix begins what a cursor stands for.
const afterPrefix = "after "

// pageOf cuts a page out of a list that is in the order of its keys. The cursor
// names the last key of the page before, so that what comes and goes meanwhile
// neither repeats nor skips anything else.
func pageOf[T any](list []T, p Page, key func(T) string) (page []T, next string, err error) {
	if p.Cursor != "" {
		text, err := base64.RawURLEncoding.DecodeString(p.Cursor)
		after, ours := strings.CutPrefix(string(text), afterPrefix)
		if err != nil || !ours {
			return nil, "", asInvalidCursor(ErrBadCursor)
		}
		start, found := slices.BinarySearchFunc(list, after, func(item T, after string) int {
			return strings.Compare(key(item), after)
		})
		if found {
			start++
		}
		list = list[start:]
	}
	if len(list) <= p.Limit {
		return list, "", nil
	}
	last := key(list[p.Limit-1])
	return list[:p.Limit], base64.RawURLEncoding.EncodeToString([]byte(afterPrefix + last)), nil
}

// asInvalidCursor tells a caller about a cursor that is none.
func asInvalidCursor(err error) error {
	if errors.Is(err, ErrBadCursor) {
		return access.InvalidField("/cursor", "cursor", "This is not a cursor of this list.")
	}
	return err
}
