package links

import (
	"bytes"
	"html/template"
	"os"
	"path/filepath"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// sample is a page to look at.
type sample struct {
	Name string
	page page
}

// WritePreview writes samples of every page into a folder, which it makes if
// need be: NAME.html for each, and an index.html that shows them all.
func WritePreview(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	all := samples()
	for _, s := range all {
		s.page.Home = samplePortal
		body, err := render(s.page)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, s.Name+".html"), body, 0o644); err != nil {
			return err
		}
	}
	index := template.Must(template.New("index").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>The pages behind email links</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem } iframe { width: 360px; height: 720px; border: 1px solid #8888 } section { display: inline-block; margin: 0 1rem 1rem 0 }</style>
<h1>The pages behind email links</h1>
{{range .}}<section><h2><a href="{{.Name}}.html">{{.Name}}</a></h2><iframe src="{{.Name}}.html" title="{{.Name}}"></iframe></section>
{{end}}</html>
`))
	var out bytes.Buffer
	if err := index.Execute(&out, all); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), out.Bytes(), 0o644)
}

const (
	samplePortal = "https://access.example.com"
	sampleToken  = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
)

func sampleTime(after time.Duration) time.Time {
	return time.Date(2026, 11, 24, 13, 5, 0, 0, time.UTC).Add(after)
}

// sampleMail is Ben's, about Ana's request for the production database.
func sampleMail() app.Mailed {
	ben := app.Person{ID: "ben", Name: "Ben Ortiz"}
	hours := access.Duration(8 * time.Hour)
	security := []app.Approver{{Word: "group:security", Who: "group:security", Name: "Security"}}
	manager := []app.Approver{{Word: access.Manager, Who: "person:ben", Name: ben.Name}}
	r := access.Request{ID: "req_01KB2ZJ7Q8W4M5N6P7R8S9T0VX", Version: 2, Status: access.Pending, Requester: "ana", SubmittedBy: "ana",
		Reason: "I want to watch tonight's migration of the orders table and roll it back if it stalls.\nIt should take an hour at most.",
		Asked:  hours, Given: hours, ExpiresAt: sampleTime(30 * 24 * time.Hour), Answers: map[string]string{"ticket": "OPS-1432"}}
	return app.Mailed{
		MailLink: access.MailLink{Request: r.ID, Person: "ben", Step: 1, Version: 2}, To: ben, Open: true, Theirs: true, Shown: true,
		View: app.View{Request: r, Progress: true, Resource: access.Resource{Name: "Production database", Description: "Read-write, with customers' data"},
			Flow: access.Flow{Name: "Production database", Fields: []access.Field{{ID: "ticket", Label: "Ticket"}}},
			Steps: []app.StepView{{StepState: access.StepState{Status: access.StepOpen}, Needed: access.Needed{Count: 1}, Approvers: manager},
				{StepState: access.StepState{Status: access.StepWaiting}, Needed: access.Needed{Count: 2}, Approvers: security}},
			Names: map[access.PersonID]string{"ana": "Ana Ruiz", "ben": ben.Name, "dan": "Dan Ode"}},
		Requester: app.Person{ID: "ana", Name: "Ana Ruiz", Email: "ana@example.com"}, Manager: ben.Name,
		Shorter: []access.Duration{access.Duration(4 * time.Hour), access.Duration(time.Hour)}, Zone: "Europe/Madrid"}
}

// samples has a page for each turn that a link can take.
func samples() []sample {
	var out []sample
	ben := visitor{session: "session", person: &app.Caller{Person: app.Person{ID: "ben"}}}
	draw := func(name, verb string, v visitor, f form, change func(*app.Mailed)) {
		m := sampleMail()
		if change != nil {
			change(&m)
		}
		out = append(out, sample{name, newPage(samplePortal, place{sampleToken, verb}, v, m, f)})
	}
	anonymous := func(m *app.Mailed) { m.SignIn, m.Theirs, m.Shown = true, false, false }
	spent := func(m *app.Mailed) {
		m.Open, m.SpentAt, m.SpentBy, m.Verdict, m.By = false, sampleTime(time.Hour), "ben", access.Approve, "Ben Ortiz"
		m.View.Steps[0].Status = access.StepApproved
		m.View.Steps[0].Decisions = []access.Decision{{By: "ben", Verdict: access.Approve, Via: access.ViaEmail, At: m.SpentAt}}
	}
	hidden := func(m *app.Mailed) { m.Open, m.Shown = false, false }

	draw("sign-in", "approve", visitor{}, form{}, anonymous)
	draw("approve", "approve", ben, form{}, nil)
	draw("deny", "deny", ben, form{}, nil)
	draw("deny-without-a-reason", "deny", ben, form{}.refused(access.InvalidField("/reason", "required", "Please give a reason.")), nil)
	draw("changed-meanwhile", "approve", ben, form{Reason: "Fine by me", Duration: "PT1H"}.refused(access.Refuse(access.CodeStaleVersion,
		"The request has changed since; please look at it again.")), func(m *app.Mailed) { m.View.Version = 4 })
	draw("extension", "approve", ben, form{}, func(m *app.Mailed) {
		m.Step, m.Shorter, m.View.Status, m.View.EndsAt = 0, nil, access.Active, sampleTime(time.Hour)
		m.View.Extension = access.Extension{Asked: access.Duration(30 * time.Minute), Reason: "The migration is at 80 %."}
		m.View.Steps = m.View.Steps[:1]
		m.View.Steps[0].Status = access.StepApproved
	})
	draw("used", "approve", ben, form{}, spent)
	draw("used-by-nobody-signed-in", "approve", visitor{}, form{}, func(m *app.Mailed) { spent(m); anonymous(m) })
	draw("used-without-sign-in", "approve", visitor{}, form{}, func(m *app.Mailed) { spent(m); m.Shown = false })
	draw("decided-already", "approve", ben, form{}, func(m *app.Mailed) {
		m.Open, m.View.Status = false, access.Denied
		m.Refused = &access.Error{Decided: &access.Decided{Outcome: access.Denied, By: "dan", At: sampleTime(time.Hour)}}
	})
	draw("step-over", "approve", ben, form{}, func(m *app.Mailed) {
		m.Open, m.Refused = false, access.Refuse(access.CodeNotApprover, "This request does not wait for a decision of yours.")
	})
	draw("over-and-nobody-signed-in", "approve", visitor{}, form{}, func(m *app.Mailed) { m.Open = false; anonymous(m) })
	draw("no-longer-yours", "approve", ben, form{}, hidden)
	draw("someone-else", "approve", ben, form{}, func(m *app.Mailed) { hidden(m); m.Theirs = false })
	draw("links-void", "approve", ben, form{}, func(m *app.Mailed) { hidden(m); m.Void = true })
	draw("signed-out", "deny", visitor{}, form{Reason: "The migration was moved to Thursday.", Problem: problemSignedOut}, anonymous)
	draw("nobody-here", "approve", visitor{refused: access.Refuse(access.CodeNotRegistered, "You are signed in, but nobody of this directory.")}, form{}, anonymous)
	draw("hostile-text", "approve", ben, form{}, func(m *app.Mailed) {
		m.Requester.Name = "Ana <b>Ruiz</b>\u202e"
		m.View.Resource.Name = "Production \"><script>alert(1)</script> and a name that is far longer than the name of any resource ever should be"
		m.View.Reason = "</dd><style>*{display:none}</style>\n\u202eevird\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	})
	return append(out, sample{"unknown", unknownPage()}, sample{"sign-in-failed", failedSignInPage(&place{sampleToken, "approve"})},
		sample{"sign-in-elsewhere", failedSignInPage(nil)}, sample{"token-too-large", tooLargePage()}, sample{"no-issuer", noIssuerPage()},
		sample{"busy", busyPage()}, sample{"broken", brokenPage()})
}
