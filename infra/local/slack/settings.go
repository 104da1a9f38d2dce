package slack

import (
	"fmt"
	"net/http"
	"slices"
)

// Settings are the workspace's and the app's, as they can be changed while it
// runs.
type Settings struct {
	// Pace multiplies every rate limit: 1 is Slack's, 0 is none at all.
	Pace float64 `json:"pace"`
	// Token is the standing of the app's token: "" is good; token_revoked and
	// account_inactive are not.
	Token string `json:"token,omitempty"`
	// Scopes are those of the app.
	Scopes []string `json:"scopes"`
	// Distributed lets people of other workspaces sign in, too.
	Distributed bool `json:"distributed,omitempty"`
	// Unreachable: what is sent to the app does not reach it.
	Unreachable bool `json:"unreachable,omitempty"`
	// RequestURL is the base of the app's request URLs.
	RequestURL string `json:"request_url"`
}

func (s Settings) check() error {
	switch {
	case s.Pace < 0:
		return fmt.Errorf("pace is not negative")
	case !slices.Contains([]string{"", "token_revoked", "account_inactive"}, s.Token):
		return fmt.Errorf("token is token_revoked or account_inactive, not %q", s.Token)
	}
	return nil
}

// Trouble is what the Web API does with calls instead of its work. Of several,
// the first that a call meets counts.
type Trouble struct {
	Method     string `json:"method,omitempty"` // any, if left out; response_url is one, too
	Status     int    `json:"status,omitempty"` // an HTTP status: 429, 500, …
	RetryAfter int    `json:"retry_after,omitempty"`
	Error      string `json:"error,omitempty"` // an error of Slack's, "internal_error"
	Hang       bool   `json:"hang,omitempty"`  // no answer, until the caller gives up
	// Late: the call is done, and what it answers gets lost with the status.
	Late  bool `json:"late,omitempty"`
	Times int  `json:"times,omitempty"` // how many calls meet it; all, if left out
}

func (t Trouble) check() error {
	kinds := 0
	for _, is := range []bool{t.Status != 0, t.Error != "", t.Hang} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return fmt.Errorf("a trouble is a status, an error or a hang")
	case t.Status != 0 && (t.Status < http.StatusBadRequest || t.Status > 599):
		return fmt.Errorf("status is 400 to 599, not %d", t.Status)
	case t.RetryAfter < 0 || t.Times < 0:
		return fmt.Errorf("retry_after and times are not negative")
	}
	return nil
}

// meet gives the trouble of a call, nil if none, and counts it.
func meet(troubles *[]Trouble, method string) *Trouble {
	i := slices.IndexFunc(*troubles, func(t Trouble) bool { return t.Method == "" || t.Method == method })
	if i < 0 {
		return nil
	}
	met := (*troubles)[i]
	switch met.Times {
	case 0:
	case 1:
		*troubles = slices.Delete(*troubles, i, i+1)
	default:
		(*troubles)[i].Times--
	}
	return &met
}
