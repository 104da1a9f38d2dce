package access

import (
	"fmt"
	"strconv"
)

// Needed is how many must approve a step. It is written as "all", "any" (one)
// or a number.
type Needed struct {
	All   bool // everyone named
	Count int  // else this many distinct people, from 1
}

// MarshalJSON gives the word or the number.
func (n Needed) MarshalJSON() ([]byte, error) {
	switch {
	case n.All:
		return []byte(`"all"`), nil
	case n.Count <= 1:
		return []byte(`"any"`), nil
	}
	return strconv.AppendInt(nil, int64(n.Count), 10), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Needed) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case `"any"`:
		*n = Needed{Count: 1}
	case `"all"`:
		*n = Needed{All: true}
	default:
		count, err := strconv.Atoi(string(data))
		if err != nil || count < 1 {
			return fmt.Errorf("needed is any, all or a number from 1, not %.20s", data)
		}
		*n = Needed{Count: count}
	}
	return nil
}
