package app

import (
	"context"
	"errors"

	"latchkey/functions/lib/access"
)

// SlackCaller finds who acts when a Slack user does: the active person who is
// linked to them, in the workspace that the settings name. CodeSlackNotSetUp,
// CodeWrongWorkspace, CodeNotLinked, CodeSuspended.
func (a *App) SlackCaller(ctx context.Context, user SlackUser) (Caller, error) {
	settings, err := a.slackSettings(ctx)
	if err != nil {
		return Caller{}, err
	}
	if user.Team != settings.SlackTeamID {
		return Caller{}, access.Refuse(access.CodeWrongWorkspace, "Latchkey is not connected to this Slack workspace.")
	}
	id, err := a.SlackLinks.PersonBySlack(ctx, user)
	if errors.Is(err, ErrNotFound) {
		return Caller{}, access.Refuse(access.CodeNotLinked,
			"Your Slack user is not connected to Latchkey. Open Integrations in the portal and choose Connect on the Slack card.")
	}
	if err != nil {
		return Caller{}, err
	}
	person, err := a.Directory.Person(ctx, id)
	if err != nil {
		return Caller{}, err
	}
	return a.callerAs(ctx, person.Doc, access.ViaSlack)
}

// slackSettings reads the settings, once Slack is set up in them.
func (a *App) slackSettings(ctx context.Context) (access.Settings, error) {
	settings, err := a.Catalog.Settings(ctx)
	if err == nil && !settings.Doc.SlackReady() {
		err = slackNotSetUp()
	}
	return settings.Doc, err
}

func slackNotSetUp() error {
	return access.Refuse(access.CodeSlackNotSetUp, "Slack is not set up. An admin can do that.")
}
