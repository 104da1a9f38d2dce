package links

import (
	"errors"
	"net/http"
	"sync"
	"time"
)

// keysEvery is how often, at most, a token that fits to no known key makes the
// issuer's keys be read again: they may have been replaced.
const keysEvery = 30 * time.Second

var errKeysKnown = errors.New("the issuer's keys were read a moment ago")

// sparing keeps tokens that somebody made up from causing a call of the issuer
// each.
type sparing struct {
	base http.RoundTripper
	now  func() time.Time
	keys string // where they are; "" until that is known

	mu   sync.Mutex
	read time.Time
}

func (s *sparing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.String() != s.keys {
		return s.base.RoundTrip(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now().Sub(s.read) < keysEvery {
		return nil, errKeysKnown
	}
	res, err := s.base.RoundTrip(r)
	if err == nil && res.StatusCode == http.StatusOK {
		s.read = s.now()
	}
	return res, err
}
