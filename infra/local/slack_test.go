package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	slackgo "github.com/slack-go/slack"

	"latchkey/infra/local/slack"
)

// installed serves the demo company's workspace.
func installed(t *testing.T) (*slackServer, Stack) {
	t.Helper()
	chosen := mustChoose(t, t.TempDir()+"/ports.json")
	stack := newStack(chosen)
	s, err := serveSlack(stack, chosen.Slack, company(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s, stack
}

func TestEveryDemoPersonIsInSlack(t *testing.T) {
	s, stack := installed(t)
	api := slackgo.New(s.app.BotToken, slackgo.OptionAPIURL(stack.Slack.URL+"/api/"))
	for _, p := range company(t).People {
		user, err := api.GetUserInfo(slack.UserID(p.ID))
		if err != nil || user.RealName != p.Name || user.TeamID != stack.Slack.Team {
			t.Errorf("%s is %+v, %v", p.ID, user, err)
		}
	}
}

func TestThoseWhoAreNotConnectedAreDemoPeople(t *testing.T) {
	d := company(t)
	for _, id := range d.NotInSlack {
		if _, err := d.login(id); err != nil {
			t.Error(err)
		}
	}
}

// integrations is an API whose caller connects to Slack.
type integrations struct {
	stack  Stack
	client string // the app's client id
	calls  []string
	put    map[string]string
}

func (i *integrations) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.calls = append(i.calls, r.Method+" "+r.URL.Path)
	switch r.Method {
	case http.MethodPost:
		page := i.stack.Slack.URL + "/openid/connect/authorize?" + url.Values{
			"client_id": {i.client}, "redirect_uri": {i.stack.Portal + "/integrations/slack"}, "response_type": {"code"},
			"scope": {"openid email profile"}, "team": {i.stack.Slack.Team}, "state": {"the state"},
		}.Encode()
		_ = json.NewEncoder(w).Encode(map[string]string{"authorize_url": page})
	case http.MethodPut:
		if json.NewDecoder(r.Body).Decode(&i.put) != nil {
			w.WriteHeader(http.StatusBadRequest)
		}
	}
}

func TestAPersonIsConnectedAsTheyWouldDoIt(t *testing.T) {
	s, stack := installed(t)
	api := &integrations{stack: stack, client: s.app.ClientID}
	server := httptest.NewServer(api)
	defer server.Close()
	if err := s.connect(t.Context(), loader{api: server.URL, token: "ana's", http: server.Client()}, "ana"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"GET /v1/me", "POST /v1/me/integrations/slack", "PUT /v1/me/integrations/slack"}; !slices.Equal(api.calls, want) {
		t.Errorf("the calls were %v", api.calls)
	}
	if api.put["state"] != "the state" || api.put["code"] == "" {
		t.Errorf("put was %v", api.put)
	}
}

func TestSettingSlackUpLeavesTheOtherSettings(t *testing.T) {
	s, _ := installed(t)
	api := &adminAPI{documents: map[string]string{"/v1/admin/settings": `{"version": 3, "requests_enabled": true, "max_asks": 2}`}}
	server := httptest.NewServer(api)
	defer server.Close()
	if err := s.setUp(t.Context(), loader{api: server.URL, token: "admin's", http: server.Client()}); err != nil {
		t.Fatal(err)
	}
	var settings map[string]any
	if err := json.Unmarshal([]byte(api.documents["/v1/admin/settings"]), &settings); err != nil {
		t.Fatal(err)
	}
	if settings["slack_team_id"] != slack.Team || settings["slack_client_id"] != s.app.ClientID || settings["max_asks"] != 2.0 || settings["version"] != nil {
		t.Errorf("the settings are %v", settings)
	}
}
