package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// run brings the stack up and stays until it is asked to end. Besides, if there is
// one, begins to do more with the stack once it is introduced.
func run(ctx context.Context, p places, besides func(context.Context, *running) error) error {
	r, err := bringUp(ctx, p)
	if err != nil {
		return err
	}
	defer func() {
		r.close()
		say("Ended.")
	}()
	r.introduce(os.Stdout)
	if besides != nil {
		if err := besides(ctx, r); err != nil {
			return err
		}
	}
	show(r.Portal, os.Stdout)
	return r.wait(ctx)
}

// introduce prints where things are and how to begin.
func (r *running) introduce(out io.Writer) {
	var people []string
	for _, p := range r.People {
		people = append(people, p.ID)
	}
	fmt.Fprintf(out, `
Latchkey is running.

  Portal    %s
  People    %s
            each at example.com, with the password %s
  Inbox     %s
  Slack     %s, where you can be any of the people
  Webhooks  %s/calls?path=/warehouse, what the data warehouse was told
  Laptops   %s, what an agent on Ana's would do
  API       %s
  AWS       %s, region %s, any credentials
  Details   %s

To try the API, in another terminal in this directory:

  api='%s'
  token() { go run ./infra/local token "$1"; }
  curl -sS -H "Authorization: Bearer $(token ana@example.com)" "$api/v1/catalog"
  curl -sS -H "Authorization: Bearer $(token ana@example.com)" -H 'Content-Type: application/json' \
       -H "Idempotency-Key: try-$(date +%%s)" "$api/v1/requests" -d '{"resource_id": "staging", "reason": "to look around"}'

Ctrl-C ends it.
`, r.Portal, strings.Join(people, ", "), r.People[0].Password, r.Inbox, r.Slack.URL, r.Webhooks.Control, r.places.log("ana-macbook"),
		r.API, r.Endpoint, r.Region, r.places.stackFile(), r.API)
}
