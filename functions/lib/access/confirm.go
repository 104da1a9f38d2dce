package access

import (
	"slices"
	"time"
)

// Confirmation is an admin's word that access is gone which Latchkey could not
// observe to be.
type Confirmation struct {
	By     PersonID
	Reason string
	At     time.Time
}

// ConfirmAbsent closes a request whose access cannot be taken away, because the
// outside system is gone for good, say. It takes two different admins: the first
// one's word leaves the request stuck, and tried again.
type ConfirmAbsent struct{ Reason, InternalNote string }

func (c ConfirmAbsent) decide(d *decider) error {
	if err := d.adminsMove(c.Reason, c.InternalNote); err != nil {
		return err
	}
	confirmed := d.r.confirmedBy(d.f.Actor.ID)
	closed := d.r.Status == Ended || d.r.Status == Failed
	if confirmed && (closed || d.r.Status == Stuck) {
		return nil
	}
	if d.r.Status != Stuck {
		return d.notAllowed()
	}
	status, details := Stuck, Details{Due: d.r.Due}
	if len(d.r.Confirmations) > 0 {
		status, details = d.r.gone(), Details{}
	}
	return d.emit(EventAbsenceConfirmed, status, details,
		map[string]string{TextReason: c.Reason, TextInternalNote: c.InternalNote})
}

func (r *Request) confirmedBy(id PersonID) bool {
	return slices.ContainsFunc(r.Confirmations, func(c Confirmation) bool { return c.By == id })
}

// gone is what a request becomes whose access is there no more.
func (r *Request) gone() Status {
	if r.EndReason == "" {
		return Failed
	}
	return Ended
}
