package slack

import (
	"strings"
)

func (w *Workspace) authTest(args) (result, error) {
	return result{
		"url": w.config.URL + "/", "team": teamName, "team_id": Team, "user": strings.ToLower(w.config.App.Name),
		"user_id": botUser, "bot_id": botID, "is_enterprise_install": false,
	}, nil
}

func (w *Workspace) userInfo(a args) (result, error) {
	p := w.person(a.text("user"))
	if p == nil {
		return nil, refuse("user_not_found")
	}
	return result{"user": w.user(*p)}, nil
}

// lookupByEmail finds members of the workspace who have not left.
func (w *Workspace) lookupByEmail(a args) (result, error) {
	for _, p := range w.people {
		if strings.EqualFold(p.Email, a.text("email")) && p.Email != "" && !p.Deleted && !p.Bot && p.TeamID == Team {
			return result{"user": w.user(p)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

// user gives someone as the Web API does.
func (w *Workspace) user(p Person) map[string]any {
	name := handle(p)
	profile := map[string]any{
		"real_name": p.Name, "real_name_normalized": p.Name, "display_name": name, "display_name_normalized": name, "team": p.TeamID,
	}
	if w.has("users:read.email") && p.Email != "" {
		profile["email"] = p.Email
	}
	said := map[string]any{
		"id": p.ID, "team_id": p.TeamID, "name": name, "real_name": p.Name, "deleted": p.Deleted, "profile": profile,
		"is_bot": p.Bot, "is_app_user": false, "updated": w.now().Unix(),
	}
	if p.Deleted {
		return said
	}
	for key, value := range map[string]any{
		"tz": "Etc/UTC", "tz_label": "Coordinated Universal Time", "tz_offset": 0, "is_admin": false, "is_owner": false, "is_primary_owner": false,
		"is_restricted": p.Restricted, "is_ultra_restricted": p.UltraRestricted, "is_stranger": p.Stranger,
		"is_email_confirmed": p.EmailConfirmed, "locale": "en-US",
	} {
		said[key] = value
	}
	return said
}

// handle is the name that Slack makes of an address.
func handle(p Person) string {
	if name, _, found := strings.Cut(p.Email, "@"); found {
		return name
	}
	return strings.ToLower(strings.ReplaceAll(p.Name, " ", ""))
}

func (w *Workspace) has(scope string) bool {
	for _, s := range w.settings.Scopes {
		if s == scope {
			return true
		}
	}
	return false
}
