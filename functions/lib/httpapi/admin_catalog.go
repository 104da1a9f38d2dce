package httpapi

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/shape"
)

// ListResources lists the catalog's resources.
func (s server) ListResources(w http.ResponseWriter, r *http.Request, params contract.ListResourcesParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Resource], error) {
		resources, next, err := s.app.Resources(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(resources, next, showResource), err
	})
}

// GetResource shows a resource.
func (s server) GetResource(w http.ResponseWriter, r *http.Request, id contract.Id, _ contract.GetResourceParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		resource, err := s.app.Resource(ctx, c, access.ResourceID(id))
		return document{resource.Version, showResource(resource)}, err
	})
}

// PutResource writes a resource.
func (s server) PutResource(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.PutResourceParams) {
	s.writes(w, r, params.IfMatch, params.IfNoneMatch, func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.ResourceInput](r)
		if err == nil {
			err = sameID(body.Id, id)
		}
		if err != nil {
			return document{}, err
		}
		target, err := readTarget(body.Connector)
		if err != nil {
			return document{}, err
		}
		resource, err := s.app.PutResource(ctx, c, access.Resource{ID: access.ResourceID(id), Kind: access.Kind(body.Kind),
			Name: body.Name, Description: body.Description, Owner: access.PersonID(body.Owner), URL: body.Url,
			Target: target}, when)
		return document{resource.Version, showResource(resource)}, err
	})
}

// DeleteResource removes a resource.
func (s server) DeleteResource(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.DeleteResourceParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.DeleteResource(ctx, c, access.ResourceID(id), when)
	})
}

// ListResourceEvents shows a resource's history.
func (s server) ListResourceEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListResourceEventsParams) {
	s.changes(w, r, "resource:"+id, params.Limit, params.Cursor)
}

func showResource(v app.Versioned[access.Resource]) contract.Resource {
	r := v.Doc
	return contract.Resource{Id: string(r.ID), Version: v.Version, Kind: contract.ResourceKind(r.Kind), Name: r.Name,
		Description: r.Description, Owner: string(r.Owner), Url: r.URL,
		Connector: showTarget(r.Target)}
}

// readTarget refuses what belongs to another connector than the one that is
// named. What is missing is found with the rest of the resource.
func readTarget(c contract.Connector) (access.Target, error) {
	members := map[string]string{"group": c.Group, "device": c.Device, "url": c.Url, "secret": c.Secret, "account": c.Account,
		"permission_set": c.PermissionSet, "group_id": c.GroupId}
	target, own := access.Target{Connector: c.Type, ID: c.Group}, []string{"group"}
	switch {
	case c.Type == access.ConnectorWebhook:
		target, own = access.WebhookTarget(c.Url, c.Secret), []string{"url", "secret"}
	case c.Type == access.ConnectorIdentityCenter && c.GroupId != "":
		target, own = access.StoreGroupTarget(c.GroupId), []string{"group_id"}
	case c.Type == access.ConnectorIdentityCenter:
		target, own = access.AssignmentTarget(c.Account, c.PermissionSet), []string{"account", "permission_set"}
	case c.Type == access.ConnectorDevice:
		target.ID, own = c.Device, []string{"device"}
	}
	var findings []shape.Finding
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if members[name] != "" && !slices.Contains(own, name) {
			findings = append(findings, shape.Finding{Pointer: "/connector/" + name, Code: shape.CodeUnknown,
				Detail: "This connector takes no such member, or not beside the others."})
		}
	}
	if len(findings) > 0 {
		return target, invalid(findings)
	}
	return target, nil
}

func showTarget(t access.Target) contract.Connector {
	switch t.Connector {
	case access.ConnectorWebhook:
		address, secret := t.Webhook()
		return contract.Connector{Type: t.Connector, Url: address, Secret: secret}
	case access.ConnectorDevice:
		return contract.Connector{Type: t.Connector, Device: t.ID}
	case access.ConnectorIdentityCenter:
		account, permissionSet, _ := t.Assignment()
		group, _ := t.StoreGroup()
		return contract.Connector{Type: t.Connector, Account: account, PermissionSet: permissionSet, GroupId: group}
	}
	return contract.Connector{Type: t.Connector, Group: t.ID}
}

// GetSettings shows the settings.
func (s server) GetSettings(w http.ResponseWriter, r *http.Request, _ contract.GetSettingsParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		settings, err := s.app.Settings(ctx, c)
		return document{settings.Version, showSettings(settings)}, err
	})
}

// PutSettings writes the settings.
func (s server) PutSettings(w http.ResponseWriter, r *http.Request, params contract.PutSettingsParams) {
	s.writes(w, r, params.IfMatch, "", func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.SettingsInput](r)
		if err != nil {
			return document{}, err
		}
		settings, err := s.app.PutSettings(ctx, c, access.Settings{RequestsEnabled: body.RequestsEnabled,
			ShowProgress: body.ShowProgress, MaxOpenRequests: body.MaxOpenRequests,
			MaxSubmissionsPerHour: body.MaxSubmissionsPerHour, MaxAsks: or(body.MaxAsks, 3), SupportURL: body.SupportUrl,
			SlackTeamID: body.SlackTeamId, SlackClientID: body.SlackClientId}, when)
		return document{settings.Version, showSettings(settings)}, err
	})
}

// ListSettingsEvents shows the history of the settings.
func (s server) ListSettingsEvents(w http.ResponseWriter, r *http.Request, params contract.ListSettingsEventsParams) {
	s.changes(w, r, "settings", params.Limit, params.Cursor)
}

func showSettings(v app.Versioned[access.Settings]) contract.Settings {
	d := v.Doc
	return contract.Settings{Version: v.Version, RequestsEnabled: d.RequestsEnabled, ShowProgress: d.ShowProgress,
		MaxOpenRequests: d.MaxOpenRequests, MaxSubmissionsPerHour: d.MaxSubmissionsPerHour, MaxAsks: d.MaxAsks, SupportUrl: d.SupportURL,
		SlackTeamId: d.SlackTeamID, SlackClientId: d.SlackClientID}
}
