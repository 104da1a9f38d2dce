package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"golang.org/x/sync/errgroup"

	"latchkey/infra/local/slack"
)

// Slack is where the demo company's Slack workspace is.
type Slack struct {
	URL           string `json:"url"`     // the page, and what SlackUrl is
	Control       string `json:"control"` // see package slack
	Team          string `json:"team"`
	SigningSecret string `json:"signing_secret"`
}

// slackServer is the workspace while it is served, in this process.
type slackServer struct {
	app       slack.App
	workspace *slack.Workspace
	server    *http.Server
}

// serveSlack serves a workspace with one user for each of the demo people, in
// which Latchkey is installed.
func serveSlack(s Stack, port int, company demo) (*slackServer, error) {
	people := make([]slack.Person, len(company.People))
	for i, p := range company.People {
		people[i] = slack.Member(p.ID, p.Name, p.Email)
	}
	app := slack.NewApp(s.API, s.Portal+"/integrations/slack")
	workspace := slack.New(slack.Config{URL: s.Slack.URL, App: app, People: append(people, slack.Others()...), Clock: time.Now})
	server, err := serve("Slack", port, workspace.Handler(), nil)
	if err != nil {
		workspace.End()
		return nil, err
	}
	return &slackServer{app, workspace, server}, nil
}

func (s *slackServer) close() {
	s.workspace.End()
	s.server.Close()
}

// keep puts the app's secrets where an admin would put them.
func (s *slackServer) keep(ctx context.Context, stack Stack) error {
	text, err := json.Marshal(map[string]string{
		"bot_token": s.app.BotToken, "signing_secret": s.app.SigningSecret, "client_secret": s.app.ClientSecret,
	})
	if err != nil {
		return err
	}
	_, err = secretsmanager.NewFromConfig(stack.config()).PutSecretValue(ctx, &secretsmanager.PutSecretValueInput{
		SecretId: aws.String(stack.Name + "/slack"), SecretString: aws.String(string(text))})
	return err
}

// setUp writes down in the settings where Slack is. What else they say stays.
func (s *slackServer) setUp(ctx context.Context, admin loader) error {
	const path = "/v1/admin/settings"
	present, err := admin.call(ctx, http.MethodGet, path, nil, nil)
	if err == nil {
		err = present.want(http.StatusOK)
	}
	if err != nil {
		return err
	}
	var settings map[string]any
	if err := json.Unmarshal(present.body, &settings); err != nil {
		return err
	}
	delete(settings, "version")
	settings["slack_team_id"], settings["slack_client_id"] = slack.Team, s.app.ClientID
	body, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	return admin.put(ctx, path, body)
}

// connect connects one of the demo people to their Slack user, as they would do
// it: Latchkey sends them to Slack, and Slack sends them back.
func (s *slackServer) connect(ctx context.Context, l loader, person string) error {
	const path = "/v1/me/integrations/slack"
	if err := l.signedIn(ctx); err != nil {
		return err
	}
	begun, err := l.call(ctx, http.MethodPost, path, nil, nil)
	if err == nil {
		err = begun.want(http.StatusOK, http.StatusCreated)
	}
	if err != nil {
		return err
	}
	var page struct {
		URL string `json:"authorize_url"`
	}
	if err := json.Unmarshal(begun.body, &page); err != nil {
		return err
	}
	back, err := s.workspace.Consent(slack.UserID(person), page.URL)
	if err != nil {
		return fmt.Errorf("Slack does not let them sign in: %w", err)
	}
	body, err := json.Marshal(map[string]string{"code": back.Code, "state": back.State})
	if err != nil {
		return err
	}
	done, err := l.call(ctx, http.MethodPut, path, nil, body)
	if err != nil {
		return err
	}
	return done.want(http.StatusOK)
}

// connectSlack sets Slack up as an admin would, and connects everybody but those
// who are to try it themselves.
func (r *running) connectSlack(ctx context.Context, admin loader, company demo) error {
	if err := errors.Join(r.slack.keep(ctx, r.Stack), r.slack.setUp(ctx, admin)); err != nil {
		return fmt.Errorf("cannot set Slack up: %w", err)
	}
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(4)
	for _, p := range company.logins() {
		if slices.Contains(company.NotInSlack, p.ID) {
			continue
		}
		work.Go(func() error {
			token, err := signIn(ctx, r.Stack, p)
			if err == nil {
				err = r.slack.connect(ctx, loader{api: r.API, token: token, http: admin.http}, p.ID)
			}
			if err != nil {
				return fmt.Errorf("cannot connect %s to Slack: %w", p.ID, err)
			}
			return nil
		})
	}
	return work.Wait()
}
