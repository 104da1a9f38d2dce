package access

import "slices"

// MostMessaged is how many people may be asked for a decision by a message to
// each. Of more, nobody is.
const MostMessaged = 128

// Standby lists who is messaged in place of so many approvers: the open step's
// fallback approvers, once they may decide, or the admins.
func (r *Request) Standby(flow Flow) []Principal {
	i := r.Step()
	if i < 0 || i >= len(flow.Steps) || !r.Steps[i].Escalated {
		return []Principal{Admins}
	}
	var out []Principal
	for _, p := range flow.Steps[i].ResolveFallback("", r.Owner) {
		if slices.Contains(r.Steps[i].Principals, p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return []Principal{Admins}
	}
	return out
}
