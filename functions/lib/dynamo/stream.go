package dynamo

import (
	"strconv"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// EventRef names an event of a request.
type EventRef struct {
	Request access.RequestID
	Seq     int
}

// EventOf tells of which request's event a record of the stream of Requests is.
// There is nothing besides. ok is false for every other item.
func EventOf(pk, sk string) (e EventRef, besides struct{}, ok bool) {
	id, isRequest := strings.CutPrefix(pk, requestKey(""))
	number, isEvent := strings.CutPrefix(sk, "EVENT#")
	seq, err := strconv.Atoi(number)
	return EventRef{access.RequestID(id), seq}, besides, isRequest && isEvent && err == nil
}

// DocumentOf tells of which document a record of the stream of Directory or
// Catalog is and, of a group's members, who came or left. ok is false for what
// nobody follows.
func DocumentOf(pk, sk string) (d app.Document, member access.PersonID, ok bool) {
	kind, id, _ := strings.Cut(pk, "#")
	part, rest, _ := strings.Cut(sk, "#")
	switch kind + " " + part {
	case "PERSON PROFILE":
		return app.Document{Kind: app.DocumentPerson, ID: id}, "", true
	case "PERSON MEMBER":
		group, _, _ := strings.Cut(rest, "#")
		return app.Document{Kind: app.DocumentMembers, ID: group}, access.PersonID(id), true
	case "SLACK_LINK DOCUMENT":
		return app.Document{Kind: app.DocumentSlackLink, ID: id}, "", true
	case "DELEGATION DOCUMENT":
		return app.Document{Kind: app.DocumentDelegation, ID: id}, "", true
	case "DEVICE PROFILE":
		return app.Document{Kind: app.DocumentDevice, ID: id}, "", true
	case "FLOW DOCUMENT":
		return app.Document{Kind: app.DocumentFlow, ID: id}, "", true
	case "RESOURCE DOCUMENT":
		return app.Document{Kind: app.DocumentResource, ID: id}, "", true
	}
	return app.Document{}, "", false
}
