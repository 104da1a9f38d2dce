package access

import (
	"fmt"
	"strings"
	"time"
)

// Wording gives the names that sentences use.
type Wording struct {
	Resource string
	Steps    [][]string // who decides each step, as people say it
	Person   func(PersonID) string
	At       func(time.Time) string
}

// Words says who decides a step: "any one of: Security, the resource's owner".
func (n Needed) Words(approvers []string) string {
	list := strings.Join(approvers, ", ")
	switch {
	case len(approvers) == 0:
		return "nobody"
	case n.All:
		return "everyone of: " + list
	case n.Count > 1:
		return fmt.Sprintf("%d of: %s", n.Count, list)
	case len(approvers) == 1:
		return list
	}
	return "any one of: " + list
}

// Words says how a step is decided, for who may ask by the flow.
func (s Step) Words(approvers, fallback []string) string {
	words := "Decided by " + s.Needed.Words(approvers) + "."
	if s.EscalateAfter > 0 {
		words += fmt.Sprintf(" After %s, %s may decide too.", s.EscalateAfter.Words(), strings.Join(fallback, ", "))
	}
	if s.SkipAfter > 0 {
		words += fmt.Sprintf(" After %s without a decision, it is skipped.", s.SkipAfter.Words())
	}
	return words
}

// Explain says in sentences why a request stands where it stands.
func (r *Request) Explain(flow Flow, w Wording) []string {
	out := []string{r.asked(w)}
	for i := range r.Steps {
		out = append(out, r.explainStep(i, flow, w))
	}
	return append(out, r.stands(w)...)
}

func (r *Request) asked(w Wording) string {
	text := fmt.Sprintf("%s asked for %s on %s", w.Person(r.SubmittedBy), w.Resource, w.At(r.SubmittedAt))
	if r.SubmittedBy != r.Requester {
		text += ", for " + w.Person(r.Requester)
	}
	if r.Asked > 0 {
		text += ", for " + r.Asked.Words()
	}
	if !r.StartsAt.IsZero() {
		text += ", to begin on " + w.At(r.StartsAt)
	}
	return text + "."
}

func (r *Request) explainStep(i int, flow Flow, w Wording) string {
	s := r.Steps[i]
	text := r.StepWords(i, flow.Steps[i].Needed, w.Steps[i])
	if s.Escalated {
		text += ", after its fallback approvers came in"
	}
	for _, v := range lastWords(s.Decisions) {
		text += fmt.Sprintf("; %s", map[Verdict]string{Approve: "approved by ", Deny: "denied by "}[v.Verdict]+w.Person(v.By))
		if v.OnBehalfOf != "" {
			text += " for " + w.Person(v.OnBehalfOf)
		}
		if v.Reason != "" {
			text += fmt.Sprintf(" (“%s”)", v.Reason)
		}
	}
	return text + "."
}

// becauseOf says why a request was canceled, where nobody did it by hand.
func (r *Request) becauseOf() string {
	switch {
	case r.Failure == "not_eligible":
		return ", because the requester could no longer ask for it"
	case r.Failure == "flow_disabled":
		return ", because its flow was switched off"
	case r.Failure == "resource_deleted":
		return ", because the resource is not offered any more"
	case r.EndReason == EndSuspended:
		return ", because the requester is not active"
	}
	return ""
}

// StepWords says where a step stands, without a full stop.
func (r *Request) StepWords(i int, needed Needed, approvers []string) string {
	s := r.Steps[i]
	text := fmt.Sprintf("Step %d of %d, %s, ", i+1, len(r.Steps), needed.Words(approvers))
	switch {
	case s.Status == StepWaiting:
		text += "has not opened yet"
	case s.Status == StepOpen && r.Status == MissingData:
		text += "cannot be decided, as the directory is now"
	case s.Status == StepOpen && r.Status == NeedsInfo:
		text += "waits for an answer of the requester"
	case s.Status == StepOpen:
		text += "waits for a decision"
	case s.Status == StepApproved && len(s.Decisions) == 0:
		text += "was settled by earlier decisions"
	case s.Status == StepApproved, s.Status == StepDenied:
		text += "was " + string(s.Status)
	case s.Status == StepSkipped:
		text += "was skipped, because nobody decided it in time"
	case s.Status == StepClosed:
		text += "was closed without a decision of its own"
	}
	return text
}

// stands says what became of it, and what happens next by itself.
func (r *Request) stands(w Wording) []string {
	by := ""
	if r.DecidedBy != "" {
		by = " by " + w.Person(r.DecidedBy)
	}
	remark := ""
	if r.Remark != "" {
		remark = fmt.Sprintf(" (“%s”)", r.Remark)
	}
	switch {
	case r.Status.Undecided():
		return []string{"If nobody decides, it expires on " + w.At(r.ExpiresAt) + "."}
	case r.Status == Ready:
		return []string{"It was approved" + by + remark + ". The requester can start it until " + w.At(r.ExpiresAt) + "."}
	case r.Status == Approved && r.StartsAt.After(r.DecidedAt):
		return []string{"It was approved" + by + remark + ". The access begins on " + w.At(r.StartsAt) + "."}
	case r.Status == Approved, r.Status == Granting:
		return []string{"It was approved" + by + remark + ". The access is being set up."}
	case r.Status == Denied:
		return []string{"It was denied" + by + " on " + w.At(r.DecidedAt) + remark + "."}
	case r.Status == Canceled:
		return []string{"It was canceled" + by + " on " + w.At(r.DecidedAt) + r.becauseOf() + remark + "."}
	case r.Status == Expired:
		return []string{"It expired on " + w.At(r.DecidedAt) + ", because nobody decided or started it in time."}
	case r.Status == Failed:
		return []string{"It was approved" + by + ", but the access could not be given (" + r.Failure + "). An admin may try again."}
	}
	out := []string{"It was approved" + by + "."}
	if !r.StartedAt.IsZero() {
		out = []string{"It was approved" + by + ", and the access began on " + w.At(r.StartedAt) + "."}
	}
	switch {
	case r.Status == Active && r.Timed():
		out = append(out, "It ends on "+w.At(r.EndsAt)+".")
		if r.Extension.Asked > 0 {
			out = append(out, "An extension by "+r.Extension.Asked.Words()+" waits for a decision.")
		}
	case r.Status == Active:
		out = append(out, "It is not timed, and lasts until it is given back or revoked.")
	case r.EndReason == "":
		out = append(out, "Giving it failed ("+r.Failure+"), and what may be there is being taken away.")
	case r.Status == Ending, r.Status == Stuck:
		out = append(out, "It is being taken away ("+r.EndReason.Words()+")"+remark+".")
		if r.Status == Stuck && len(r.Confirmations) > 0 {
			out = append(out, "Taking it away keeps failing. "+r.confirmedIn(w)+", and a second admin has to.")
		}
	case r.Status == Ended:
		out = append(out, "It ended on "+w.At(r.EndedAt)+" ("+r.EndReason.Words()+")"+remark+".")
		if len(r.Confirmations) > 1 {
			out = append(out, "That the access is gone was not observed. "+r.confirmedIn(w)+".")
		}
	}
	return out
}

// confirmedIn says who confirmed that the access is gone.
func (r *Request) confirmedIn(w Wording) string {
	var by []string
	for _, c := range r.Confirmations {
		by = append(by, w.Person(c.By)+fmt.Sprintf(" (“%s”)", c.Reason))
	}
	return strings.Join(by, " and ") + " confirmed that it is gone"
}
