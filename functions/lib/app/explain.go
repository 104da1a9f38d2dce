package app

import (
	"context"
	"time"

	"latchkey/functions/lib/access"
)

// Explain says in sentences why a request stands where it stands, to who may
// read its history.
func (a *App) Explain(ctx context.Context, c Caller, id access.RequestID) (access.Status, []string, error) {
	v, err := a.Get(ctx, c, id)
	if err != nil {
		return "", nil, err
	}
	if !v.Progress {
		return "", nil, access.Refuse(access.CodeForbidden, "The progress of this request is not shown to you.")
	}
	sentences, err := a.explain(ctx, v)
	return v.Status, sentences, err
}

func (a *App) explain(ctx context.Context, v View) ([]string, error) {
	people := []access.PersonID{v.Requester, v.SubmittedBy, v.DecidedBy}
	for _, s := range v.Request.Steps {
		for _, d := range s.Decisions {
			people = append(people, d.By, d.OnBehalfOf)
		}
	}
	for _, c := range v.Confirmations {
		people = append(people, c.By)
	}
	names, err := a.namesOf(ctx, people)
	if err != nil {
		return nil, err
	}
	w := access.Wording{Resource: or(v.Resource.Name, string(v.Resource.ID)), At: sayTime,
		Person: func(id access.PersonID) string { return or(names[id], string(id)) }}
	for _, step := range v.Steps {
		w.Steps = append(w.Steps, Words(step.Approvers))
	}
	return v.Request.Explain(v.Flow, w), nil
}

func sayTime(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04:05 UTC") }

// Words says who approvers are.
func Words(approvers []Approver) []string {
	out := []string{}
	for _, a := range approvers {
		out = append(out, a.Words())
	}
	return out
}

// Words says who an approver is: "the requester's manager (Ben)".
func (a Approver) Words() string {
	role := map[access.Principal]string{access.Manager: "the requester's manager", access.Owner: "the resource's owner",
		access.Admins: "the admins"}[a.Word]
	switch {
	case role == "":
		return or(a.Name, string(a.Who))
	case a.Name == "":
		return role
	}
	return role + " (" + a.Name + ")"
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}
