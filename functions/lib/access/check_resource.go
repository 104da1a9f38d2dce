package access

import (
	"net/url"
	"regexp"
)

// CheckResource lists what is wrong with a resource, whatever it refers to.
func CheckResource(r Resource) []FieldError {
	var f findings
	f.name("/name", r.Name)
	if len(r.Description) > MaxText {
		f.add("/description", "too_long", "A description has at most %d bytes.", MaxText)
	}
	if r.Kind != KindResource && r.Kind != KindDevice {
		f.add("/kind", "unknown", "A kind is %q or %q.", KindResource, KindDevice)
	}
	if u, err := url.Parse(r.URL); r.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		f.add("/url", "format", "This is not the address of a page.")
	}
	f.target(r.Target)
	return f
}

// CheckSettings lists what is wrong with the settings.
func CheckSettings(s Settings) []FieldError {
	var f findings
	if s.MaxOpenRequests < 0 || s.MaxOpenRequests > 1000 {
		f.add("/max_open_requests", "out_of_range", "A limit is from 0 (none) to 1000.")
	}
	if s.MaxSubmissionsPerHour < 0 || s.MaxSubmissionsPerHour > 100 {
		f.add("/max_submissions_per_hour", "out_of_range", "A limit is from 0 (none) to 100.")
	}
	if s.MaxAsks < 0 || s.MaxAsks > 100 {
		f.add("/max_asks", "out_of_range", "A limit is from 0 (none) to 100.")
	}
	u, err := url.Parse(s.SupportURL)
	if s.SupportURL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto") {
		f.add("/support_url", "format", "This is not an address to turn to.")
	}
	f.slack(s)
	return f
}

// What Slack calls a workspace and an app. https://docs.slack.dev/reference/methods/team.info,
// https://docs.slack.dev/reference/methods/oauth.v2.access
var (
	slackTeamID   = regexp.MustCompile(`^T[A-Z0-9]{1,31}$`)
	slackClientID = regexp.MustCompile(`^[0-9]{1,31}\.[0-9]{1,31}$`)
)

// slack checks that Slack is set up or not: half is neither.
func (f *findings) slack(s Settings) {
	if s.SlackTeamID != "" && !slackTeamID.MatchString(s.SlackTeamID) {
		f.add("/slack_team_id", "format", "This is not the id of a Slack workspace, as T0123ABCD.")
	}
	if s.SlackClientID != "" && !slackClientID.MatchString(s.SlackClientID) {
		f.add("/slack_client_id", "format", "This is not the client id of a Slack app, as 123456789012.345678901234.")
	}
	if s.SlackTeamID != "" && s.SlackClientID == "" {
		f.add("/slack_client_id", "required", "The workspace and the client id of the app belong together.")
	}
	if s.SlackTeamID == "" && s.SlackClientID != "" {
		f.add("/slack_team_id", "required", "The workspace and the client id of the app belong together.")
	}
}
