package access

import "time"

// longestLead is how long before its end the holder is told of it at the most.
const longestLead = 24 * time.Hour

// dueActive is when the sweeper looks after timed access: a sixth of its time
// before the end, to tell the holder or, where that is too short a time to do
// anything about it, a little after the end.
func (p Pace) dueActive(now, ends time.Time) time.Time {
	lead := min(ends.Sub(now)/6, longestLead).Truncate(time.Millisecond)
	if lead < p.LeastLead {
		return ends.Add(p.Grace)
	}
	return ends.Add(-lead)
}

// awaitsNotice tells whether what is due next is to tell the holder of the end.
func (r *Request) awaitsNotice() bool {
	return r.Status == Active && r.Timed() && r.Due.Before(r.EndsAt)
}

// Overdue tells whether something that was to happen by itself did not. That the
// holder is to be told of the end is no such thing.
func (r *Request) Overdue(p Pace, now time.Time) bool {
	due := r.Due
	if r.awaitsNotice() {
		due = r.EndsAt.Add(p.Grace)
	}
	return !due.IsZero() && !due.After(now)
}

// LookAfter is what the sweeper does about a request that is past its due: it
// tells the holder of the coming end, or hands the request to the next run.
type LookAfter struct{}

func (LookAfter) decide(d *decider) error {
	switch {
	case d.r.Overdue(d.f.Pace, d.now):
		return NextRun{}.decide(d)
	case d.r.awaitsNotice() && !d.r.Due.After(d.now) && d.now.Before(d.r.EndsAt):
		return d.emit(EventEndingSoon, Active,
			Details{EndsAt: d.r.EndsAt, Due: d.r.EndsAt.Add(d.f.Pace.Grace)}, nil)
	}
	return nil
}
