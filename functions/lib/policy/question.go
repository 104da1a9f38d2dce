package policy

import (
	"time"

	"github.com/cedar-policy/cedar-go"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// The entity types that policies know, beside Action.
const (
	personType   cedar.EntityType = "Person"
	groupType    cedar.EntityType = "Group"
	resourceType cedar.EntityType = "Resource"
)

// ask puts a question into Cedar's terms: who, what and when, and the attributes
// of the person and the resource
// (https://docs.cedarpolicy.com/policies/syntax-entity.html). An attribute that
// has no value is absent.
func ask(q app.PolicyQuestion) (cedar.Request, cedar.EntityMap) {
	var groups []cedar.EntityUID
	for _, p := range q.Person.Principals {
		if group, ok := p.Group(); ok {
			groups = append(groups, cedar.NewEntityUID(groupType, cedar.String(group)))
		}
	}
	person := cedar.Entity{UID: personUID(q.Person.ID), Parents: cedar.NewEntityUIDSet(groups...)}
	if q.Person.Manager != "" {
		person.Attributes = cedar.NewRecord(cedar.RecordMap{"manager": personUID(q.Person.Manager)})
	}
	attributes := cedar.RecordMap{"kind": cedar.String(q.Resource.Kind)}
	if q.Resource.Owner != "" {
		attributes["owner"] = personUID(q.Resource.Owner)
	}
	resource := cedar.Entity{UID: cedar.NewEntityUID(resourceType, cedar.String(q.Resource.ID)),
		Attributes: cedar.NewRecord(attributes)}

	return cedar.Request{
		Principal: person.UID,
		Action:    cedar.NewEntityUID("Action", "request"),
		Resource:  resource.UID,
		Context:   circumstances(q),
	}, cedar.EntityMap{person.UID: person, resource.UID: resource}
}

func circumstances(q app.PolicyQuestion) cedar.Record {
	answers := make(cedar.RecordMap, len(q.Answers))
	for field, answer := range q.Answers {
		answers[cedar.String(field)] = cedar.String(answer)
	}
	at := q.At.UTC()
	return cedar.NewRecord(cedar.RecordMap{
		"duration":  cedar.Long(q.Duration / time.Second),
		"hour":      cedar.Long(at.Hour()),
		"weekday":   cedar.Long((at.Weekday()+6)%7 + 1), // Go's week begins with Sunday as 0
		"starts_at": cedar.Long(max(q.StartsIn, 0) / time.Second),
		"answers":   cedar.NewRecord(answers),
	})
}

func personUID(id access.PersonID) cedar.EntityUID {
	return cedar.NewEntityUID(personType, cedar.String(id))
}

// known are the entities that a question tells about. Of others, as the manager
// or the owner, it has the id alone; Cedar would take their groups and attributes
// for none. stranger notes that a policy asked for them, so that it fails.
type known struct {
	entities cedar.EntityMap
	stranger bool
}

// Get implements cedar.EntityGetter.
func (k *known) Get(uid cedar.EntityUID) (cedar.Entity, bool) {
	entity, ok := k.entities.Get(uid)
	if !ok && uid.Type == personType {
		k.stranger = true
	}
	return entity, ok
}
