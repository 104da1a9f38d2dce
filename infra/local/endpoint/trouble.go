package endpoint

import (
	"fmt"
	"net/http"
	"slices"
)

// Trouble is what the endpoint does with calls of one path instead of its work.
// Of several, the first that a call meets counts.
type Trouble struct {
	On         string `json:"on,omitempty"`          // Ensure or Observe; both if left out
	Status     int    `json:"status,omitempty"`      // what is answered; nothing is, until the caller gives up, if left out
	RetryAfter int    `json:"retry_after,omitempty"` // seconds, for the header
	Times      int    `json:"times,omitempty"`       // how many calls meet it; all, if left out
}

func (t Trouble) check() error {
	switch {
	case t.On != "" && t.On != Ensure && t.On != Observe:
		return fmt.Errorf("on is %s or %s, not %q", Ensure, Observe, t.On)
	case t.Status != 0 && (t.Status < 200 || t.Status > 599):
		return fmt.Errorf("status is %d to %d, not %d", http.StatusOK, 599, t.Status)
	case t.RetryAfter < 0 || t.Times < 0:
		return fmt.Errorf("retry_after and times are not negative")
	}
	return nil
}

// trouble gives the one that a call meets, nil if none, and counts it.
func (p *place) trouble(of string) *Trouble {
	i := slices.IndexFunc(p.troubles, func(t Trouble) bool { return t.On == "" || t.On == of })
	if i < 0 {
		return nil
	}
	met := p.troubles[i]
	switch met.Times {
	case 0:
	case 1:
		p.troubles = slices.Delete(p.troubles, i, i+1)
	default:
		p.troubles[i].Times--
	}
	return &met
}
