package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/apptest"
)

// mailroom is a company that sends mail: what is queued is delivered at once, as
// often as it is queued.
type mailroom struct {
	*apptest.Company
	sent    []app.Letter
	marked  map[string]bool
	counted map[string]int
}

func newMailroom(t *testing.T) *mailroom {
	p := &mailroom{Company: apptest.New(t), marked: map[string]bool{}, counted: map[string]int{}}
	p.Outbox, p.Mailer, p.Marks, p.Counter = p, p, p, p
	return p
}

func (p *mailroom) Queue(ctx context.Context, messages []app.Message) error {
	for _, m := range messages {
		if err := p.Deliver(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *mailroom) Send(_ context.Context, l app.Letter) error {
	p.sent = append(p.sent, l)
	return nil
}

func (p *mailroom) Marked(_ context.Context, key string) (bool, error) { return p.marked[key], nil }

func (p *mailroom) Mark(_ context.Context, key string, _ time.Time) error {
	p.marked[key] = true
	return nil
}

func (p *mailroom) Count(metric string, n int) { p.counted[metric] += n }

// bounces reports a mail to someone that came back, once more for each time.
func (p *mailroom) bounces(who string, at time.Time) {
	p.Helper()
	for range 2 {
		p.Must(p.TakeFeedback(p.Context(), app.Feedback{To: who + "@example.com",
			MailReport: access.MailReport{Event: "Bounce", Type: "Permanent", SubType: "General", At: at}}))
	}
}

// told lists who got letters of a kind since it was called last.
func (p *mailroom) told(kind access.NoticeKind) []string {
	var out []string
	for _, l := range p.sent {
		if l.Kind == kind {
			out = append(out, string(l.To.ID))
		}
	}
	p.sent = nil
	return out
}

func (p *mailroom) anaAsks() {
	p.Helper()
	r, err := p.Submit(p.Context(), p.SignsIn("ana"), app.Submission{Resource: "staging", Reason: "A demo"})
	p.Must(err)
	p.Must(p.Relay(p.Context(), r.ID, 1))
	_, err = p.Act(p.Context(), p.SignsIn("ana"), r.ID, access.Cancel{})
	p.Must(err)
}

func (p *mailroom) personOf(id access.PersonID) app.PersonDetails {
	p.Helper()
	person, err := p.Person(p.Context(), p.SignsIn("eli"), id)
	p.Must(err)
	return person
}

func (p *mailroom) clears(id access.PersonID) {
	p.Helper()
	p.Must(p.ClearEmail(p.Context(), p.SignsIn("eli"), id, app.Condition{Version: p.personOf(id).Version}))
}

func TestWhoseMailComesBackGetsNoneUntilAnAdminSaysOtherwise(t *testing.T) {
	p := newMailroom(t)
	p.bounces("ben", p.At)
	if told := p.told(access.NoticeUndeliverable); !slices.Equal(told, []string{"eli"}) {
		t.Errorf("told of Ben's address: %v, want eli once", told)
	}
	p.anaAsks()
	if told := p.told(access.NoticeToDecide); len(told) > 0 || p.counted[app.MetricMailHeldBack] != 1 {
		t.Errorf("asked %v, %d held back; want nobody and 1", told, p.counted[app.MetricMailHeldBack])
	}
	if problem := p.personOf("ben").EmailProblem; problem.Kind != access.EmailBounced || !problem.Since.Equal(p.At) {
		t.Errorf("Ben's address: %+v", problem)
	}
	if me, err := p.Me(t.Context(), p.SignsIn("ben")); err != nil || me.EmailProblem.Kind != access.EmailBounced {
		t.Errorf("Ben sees %+v, %v", me.EmailProblem, err)
	}

	p.At = p.At.Add(time.Hour)
	p.clears("ben")
	p.bounces("ben", p.At.Add(-time.Minute)) // a report that comes late
	p.anaAsks()
	if told := p.told(access.NoticeToDecide); !slices.Equal(told, []string{"ben"}) {
		t.Errorf("asked after it was cleared: %v", told)
	}
	p.bounces("ben", p.At.Add(time.Minute))
	if told := p.told(access.NoticeUndeliverable); !slices.Equal(told, []string{"eli"}) {
		t.Errorf("told that it is so again: %v", told)
	}
}

func TestAnAddressThatNobodyHasIsNotRemembered(t *testing.T) {
	p := newMailroom(t)
	p.bounces("zoe", p.At)
	if m, err := p.Mailboxes.Mailbox(t.Context(), "zoe@example.com"); err != nil || m.Problem.Is() || len(p.sent) > 0 {
		t.Errorf("%+v, %v, %d mails", m, err, len(p.sent))
	}
}

func TestAFullMailboxChangesNothing(t *testing.T) {
	p := newMailroom(t)
	p.Must(p.TakeFeedback(t.Context(), app.Feedback{To: "ben@example.com",
		MailReport: access.MailReport{Event: "Bounce", Type: "Transient", SubType: "MailboxFull", At: p.At}}))
	p.anaAsks()
	if told := p.told(access.NoticeToDecide); !slices.Equal(told, []string{"ben"}) {
		t.Errorf("asked %v", told)
	}
}

func TestAnotherAddressHasAProblemOfItsOwn(t *testing.T) {
	p := newMailroom(t)
	p.bounces("ben", p.At)
	ben := p.personOf("ben")
	doc := ben.Doc
	doc.Email = "benjamin@example.com"
	_, err := p.PutPerson(t.Context(), p.SignsIn("eli"), doc, app.Condition{Version: ben.Version})
	p.Must(err)
	if problem := p.personOf("ben").EmailProblem; problem.Is() {
		t.Errorf("the new address: %+v", problem)
	}
	p.sent = nil
	p.bounces("benjamin", p.At) // it has a typing error
	if told := p.told(access.NoticeUndeliverable); !slices.Equal(told, []string{"eli"}) {
		t.Errorf("told of the new address: %v", told)
	}
}

func TestClearingIsAnAdminsAndStandsInTheHistory(t *testing.T) {
	p := newMailroom(t)
	p.bounces("ben", p.At)
	if err := p.ClearEmail(t.Context(), p.SignsIn("ben"), "ben", app.Condition{Version: p.personOf("ben").Version}); access.CodeOf(err) != access.CodeForbidden {
		t.Errorf("Ben clears his own: %v", err)
	}
	p.At = p.At.Add(time.Second)
	p.clears("ben")
	p.clears("ben") // nothing is left to clear
	events, err := p.Directory.Events(t.Context(), "person:ben", 0, 10)
	p.Must(err)
	p.Must(access.Verify(events))
	last, err := events[len(events)-1].Open()
	p.Must(err)
	if last.Type != app.EventEmailCleared || last.Actor.ID != "eli" || last.Seq != p.personOf("ben").Version {
		t.Errorf("the last event is %s by %s", last.Type, last.Actor.ID)
	}
}

// The only admin's own address: nobody is left to tell but the operators, by the
// alarm on what is counted.
func TestWhenTheOnlyAdminsMailComesBackItIsCountedAllTheSame(t *testing.T) {
	p := newMailroom(t)
	p.bounces("eli", p.At)
	if told := p.told(access.NoticeUndeliverable); len(told) > 0 || p.counted[app.MetricAddressMarked] == 0 {
		t.Errorf("told %v, counted %v", told, p.counted)
	}
}
