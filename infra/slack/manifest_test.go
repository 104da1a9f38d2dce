// Package slack_test holds the manifest of the Slack app against the template's
// routes and the code's calls.
package slack_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"latchkey/functions/lib/chat"
	"latchkey/infra/template"
)

const (
	api    = "https://api.example.com"
	portal = "https://portal.example.com"
)

// manifest is what of it matters here.
// https://docs.slack.dev/reference/app-manifest
type manifest struct {
	Features struct {
		AppHome struct {
			Home     bool `yaml:"home_tab_enabled"`
			Messages bool `yaml:"messages_tab_enabled"`
			ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Commands []struct{ Command, URL string } `yaml:"slash_commands"`
	}
	OAuth struct {
		Redirects []string `yaml:"redirect_urls"`
		Scopes    struct{ User, Bot []string }
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			URL    string   `yaml:"request_url"`
			Events []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool   `yaml:"is_enabled"`
			URL     string `yaml:"request_url"`
			Options string `yaml:"message_menu_options_url"`
		}
		SocketMode    bool `yaml:"socket_mode_enabled"`
		TokenRotation bool `yaml:"token_rotation_enabled"`
	}
}

func read(t *testing.T) manifest {
	t.Helper()
	text, err := os.ReadFile("manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := yaml.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestNobodyTypesWhatNobodyReads(t *testing.T) {
	m := read(t)
	if slices.Contains(m.Settings.Events.Events, "message.im") != !m.Features.AppHome.ReadOnly {
		t.Errorf("messages may be typed: %v; events %v", !m.Features.AppHome.ReadOnly, m.Settings.Events.Events)
	}
}

func TestSlackCallsWhereTheSlackFunctionListens(t *testing.T) {
	m := read(t)
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/access" {
		t.Fatalf("the commands are %v", m.Features.Commands)
	}
	same(t, "command", m.Features.Commands[0].URL, api+"/slack/commands")
	same(t, "events", m.Settings.Events.URL, api+"/slack/events")
	same(t, "interactions", m.Settings.Interactivity.URL, api+"/slack/interactions")
	same(t, "options of menus", m.Settings.Interactivity.Options, api+"/slack/interactions")
	same(t, "interactivity", m.Settings.Interactivity.Enabled, true)
	same(t, "app home", m.Features.AppHome.Home && m.Features.AppHome.Messages, true)
	same(t, "events of the bot", m.Settings.Events.Events, []string{"app_home_opened"})
	same(t, "socket mode", m.Settings.SocketMode, false)
	same(t, "token rotation", m.Settings.TokenRotation, false)

	all, err := template.Load()
	if err != nil {
		t.Fatal(err)
	}
	if key := all.Resources["SlackRoute"].Properties["RouteKey"]; key != "ANY /slack/{proxy+}" {
		t.Errorf("the route is %v", key)
	}
	integration := all.Resources["SlackIntegration"].Properties["IntegrationUri"].(map[string]any)
	if function := integration["Fn::GetAtt"]; function != "SlackFunction.Arn" {
		t.Errorf("it leads to %v", function)
	}
}

func TestPeopleComeBackToThePortalWithWhatTheyAgreedTo(t *testing.T) {
	m := read(t)
	same(t, "redirects", m.OAuth.Redirects, []string{portal + chat.RedirectPath})
	same(t, "scopes", strings.Join(m.OAuth.Scopes.User, " "), chat.SignInScopes)
}

// needs says which scope each call of slack-go takes, by its name there without
// Context. https://docs.slack.dev/reference/methods
var needs = map[string]string{
	"PostMessage": "chat:write", "UpdateMessage": "chat:write", "SendMessage": "chat:write", "DeleteMessage": "chat:write", "PostEphemeral": "chat:write",
	"OpenConversation":       "im:write",
	"GetConversationHistory": "im:history", "GetConversationReplies": "im:history",
	"GetUserInfo": "users:read", "GetUserByEmail": "users:read.email",
	"OpenView": "", "PushView": "", "UpdateView": "", "PublishView": "", "AuthTest": "", "GetOpenIDConnectToken": "", "PostWebhook": "",
}

func TestEveryCallOfSlackHasItsScope(t *testing.T) {
	root, err := template.Root()
	if err != nil {
		t.Fatal(err)
	}
	granted := read(t).OAuth.Scopes.Bot
	same(t, "scopes", granted, []string{"chat:write", "commands", "im:history", "im:write", "users:read"})
	call := regexp.MustCompile(`\b(\w+)\.(\w+)Context\(`)
	found := 0
	err = filepath.WalkDir(filepath.Join(root, "functions"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), `"github.com/slack-go/slack"`) {
			return err
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			if m[1] == "slog" || m[1] == "http" {
				continue
			}
			found++
			scope, known := needs[m[2]]
			if !known {
				t.Errorf("%s: which scope does %s need?", path, m[2])
			} else if scope != "" && !slices.Contains(granted, scope) {
				t.Errorf("%s: %s needs %s", path, m[2], scope)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 2 {
		t.Errorf("only %d calls found", found)
	}
}
