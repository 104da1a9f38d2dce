package e2e

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// mail is one that arrived.
type mail struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
	From    []struct {
		Address string `json:"address"`
	} `json:"from"`
}

// mails lists what this person got.
func (p person) mails() []mail {
	p.Helper()
	req, err := http.NewRequestWithContext(p.Context(), http.MethodGet,
		p.Inbox+"/api/email?to.address="+url.QueryEscape(p.email), nil)
	if err != nil {
		p.Fatal(err)
	}
	res, err := httpClient.Do(req)
	if err != nil {
		p.Fatal(err)
	}
	defer res.Body.Close()
	var list []mail
	if err := json.NewDecoder(res.Body).Decode(&list); err != nil {
		p.Fatalf("inbox: %s: %v", res.Status, err)
	}
	return list
}

// mailsAbout lists those whose subject begins so.
func (p person) mailsAbout(subject string) []mail {
	p.Helper()
	var list []mail
	for _, m := range p.mails() {
		if strings.HasPrefix(m.Subject, subject) {
			list = append(list, m)
		}
	}
	return list
}

// gets waits for the mail about a request whose subject begins so. It has to
// link to the request, in both of its forms.
func (p person) gets(subject, request string) mail {
	p.Helper()
	list := eventually(p.T, p.id+" gets a mail: "+subject, func() []mail {
		return slices.DeleteFunc(p.mailsAbout(subject), func(m mail) bool { return !strings.Contains(m.Text+m.HTML, request) })
	}, func(list []mail) bool { return len(list) > 0 })
	link := p.Portal + "/requests/" + request
	if m := list[0]; !strings.Contains(m.Text, link) || !strings.Contains(m.HTML, link) {
		p.Errorf("the mail %q to %s does not link to %s:\n%s", m.Subject, p.id, link, m.Text)
	}
	return list[0]
}

func subjects(list []mail) string {
	var out []string
	for _, m := range list {
		out = append(out, m.Subject)
	}
	return strings.Join(out, " | ")
}
