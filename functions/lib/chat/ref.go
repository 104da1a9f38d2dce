package chat

import (
	"encoding/json"
	"errors"

	"latchkey/functions/lib/access"
)

// Ref is what a button or a modal is about. It carries ids and the version that
// was shown, and stands in a button's value and a modal's private_metadata. What
// comes back from Slack is a hint: whoever acts on it reads the request.
type Ref struct {
	Action  access.Action    `json:"a,omitempty"`
	Request access.RequestID `json:"r,omitempty"`
	Version int              `json:"v,omitempty"` // of the request or, in the request form, of the flow
	Flow    access.FlowID    `json:"f,omitempty"` // of the request form
}

// String gives the reference as JSON.
func (r Ref) String() string {
	data, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and a number
	}
	return string(data)
}

// ReadRef reads what String wrote.
func ReadRef(text string) (Ref, error) {
	var r Ref
	if json.Unmarshal([]byte(text), &r) != nil {
		return Ref{}, errors.New("chat: no reference to a request")
	}
	return r, nil
}
