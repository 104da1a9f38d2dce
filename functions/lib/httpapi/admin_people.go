package httpapi

import (
	"context"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// ListPeople lists the directory.
func (s server) ListPeople(w http.ResponseWriter, r *http.Request, params contract.ListPeopleParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Person], error) {
		people, next, err := s.app.People(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(people, next, func(v app.Versioned[app.Person]) contract.Person { return showDirectoryPerson(v, nil) }), err
	})
}

// GetPerson shows a person.
func (s server) GetPerson(w http.ResponseWriter, r *http.Request, id contract.Id, _ contract.GetPersonParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		person, granted, err := s.app.PersonAndGrants(ctx, c, access.PersonID(id))
		return document{person.Version, showDirectoryPerson(person, granted)}, err
	})
}

// PutPerson writes a person.
func (s server) PutPerson(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.PutPersonParams) {
	s.writes(w, r, params.IfMatch, params.IfNoneMatch, func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.PersonInput](r)
		if err == nil {
			err = sameID(body.Id, id)
		}
		if err != nil {
			return document{}, err
		}
		status := app.PersonStatus(body.Status)
		if status == "" {
			status = app.PersonActive
		}
		person, err := s.app.PutPerson(ctx, c, app.Person{ID: access.PersonID(id), Email: body.Email, Name: body.Name,
			Manager: access.PersonID(body.Manager), Groups: texts[access.GroupID](body.Groups), Status: status,
			TimeZone: body.TimeZone, Locale: body.Locale}, when)
		if err != nil {
			return document{}, err
		}
		_, granted, err := s.app.PersonAndGrants(ctx, c, access.PersonID(id))
		return document{person.Version, showDirectoryPerson(person, granted)}, err
	})
}

// DeletePerson removes a person.
func (s server) DeletePerson(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.DeletePersonParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.DeletePerson(ctx, c, access.PersonID(id), when)
	})
}

// UnbindPerson lets a person's sign-in be bound anew.
func (s server) UnbindPerson(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.UnbindPersonParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.Unbind(ctx, c, access.PersonID(id), when)
	})
}

// ListPersonEvents shows a person's history.
func (s server) ListPersonEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListPersonEventsParams) {
	s.changes(w, r, "person:"+id, params.Limit, params.Cursor)
}

// ListDelegationEvents shows who decided for a person, and when.
func (s server) ListDelegationEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListDelegationEventsParams) {
	s.changes(w, r, "delegation:"+id, params.Limit, params.Cursor)
}

// ListSlackIntegrationEvents shows whom a person was connected to in Slack.
func (s server) ListSlackIntegrationEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListSlackIntegrationEventsParams) {
	s.changes(w, r, "slack_link:"+id, params.Limit, params.Cursor)
}

func showDirectoryPerson(v app.Versioned[app.Person], granted []access.GroupID) contract.Person {
	p := v.Doc
	return contract.Person{Id: string(p.ID), Version: v.Version, Email: p.Email, Name: p.Name, Manager: string(p.Manager),
		Groups: texts[contract.Id](p.Groups), GrantedGroups: texts[contract.Id](granted), Status: contract.PersonStatus(p.Status),
		TimeZone: p.TimeZone, Locale: p.Locale, Bound: p.Subject != ""}
}

// ListGroups lists the directory's groups.
func (s server) ListGroups(w http.ResponseWriter, r *http.Request, params contract.ListGroupsParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Group], error) {
		groups, next, err := s.app.Groups(ctx, c, part(params.Limit, params.Cursor))
		return pageOf(groups, next, func(v app.Versioned[app.Group]) contract.Group {
			return showGroup(app.GroupDetails{Versioned: v})
		}), err
	})
}

// GetGroup shows a group with its members.
func (s server) GetGroup(w http.ResponseWriter, r *http.Request, id contract.Id, _ contract.GetGroupParams) {
	s.shows(w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (document, error) {
		group, err := s.app.Group(ctx, c, access.GroupID(id))
		return document{group.Version, showGroup(group)}, err
	})
}

// PutGroup writes a group.
func (s server) PutGroup(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.PutGroupParams) {
	s.writes(w, r, params.IfMatch, params.IfNoneMatch, func(ctx context.Context, c app.Caller, when app.Condition) (document, error) {
		body, err := Decode[contract.GroupInput](r)
		if err == nil {
			err = sameID(body.Id, id)
		}
		if err != nil {
			return document{}, err
		}
		written, err := s.app.PutGroup(ctx, c, app.Group{ID: access.GroupID(id), Name: body.Name}, when)
		if err != nil {
			return document{}, err
		}
		group, err := s.app.Group(ctx, c, access.GroupID(id))
		group.Versioned = written
		return document{written.Version, showGroup(group)}, err
	})
}

// DeleteGroup removes a group.
func (s server) DeleteGroup(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.DeleteGroupParams) {
	s.removes(w, r, params.IfMatch, func(ctx context.Context, c app.Caller, when app.Condition) error {
		return s.app.DeleteGroup(ctx, c, access.GroupID(id), when)
	})
}

// ListGroupEvents shows a group's history.
func (s server) ListGroupEvents(w http.ResponseWriter, r *http.Request, id contract.Id, params contract.ListGroupEventsParams) {
	s.changes(w, r, "group:"+id, params.Limit, params.Cursor)
}

func showGroup(g app.GroupDetails) contract.Group {
	return contract.Group{Id: string(g.Doc.ID), Version: g.Version, Name: g.Doc.Name, Managed: len(g.ManagedBy) > 0,
		Members: texts[contract.Id](g.Members), HasMore: g.More}
}
