package app

import (
	"context"
	"slices"

	"latchkey/functions/lib/access"
)

// View is a request as a caller may see it.
type View struct {
	access.Request
	Resource   access.Resource
	Flow       access.Flow
	Admin      bool // the viewer is one
	Progress   bool // whether decisions and names of deciders are to be shown
	Actions    []access.Action
	DecidesFor access.PersonID // for whom the viewer would decide, as their delegate
	Steps      []StepView
	Extenders  []Approver                 // who may decide the extension that is asked for
	More       access.ExtensionOffer      // what more time the viewer may ask for
	Names      map[access.PersonID]string // of the people it mentions
}

// StepView is a step of a request, with those who may decide it.
type StepView struct {
	access.StepState
	Needed    access.Needed
	Approvers []Approver
}

// Get reads a request. To who may not see it, it does not exist.
func (a *App) Get(ctx context.Context, c Caller, id access.RequestID) (View, error) {
	stored, err := a.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	f, err := a.callerFacts(ctx, c, stored.Request)
	if err != nil {
		return View{}, err
	}
	if !stored.MayRead(f) {
		return View{}, notFound("request")
	}
	return a.view(ctx, stored.Request, f)
}

// View shows a request that the caller just acted on.
func (a *App) View(ctx context.Context, c Caller, r access.Request) (View, error) {
	f, err := a.callerFacts(ctx, c, r)
	if err != nil {
		return View{}, err
	}
	return a.view(ctx, r, f)
}

func (a *App) view(ctx context.Context, r access.Request, f access.Facts) (View, error) {
	resource, err := a.Catalog.Resource(ctx, r.Resource)
	if err != nil {
		return View{}, err
	}
	v := View{Request: r, Resource: resource.Doc, Flow: f.Flow, Admin: f.Admin, Progress: r.SeesProgress(f),
		Actions: r.AllowedActions(f, a.now())}
	v.Resource.ID, v.Resource.Kind = r.Resource, r.Kind
	v.More = r.ExtensionOffer(f.Flow.Duration.Extend, v.Actions)
	people := []access.PersonID{r.Requester, r.SubmittedBy}
	if slices.Contains(v.Actions, access.ActApprove) || slices.Contains(v.Actions, access.ActApproveExtension) {
		v.DecidesFor = r.DecidesFor(f)
		people = append(people, v.DecidesFor)
	}
	for i, state := range r.Steps {
		step := f.Flow.Steps[i]
		approvers, err := a.approversOf(ctx, step, state, r.Owner)
		if err != nil {
			return View{}, err
		}
		v.Steps = append(v.Steps, StepView{state, step.Needed, approvers})
		for _, d := range state.Decisions {
			people = append(people, d.By, d.OnBehalfOf)
		}
	}
	for _, c := range r.Confirmations {
		people = append(people, c.By)
	}
	for _, p := range r.Extension.Principals {
		name, err := a.nameOf(ctx, p)
		if err != nil {
			return View{}, err
		}
		v.Extenders = append(v.Extenders, Approver{p, p, name})
	}
	v.Names, err = a.namesOf(ctx, people)
	return v, err
}

// ListKind says which requests a list has.
type ListKind string

// The lists. All is for admins.
const (
	ListMine     ListKind = "mine"
	ListToDecide ListKind = "to_decide"
	ListAll      ListKind = "all"
)

// List gives requests newest first. Everyone gets what they may see alone.
func (a *App) List(ctx context.Context, c Caller, kind ListKind, filter Filter, p Page) ([]View, string, error) {
	var requests []access.Request
	var next string
	var err error
	a = a.remembering()
	switch kind {
	case ListToDecide:
		principals := slices.Clone(c.Principals)
		delegators, failed := a.delegators(ctx, c.Person.ID, a.now())
		if failed != nil {
			return nil, "", failed
		}
		for _, d := range delegators {
			principals = append(principals, d.Principals...)
		}
		slices.Sort(principals)
		requests, next, err = a.Requests.Tasks(ctx, slices.Compact(principals), p)
	case ListAll:
		if !c.Admin {
			return nil, "", access.Refuse(access.CodeForbidden, "Only an admin can see all requests.")
		}
		requests, next, err = a.Requests.List(ctx, filter, p)
	default:
		filter.Requester = c.Person.ID
		requests, next, err = a.Requests.List(ctx, filter, p)
	}
	if err != nil {
		return nil, "", asInvalidCursor(err)
	}
	views := []View{}
	for _, r := range requests {
		f, err := a.callerFacts(ctx, c, r)
		if err != nil {
			return nil, "", err
		}
		if kind == ListToDecide && !(filter.matches(r) && waitsFor(r, c, f, a)) || !r.MayRead(f) {
			continue
		}
		v, err := a.view(ctx, r, f)
		if err != nil {
			return nil, "", err
		}
		views = append(views, v)
	}
	return views, next, nil
}

// waitsFor tells whether the caller could decide the request now.
func waitsFor(r access.Request, c Caller, f access.Facts, a *App) bool {
	actions := r.AllowedActions(f, a.now())
	return slices.Contains(actions, access.ActApprove) || slices.Contains(actions, access.ActApproveExtension) ||
		r.Status == access.MissingData && c.Admin
}

func (f Filter) matches(r access.Request) bool {
	return (f.Requester == "" || f.Requester == r.Requester) && (f.Resource == "" || f.Resource == r.Resource) &&
		(f.Flow == "" || f.Flow == r.Flow) && (f.Status == "" || f.Status == r.Status)
}

// Events gives a request's history after a sequence number. Where the progress
// is hidden from the caller, so is the history.
func (a *App) Events(ctx context.Context, c Caller, id access.RequestID, after, limit int) (History, error) {
	stored, err := a.load(ctx, id)
	if err != nil {
		return History{}, err
	}
	f, err := a.callerFacts(ctx, c, stored.Request)
	if err != nil {
		return History{}, err
	}
	if !stored.MayRead(f) {
		return History{}, notFound("request")
	}
	if !stored.SeesProgress(f) {
		return History{}, access.Refuse(access.CodeForbidden, "The history of this request is not shown to you.")
	}
	events, err := a.Requests.Events(ctx, id, after, limit)
	if err != nil {
		return History{}, err
	}
	for i := range events {
		if note, ok := events[i].Texts[access.TextInternalNote]; ok && !c.Admin {
			events[i].Texts[access.TextInternalNote] = access.SealedText{Digest: note.Digest}
		}
	}
	return a.history(ctx, events)
}

// History is a part of a chain of events.
type History struct {
	Events []access.SealedEvent
	Names  map[access.PersonID]string // of who acted
}

// history adds the names.
func (a *App) history(ctx context.Context, events []access.SealedEvent) (History, error) {
	var people []access.PersonID
	for _, e := range events {
		event, err := e.Open()
		if err != nil {
			return History{}, err
		}
		people = append(people, event.Actor.ID, event.Actor.OnBehalfOf)
	}
	names, err := a.namesOf(ctx, people)
	return History{events, names}, err
}
