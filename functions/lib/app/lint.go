package app

import (
	"context"
	"fmt"
	"slices"

	"latchkey/functions/lib/access"
)

// lint looks at a flow, which is well-formed, with the directory and the catalog
// as they are now: what can never work is refused, what often does not is
// warned about.
type lint struct {
	app       *App
	flow      access.Flow
	resources []access.Resource
	people    [][]access.PersonID // behind each step's people and groups
	refused   []access.FieldError
	warned    []access.FieldError
}

// lintFlow gives what is refused and what is warned about.
func (a *App) lintFlow(ctx context.Context, flow access.Flow) (refused, warned []access.FieldError, err error) {
	l := &lint{app: a.remembering(), flow: flow}
	for _, id := range flow.Resources {
		resource, err := a.Catalog.Resource(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		l.resources = append(l.resources, resource.Doc)
	}
	for _, check := range []func(context.Context) error{l.steps, l.audience, l.others} {
		if err := check(ctx); err != nil {
			return nil, nil, err
		}
	}
	l.samePerson()
	l.mails()
	l.policies()
	return l.refused, l.warned, nil
}

func (l *lint) refuse(pointer, code, format string, args ...any) {
	l.refused = append(l.refused, access.FieldError{Pointer: pointer, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (l *lint) warn(pointer, code, format string, args ...any) {
	l.warned = append(l.warned, access.FieldError{Pointer: pointer, Code: code, Message: fmt.Sprintf(format, args...)})
}

// steps looks for steps that nobody, too few people, or only the requester
// could decide.
func (l *lint) steps(ctx context.Context) error {
	for i, step := range l.flow.Steps {
		pointer := fmt.Sprintf("/steps/%d", i)
		resolved, err := l.app.resolve(ctx, step, "", "", nil, 0)
		if err != nil {
			return err
		}
		l.people = append(l.people, resolved.Candidates)
		l.owners(pointer, step)
		if dependsOnRequest(step) {
			continue
		}
		switch found := len(resolved.Candidates); {
		case found == 0:
			l.refuse(pointer+"/approvers", "nobody", "There is nobody who could decide this step, or there are more than %d.", mostVoters)
		case !step.Needed.All && found < step.Needed.Count:
			l.refuse(pointer+"/needed", "too_many", "%d people are needed, and there are %d.", step.Needed.Count, found)
		case found == 1 && slices.Equal(l.flow.VisibleTo, []access.Principal{access.OfPerson(resolved.Candidates[0])}):
			l.refuse(pointer+"/approvers", "only_the_requester", "Only the person who may ask could decide this step, and nobody decides their own request.")
		case found == 1:
			l.warn(pointer+"/approvers", "one_person", "Only one person can decide this step; their own requests will be missing data.")
		}
	}
	return nil
}

// dependsOnRequest tells whether who decides a step is known only once someone
// asks for something.
func dependsOnRequest(step access.Step) bool {
	return slices.Contains(step.Approvers, access.Manager) || slices.Contains(step.Approvers, access.Owner)
}

// owners looks for resources without the owner that a step wants.
func (l *lint) owners(pointer string, step access.Step) {
	j := slices.Index(step.Approvers, access.Owner)
	if j < 0 {
		return
	}
	for _, r := range l.resources {
		switch {
		case r.Owner != "":
		case len(step.Approvers) == 1:
			l.refuse(fmt.Sprintf("%s/approvers/%d", pointer, j), "no_owner", "%s has no owner, so nobody could decide this step.", r.Name)
		default:
			l.warn(fmt.Sprintf("%s/approvers/%d", pointer, j), "no_owner", "%s has no owner.", r.Name)
		}
	}
}

// audience warns of people who may ask and have no manager where one decides.
func (l *lint) audience(ctx context.Context) error {
	for i, step := range l.flow.Steps {
		j := slices.Index(step.Approvers, access.Manager)
		if j < 0 {
			continue
		}
		without, seen := "", 0
		for _, p := range l.flow.VisibleTo {
			visit := func(person Person) bool {
				if person.Manager == "" && person.Active() {
					without = person.Name
				}
				seen++
				return without == "" && seen < mostVoters
			}
			err := l.app.eachPerson(ctx, p, visit)
			if p == access.Everyone {
				err = l.app.everyone(ctx, visit)
			}
			if err != nil {
				return err
			}
		}
		if without != "" {
			l.warn(fmt.Sprintf("/steps/%d/approvers/%d", i, j), "no_manager", "%s may ask and has no manager: such requests are missing data.", without)
		}
	}
	return nil
}

// everyone visits the people of the directory until visit says stop.
func (a *App) everyone(ctx context.Context, visit func(Person) bool) error {
	for cursor := ""; ; {
		people, next, err := a.Directory.People(ctx, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			return err
		}
		for _, p := range people {
			if !visit(p.Doc) {
				return nil
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// others warns of flows that serve the same resource.
func (l *lint) others(ctx context.Context) error {
	if !l.flow.Enabled {
		return nil
	}
	for i, id := range l.flow.Resources {
		flows, err := l.app.Catalog.FlowsOf(ctx, id)
		if err != nil {
			return err
		}
		for _, other := range flows {
			switch {
			case other.ID == l.flow.ID || !other.Enabled:
			case other.Order == l.flow.Order:
				l.warn("/order", "same_order", "The flow %s serves %s with the same order: the lower id serves who may use both.", other.ID, id)
			case other.Order < l.flow.Order && slices.Contains(other.VisibleTo, access.Everyone):
				l.warn(fmt.Sprintf("/resources/%d", i), "shadowed", "The flow %s serves %s for everyone, and comes first.", other.ID, id)
			}
		}
		if l.resources[i].Kind == access.KindDevice && l.flow.StartsWithin > 0 {
			l.warn("/starts_within", "unused", "Access to the device %s begins when its requester starts it.", id)
		}
	}
	return nil
}

// mails warns of decisions that need no more than a mail.
func (l *lint) mails() {
	if !l.flow.EmailSignIn && slices.Contains(l.flow.DecideIn, access.ViaEmail) {
		l.warn("/email_sign_in", "no_sign_in", "Whoever has an approver's mail, forwarded or not, can decide in their name.")
	}
}

// samePerson warns where steps share so few people that one could be needed
// twice.
func (l *lint) samePerson() {
	if l.flow.SamePerson == access.SameCarry || len(l.flow.Steps) < 2 {
		return
	}
	for i := 1; i < len(l.flow.Steps); i++ {
		all, needed := map[access.PersonID]bool{}, 0
		shared := false
		for j := 0; j <= i; j++ {
			for _, id := range l.people[j] {
				shared = shared || all[id]
				all[id] = true
			}
			needed += max(1, l.flow.Steps[j].Needed.Count)
		}
		if shared && len(all) < needed+1 { // one of them may be the requester
			l.warn(fmt.Sprintf("/steps/%d/approvers", i), "needed_twice",
				"Up to this step %d different people are needed, and it shares its few with earlier ones.", needed)
			return
		}
	}
}

func (l *lint) policies() {
	for i, p := range l.flow.Policies {
		if fault := l.app.Policies.Check(p.Source); fault != "" {
			l.refuse(fmt.Sprintf("/policies/%d/source", i), "policy", "%s", fault)
		}
	}
}
