package app_test

import (
	"context"
	"testing"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// overtaken is a store in which something happens just after a key was looked for.
type overtaken struct {
	app.Requests
	meanwhile func() // once
}

func (o *overtaken) Idempotency(ctx context.Context, person access.PersonID, key string) (app.Idempotency, error) {
	known, err := o.Requests.Idempotency(ctx, person, key)
	if happens := o.meanwhile; happens != nil {
		o.meanwhile = nil
		happens()
	}
	return known, err
}

// TestOneFormSentTwiceAtOnceMakesOneRequest (T5): both looked for its key before
// either was stored.
func TestOneFormSentTwiceAtOnceMakesOneRequest(t *testing.T) {
	c := newCompany(t)
	var first access.Request
	store := &overtaken{Requests: c.Requests}
	store.meanwhile = func() { first = c.anaAsks() }
	c.Requests = store
	if second := c.anaAsks(); second.ID != first.ID {
		t.Errorf("one form made %s and %s", first.ID, second.ID)
	}
}
