package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed demo.json
var demoFile []byte

// demo is the demo company: documents for the admin API, in the order in which
// they are loaded. A document with "not_yet" needs something that Latchkey
// cannot do yet, and is left out.
type demo struct {
	Password   string     `json:"password"`    // of everyone
	FirstAdmin string     `json:"first_admin"` // the person who loads the rest
	Groups     []document `json:"groups"`
	People     []document `json:"people"` // a manager before whom they manage
	Resources  []document `json:"resources"`
	Flows      []document `json:"flows"`
}

// document is one of the admin API's, with the little that is needed of it here.
type document struct {
	ID     string
	Email  string
	NotYet string
	Body   json.RawMessage // without "not_yet"
}

func (d *document) UnmarshalJSON(text []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	var known struct {
		ID     string `json:"id"`
		Email  string `json:"email"`
		NotYet string `json:"not_yet"`
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return err
	}
	if known.ID == "" {
		return fmt.Errorf("a document without an id: %s", text)
	}
	delete(fields, "not_yet")
	body, err := json.Marshal(fields)
	if err != nil {
		return err
	}
	*d = document{ID: known.ID, Email: known.Email, NotYet: known.NotYet, Body: body}
	return nil
}

// anyWebhooks stands in the demo company for the address of the endpoint.
const anyWebhooks = "https://webhooks.invalid"

func readDemo(text []byte, webhooks string) (demo, error) {
	var company demo
	decoder := json.NewDecoder(bytes.NewReader(bytes.ReplaceAll(text, []byte(anyWebhooks), []byte(webhooks))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&company); err != nil {
		return demo{}, fmt.Errorf("cannot read the demo company: %w", err)
	}
	if _, err := company.login(company.FirstAdmin); err != nil {
		return demo{}, err
	}
	return company, nil
}

// kind is one of the admin API's collections.
type kind struct {
	name      string
	documents []document
}

// kinds are in the order in which one may refer to another.
func (d demo) kinds() []kind {
	return []kind{{"groups", d.Groups}, {"people", d.People}, {"resources", d.Resources}, {"flows", d.Flows}}
}

// leftOut lists what is left out by what it needs.
func (d demo) leftOut() map[string][]string {
	ids := map[string][]string{}
	for _, kind := range d.kinds() {
		for _, document := range kind.documents {
			if document.NotYet != "" {
				ids[document.NotYet] = append(ids[document.NotYet], document.ID)
			}
		}
	}
	return ids
}

func (d demo) logins() []Login {
	var logins []Login
	for _, p := range d.People {
		if p.NotYet == "" {
			logins = append(logins, Login{ID: p.ID, Email: p.Email, Password: d.Password})
		}
	}
	return logins
}

func (d demo) login(id string) (Login, error) {
	for _, l := range d.logins() {
		if l.ID == id {
			return l, nil
		}
	}
	return Login{}, fmt.Errorf("the demo company has no person %q", id)
}
