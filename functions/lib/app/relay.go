package app

import (
	"context"
	"fmt"
	"slices"

	"latchkey/functions/lib/access"
)

// mostRecipients bounds whom one notice is sent to. Flows with more approvers
// than that are decided from the Tasks list.
const mostRecipients = 200

// Relay passes on what a stored event means to others: it repeats the nudge of
// the workflow, queues one message for each person to be told, and raises an
// alarm for access that cannot be taken away. It may be repeated.
func (a *App) Relay(ctx context.Context, id access.RequestID, seq int) error {
	sealed, err := a.Requests.Event(ctx, id, seq)
	if err != nil {
		return fmt.Errorf("event %d of %s: %w", seq, id, err)
	}
	event, err := sealed.Open()
	if err != nil {
		return err
	}
	stored, err := a.Requests.Load(ctx, id)
	if err != nil {
		return fmt.Errorf("request %s: %w", id, err)
	}
	if err := a.nudge(ctx, stored.Request, []access.Event{event}); err != nil {
		return err
	}
	both := a.remembering() // mails and Slack look at the same people
	messages, err := both.messages(ctx, stored.Request, event)
	if err != nil {
		return err
	}
	if len(messages) > 0 {
		if err := a.Outbox.Queue(ctx, messages); err != nil {
			return err
		}
	}
	if err := both.relayToSlack(ctx, stored.Request, event); err != nil {
		return err
	}
	// Last, since nothing drops an alarm that is raised again.
	if event.Details.Drift == access.DriftReadded && stored.Drift == access.DriftReadded {
		return a.alarmReadded(ctx, stored.Request)
	}
	return a.alarm(ctx, stored.Request, event)
}

// messages lists who is told what, each person once for each kind.
func (a *App) messages(ctx context.Context, r access.Request, e access.Event) ([]Message, error) {
	var out []Message
	seen := map[Message]bool{}
	add := func(kind access.NoticeKind, to access.PersonID) {
		m := Message{Request: r.ID, Seq: e.Seq, Kind: kind, To: to}
		if !seen[m] && r.Still(kind, to) {
			seen[m] = true
			out = append(out, m)
		}
	}
	for _, n := range r.Notices(e) {
		people, err := a.behind(ctx, []access.Principal{n.To}, mostRecipients)
		if err != nil {
			return nil, err
		}
		if n.Kind.AsksToDecide() {
			if people, err = a.withDelegates(ctx, r, people); err != nil {
				return nil, err
			}
		}
		for _, id := range people {
			add(n.Kind, id)
		}
	}
	return out, nil
}

// behind lists the active people behind principals, each once, at most so many.
func (a *App) behind(ctx context.Context, principals []access.Principal, most int) ([]access.PersonID, error) {
	var people []access.PersonID
	for _, p := range principals {
		err := a.eachPerson(ctx, p, func(p Person) bool {
			if !slices.Contains(people, p.ID) {
				people = append(people, p.ID)
			}
			return len(people) < most
		})
		if err != nil || len(people) >= most {
			return people, err
		}
	}
	return people, nil
}

// withDelegates adds those who decide for the people now, where the flow lets
// them.
func (a *App) withDelegates(ctx context.Context, r access.Request, people []access.PersonID) ([]access.PersonID, error) {
	flow, err := a.Catalog.FlowVersion(ctx, r.Flow, r.FlowVersion)
	if err != nil || !flow.Delegation {
		return people, err
	}
	delegations, err := a.Directory.Delegations(ctx, people)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(people)
	for _, d := range delegations {
		if d.Active(a.now()) {
			out = append(out, d.To)
		}
	}
	return out, nil
}

// alarm tells the operators about access that is past its end and cannot be
// taken away. The text names the request and says what to do.
func (a *App) alarm(ctx context.Context, r access.Request, e access.Event) error {
	if !e.Details.GaveUp {
		return nil
	}
	a.Counter.Count(MetricAccessStuck, 1)
	return a.Alarms.Raise(ctx, "Latchkey: access of "+string(r.ID)+" cannot be taken away",
		fmt.Sprintf("Request %s: taking the access of person %s to %s away has failed %d times (%s).\n"+
			"It is tried again for ever, at a slowing pace. Look at the connector of resource %s, "+
			"or take the access away by hand: the next attempt observes it and closes the request.\n",
			r.ID, r.Requester, r.Target, r.Attempts, r.Failure, r.Resource))
}
