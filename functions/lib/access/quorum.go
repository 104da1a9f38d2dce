package access

import "slices"

// ballot is what the outcome of a step depends on.
type ballot struct {
	needed   Needed
	denyWhen DenyWhen
	votes    []Decision // in the order in which they were cast
	seats    []PersonID // who may vote
	known    bool       // that is everyone: else there may always be another voter
}

// standing is what the votes of a step come to so far.
type standing string

// As early as an outcome is certain, it is the outcome.
const (
	undecided   standing = "undecided"
	passed      standing = "passed"
	rejected    standing = "rejected"
	undecidable standing = "undecidable" // those who are left cannot decide it
)

// standing counts the votes. Of each person the last verdict counts, and once:
// a delegate's vote uses up two seats, theirs and the one they sit in for.
func (b ballot) standing() standing {
	approvals, denials := 0, 0
	used := map[PersonID]bool{}
	for _, v := range lastWords(b.votes) {
		if counts := !used[v.By] && (v.OnBehalfOf == "" || !used[v.OnBehalfOf]); counts && v.Verdict == Approve {
			approvals++
		} else if counts {
			denials++
		}
		used[v.By], used[v.OnBehalfOf] = true, true
	}
	left := 0
	for _, seat := range b.seats {
		if !used[seat] {
			left++
		}
	}
	reachable := !b.known || approvals+left >= b.needed.Count
	complete := approvals >= b.needed.Count
	if b.needed.All { // nobody can tell everyone from some, unless they are known
		reachable = b.known && denials == 0 && approvals+left > 0
		complete = reachable && left == 0
	}
	switch {
	case denials > 0 && (b.denyWhen != DenyUnreachable || !reachable):
		return rejected
	case complete:
		return passed
	case !reachable:
		return undecidable
	}
	return undecided
}

// lastWords gives the last verdict of each person, in the order in which they
// spoke first. Questions are no verdicts.
func lastWords(votes []Decision) []Decision {
	var out []Decision
	for _, v := range votes {
		if v.Verdict == Ask {
			continue
		}
		if i := slices.IndexFunc(out, func(o Decision) bool { return o.By == v.By }); i >= 0 {
			out[i] = v
		} else {
			out = append(out, v)
		}
	}
	return out
}

// ballot gathers the votes that count in a step, and who may vote in it. Facts
// must have the step resolved, unless it needs a number of people and one
// denial ends it.
func (d *decider) ballot(step int, opening bool) ballot {
	flow := d.f.Flow
	b := ballot{needed: flow.Steps[step].Needed, denyWhen: flow.DenyWhen, votes: d.votes(step)}
	b.known = opening || b.needed.All || b.denyWhen == DenyUnreachable
	elsewhere := d.votersOutside(step)
	if step < len(d.f.Steps) {
		resolved := d.f.Steps[step]
		b.known = b.known && !resolved.TooMany
		candidates := resolved.Candidates
		if d.r.Steps[step].Escalated {
			candidates = slices.Concat(candidates, resolved.Standby)
		}
		for _, id := range candidates {
			distinct := flow.SamePerson != SameCarry && elsewhere[id]
			if id != d.r.Requester && id != d.r.SubmittedBy && !distinct && !slices.Contains(b.seats, id) {
				b.seats = append(b.seats, id)
			}
		}
	}
	if flow.SamePerson == SameCarry {
		var carried []Decision
		for other := range d.r.Steps {
			if other == step {
				continue
			}
			for _, v := range d.votes(other) {
				if slices.Contains(b.seats, v.By) && v.OnBehalfOf == "" {
					carried = append(carried, v)
				}
			}
		}
		b.votes = append(carried, b.votes...)
	}
	return b
}

// votes lists the votes in a step, with the one that is being cast.
func (d *decider) votes(step int) []Decision {
	votes := slices.Clone(d.r.Steps[step].Decisions)
	if d.cast != nil && step == d.r.Step() {
		votes = append(votes, *d.cast)
	}
	return votes
}

// votersOutside are the people whose seat was used in another step.
func (d *decider) votersOutside(step int) map[PersonID]bool {
	used := map[PersonID]bool{}
	for other := range d.r.Steps {
		if other == step {
			continue
		}
		for _, v := range d.votes(other) {
			if v.Verdict != Ask {
				used[v.By], used[v.OnBehalfOf] = true, true
			}
		}
	}
	delete(used, "")
	return used
}

// ToResolve lists the steps of which a command on the request may need to know
// who could decide them: the open one where everyone counts, the next, and all
// later ones where earlier decisions count in them.
func (r *Request) ToResolve(f Flow) []int {
	open := r.Step()
	if open < 0 || !r.Status.Undecided() {
		return nil
	}
	var steps []int
	if r.countsEveryone(f, open) || f.SamePerson == SameCarry || r.Status == MissingData || f.Steps[open].EscalateAfter > 0 {
		steps = append(steps, open)
	}
	for next := open + 1; next < len(f.Steps); next++ {
		steps = append(steps, next)
		if f.SamePerson != SameCarry {
			break
		}
	}
	return steps
}

// Enough is how many candidates of a step, beside those who have decided
// something already, its resolver has to find; 0 means all.
func (r *Request) Enough(f Flow, step int) int {
	if r.countsEveryone(f, step) {
		return 0
	}
	// The requester, who asked for them, and a deciding delegate with whom they
	// sit in for have no seat, or none left.
	return f.Steps[step].Needed.Count + 4
}

func (r *Request) countsEveryone(f Flow, step int) bool {
	return f.Steps[step].Needed.All || f.DenyWhen == DenyUnreachable
}

// Voters lists who has decided something, for a resolver to look at first.
func (r *Request) Voters() []PersonID {
	var out []PersonID
	for _, s := range r.Steps {
		for _, v := range s.Decisions {
			for _, id := range []PersonID{v.By, v.OnBehalfOf} {
				if id != "" && !slices.Contains(out, id) {
					out = append(out, id)
				}
			}
		}
	}
	return out
}
