package access

import "time"

// Limits of the domain. Texts are counted in bytes of UTF-8.
const (
	MaxText     = 2000
	MaxFields   = 20
	MaxSteps    = 10
	GrantLimit  = 10 * time.Minute // what a grant may take, its retries included
	EndLimit    = 10 * time.Minute // what one attempt to end may take, as a run sees it
	RunLifetime = 300 * 24 * time.Hour
)

// Command is something that someone, or a timer, wants of a request. The
// commands are the exported types of this package that implement it.
type Command interface{ decide(*decider) error }

// Handle decides a command: it returns the events that it leads to, none if
// everything is as the command wants it already, or an *Error that says why
// not. It changes nothing.
func (r *Request) Handle(c Command, f Facts, now time.Time) ([]Event, error) {
	if _, submits := c.(Submit); !submits && r.Version == 0 {
		return nil, Refuse(CodeNotFound, "There is no such request.")
	}
	d := &decider{r: r.clone(), f: f, now: now.UTC().Truncate(time.Millisecond)}
	if err := c.decide(d); err != nil {
		return nil, err
	}
	return d.events, nil
}

// decider is the work on one command: the request as it becomes, and the
// events on the way.
type decider struct {
	r      Request
	f      Facts
	now    time.Time
	events []Event
	cast   *Decision // the vote that is being cast
}

// emit adds an event and applies it. An event that the table of transitions
// does not allow is refused here, whatever the command's own checks let pass.
func (d *decider) emit(t EventType, status Status, details Details, texts map[string]string) error {
	for name, text := range texts {
		if text == "" {
			delete(texts, name)
		}
	}
	if len(texts) == 0 {
		texts = nil
	}
	e := Event{Subject: "request:" + string(d.r.ID), Seq: d.r.Version + 1, At: d.now, Type: t,
		Actor: d.f.Actor, Status: status, Details: details, Texts: texts}
	if status.Undecided() && t != EventRunStarted {
		e.Details.Due = d.due(e)
	}
	if err := d.r.Apply(e); err != nil {
		return Refuse(CodeNotAllowed, "This is not possible while the request is %s.", d.r.Status.Words(d.r.EndReason))
	}
	d.events = append(d.events, e)
	return nil
}

// due is when the sweeper looks after an undecided request: a little after its
// timer, as it will stand after the event.
func (d *decider) due(e Event) time.Time {
	after := d.r.clone()
	if after.Apply(e) != nil {
		return time.Time{} // Apply says why, to whom it matters
	}
	return after.Timer().Add(d.f.Pace.Grace)
}

func (d *decider) notAllowed() error {
	return Refuse(CodeNotAllowed, "This is not possible while the request is %s.", d.r.Status.Words(d.r.EndReason))
}

// own tells whether the acting person is the requester or who asked for them.
func (d *decider) own() bool {
	return is(d.r.Requester, d.f.Actor) || is(d.r.SubmittedBy, d.f.Actor)
}

func is(id PersonID, a Actor) bool { return id != "" && (id == a.ID || id == a.OnBehalfOf) }

// nextRun numbers the run that takes over on a machine.
func (d *decider) nextRun(m Machine) (int, Machine) { return d.r.Run.Number + 1, m }

func checkText(pointer, text string, required bool) error {
	switch {
	case required && blank(text):
		return InvalidField(pointer, "required", "Please give a reason.")
	case len(text) > MaxText:
		return InvalidField(pointer, "too_long", "This text is too long.")
	}
	return nil
}

func blank(text string) bool {
	for _, r := range text {
		if r != ' ' && r != '\n' && r != '\t' && r != '\r' && r != '\u00a0' {
			return false
		}
	}
	return true
}
