package access

import "time"

// Drift says how the outside differs from what a request is to have there. It is
// told, and nothing is done about it: access is neither given nor taken for it.
type Drift string

// The ways in which the outside can differ.
const (
	DriftRemoved Drift = "removed" // the access is held, and is not there
	DriftReadded Drift = "readded" // the access was gone, and is there again
)

// ObservedDrift says what a check saw outside, of access that this request holds,
// or that it held last and nothing holds any more. Present: the access is there.
// While access is on its way in or out, it says nothing.
type ObservedDrift struct{ Present bool }

func (c ObservedDrift) decide(d *decider) error {
	var drift Drift
	switch s := d.r.Status; {
	case s == Active && d.r.Timed() && !d.now.Before(d.r.EndsAt): // it is about to be taken
		return nil
	case s == Active && !c.Present:
		drift = DriftRemoved
	case (s == Ended || s == Failed) && c.Present:
		drift = DriftReadded
	case s != Active && s != Ended && s != Failed:
		return nil
	}
	switch {
	case drift == d.r.Drift:
		return nil
	case drift == "":
		return d.emit(EventDriftCleared, d.r.Status, Details{Due: d.r.Due}, nil)
	}
	return d.emit(EventDrifted, d.r.Status, Details{Drift: drift, Due: d.r.Due}, nil)
}

// watchFor is for how long access that is gone is still looked after.
const watchFor = 7 * 24 * time.Hour

// NextCheck says when the outside is next compared with what is wanted: every so
// often while the access is held or there again. Once it is gone, since a moment,
// the waits grow, and after a week there is no more: zero.
func NextCheck(every time.Duration, gone time.Time, again bool, now time.Time) time.Time {
	since := now.Sub(gone)
	switch {
	case gone.IsZero() || again:
		return now.Add(every)
	case since >= watchFor:
		return time.Time{}
	}
	return now.Add(max(every, since))
}
