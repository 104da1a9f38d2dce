package httpapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// history answers with a part of a chain of events. The cursor is the number of
// the last event of the part before.
func (s server) history(w http.ResponseWriter, r *http.Request, limit contract.Limit, cursor contract.Cursor,
	read func(ctx context.Context, c app.Caller, after, limit int) (app.History, error)) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Event], error) {
		after := 0
		if cursor != "" {
			var err error
			if after, err = strconv.Atoi(cursor); err != nil || after < 1 {
				return page[contract.Event]{}, InvalidParameter("cursor", "cursor", "This is not a cursor of this list.")
			}
		}
		history, err := read(ctx, c, after, Limit(limit))
		if err != nil {
			return page[contract.Event]{}, err
		}
		out := page[contract.Event]{Data: []contract.Event{}}
		for _, e := range history.Events {
			shown, err := showEvent(e, history.Names)
			if err != nil {
				return page[contract.Event]{}, err
			}
			out.Data = append(out.Data, shown)
		}
		if n := len(out.Data); n == Limit(limit) {
			out.NextCursor = strconv.Itoa(out.Data[n-1].Seq)
		}
		return out, nil
	})
}

// showEvent shows an event with its details exactly as they were hashed.
func showEvent(sealed access.SealedEvent, names map[access.PersonID]string) (contract.Event, error) {
	event, err := sealed.Open()
	if err != nil {
		return contract.Event{}, err
	}
	var hashed struct {
		Details jsontext.Value `json:"details"`
	}
	if err := json.Unmarshal([]byte(sealed.Canonical), &hashed); err != nil {
		return contract.Event{}, err
	}
	out := contract.Event{
		Seq: sealed.Seq, Type: string(event.Type), At: event.At, Status: contract.Status(event.Status),
		Actor: contract.Actor{Kind: string(event.Actor.Kind), Id: string(event.Actor.ID), Name: names[event.Actor.ID],
			OnBehalfOf: string(event.Actor.OnBehalfOf), Via: contract.Via(event.Actor.Via)},
		Texts: map[string]contract.Text{}, Details: hashed.Details,
		Prev: sealed.Prev, Hash: sealed.Hash, Canonical: sealed.Canonical,
	}
	for name, text := range sealed.Texts {
		shown := contract.Text{Digest: text.Digest, Salt: text.Salt}
		if text.Salt != "" {
			shown.Text = &text.Text
		}
		out.Texts[name] = shown
	}
	return out, nil
}
