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
// they are loaded.
type demo struct {
	Password   string     `json:"password"`    // of everyone
	FirstAdmin string     `json:"first_admin"` // the person who loads the rest
	Groups     []document `json:"groups"`
	People     []document `json:"people"` // a manager before whom they manage
	Devices    []document `json:"devices"`
	Resources  []document `json:"resources"`
	Flows      []document `json:"flows"`
	NotInSlack []string   `json:"not_in_slack"` // who is not connected at first
}

// document is one of the admin API's, with the little that is needed of it here.
type document struct {
	ID    string
	Name  string
	Email string
	Body  json.RawMessage
}

func (d *document) UnmarshalJSON(text []byte) error {
	var known struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Email string `json:"email"`
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return err
	}
	if known.ID == "" {
		return fmt.Errorf("a document without an id: %s", text)
	}
	*d = document{ID: known.ID, Name: known.Name, Email: known.Email, Body: bytes.Clone(text)}
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
	return []kind{{"groups", d.Groups}, {"people", d.People}, {"devices", d.Devices}, {"resources", d.Resources}, {"flows", d.Flows}}
}

func (d demo) logins() []Login {
	var logins []Login
	for _, p := range d.People {
		logins = append(logins, Login{ID: p.ID, Email: p.Email, Password: d.Password})
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
