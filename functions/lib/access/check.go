package access

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Bounds of what an admin configures.
const (
	MaxName       = 200
	MaxResources  = 40 // of a flow; each is a row of the flow's transaction
	MaxPrincipals = 20
	MaxChoices    = 20
	MaxNeeded     = 20
	MaxPolicies   = 10
	MaxExtensions = 100
	MaxPolicy     = 8000
	MaxGroups     = 50  // of a person
	MaxWebhookURL = 512 // a target is part of a key, of which DynamoDB takes 1024 bytes
	MaxSpan       = Duration(3650 * 24 * time.Hour)
)

var (
	// Lengths are checked beside them: counted repetitions take long to compile,
	// and every start of every function would pay for them.
	idPattern     = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	bundlePattern = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	fieldPattern  = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// ValidID tells whether a text may be the id of a person, group, resource or
// flow: lower-case letters, digits, dots, dashes and underscores, at most 63.
func ValidID(id string) bool { return len(id) <= 63 && idPattern.MatchString(id) }

// findings collects what is wrong with a document.
type findings []FieldError

func (f *findings) add(pointer, code, format string, args ...any) {
	*f = append(*f, FieldError{pointer, code, fmt.Sprintf(format, args...)})
}

func (f *findings) name(pointer, text string) {
	if blank(text) {
		f.add(pointer, "required", "A name is needed.")
	} else if len(text) > MaxName {
		f.add(pointer, "too_long", "A name has at most %d bytes.", MaxName)
	}
}

// CheckFlow lists what is wrong with a flow, whatever it refers to. minimum is
// the shortest access that this installation gives.
func CheckFlow(flow Flow, minimum Duration) []FieldError {
	var f findings
	f.name("/name", flow.Name)
	f.count("/resources", len(flow.Resources), 1, MaxResources)
	f.count("/visible_to", len(flow.VisibleTo), 1, MaxPrincipals)
	for i, p := range flow.VisibleTo {
		if !wellFormed(p) && p != Everyone {
			f.add(fmt.Sprintf("/visible_to/%d", i), "format", "This is not everyone, group:ID or person:ID.")
		}
	}
	f.count("/submitters", len(flow.Submitters), 0, MaxPrincipals)
	for i, p := range flow.Submitters {
		if !wellFormed(p) && p != Everyone {
			f.add(fmt.Sprintf("/submitters/%d", i), "format", "This is not everyone, group:ID or person:ID.")
		}
	}
	f.steps(flow, minimum)
	f.duration(flow.Duration, minimum)
	f.fields(flow.Fields)
	f.policies(flow.Policies)
	f.span("/pending_for", flow.PendingFor, Duration(time.Second))
	f.span("/claim_within", flow.ClaimWithin, Duration(time.Second))
	if flow.RemindEvery != 0 {
		f.span("/remind_every", flow.RemindEvery, minimum)
	}
	if flow.StartsWithin != 0 {
		f.span("/starts_within", flow.StartsWithin, Duration(time.Second))
	}
	if flow.DenyWhen != DenyAny && flow.DenyWhen != DenyUnreachable {
		f.add("/deny_when", "unknown", "This is \"any\" or \"unreachable\".")
	}
	if flow.SamePerson != SameDistinct && flow.SamePerson != SameCarry {
		f.add("/same_person", "unknown", "This is \"distinct\" or \"carry\".")
	}
	f.count("/decide_in", len(flow.DecideIn), 1, 3)
	for i, via := range flow.DecideIn {
		if via != ViaPortal && via != ViaSlack && via != ViaEmail {
			f.add(fmt.Sprintf("/decide_in/%d", i), "unknown", "Requests are decided in portal, slack or email.")
		}
	}
	return f
}

func (f *findings) count(pointer string, n, least, most int) {
	if n < least || n > most {
		f.add(pointer, "count", "This takes from %d to %d entries.", least, most)
	}
}

func (f *findings) span(pointer string, d, least Duration) {
	if d < least || d > MaxSpan {
		f.add(pointer, "out_of_range", "This is from %s to ten years.", least.Words())
	}
}

func (f *findings) steps(flow Flow, minimum Duration) {
	f.count("/steps", len(flow.Steps), 1, MaxSteps)
	skips := 0
	for i, step := range flow.Steps {
		f.step(fmt.Sprintf("/steps/%d", i), step, flow, minimum)
		if step.SkipAfter > 0 {
			skips++
		}
	}
	if skips > 0 && skips == len(flow.Steps) {
		f.add("/steps/0/skip_after", "never_approved", "A person has to approve at least one step.")
	}
}

func (f *findings) step(pointer string, step Step, flow Flow, minimum Duration) {
	f.count(pointer+"/approvers", len(step.Approvers), 1, MaxPrincipals)
	f.approvers(pointer+"/approvers", step.Approvers)
	f.approvers(pointer+"/fallback", step.Fallback)
	switch {
	case step.Needed.All && len(step.Fallback) > 0:
		f.add(pointer+"/fallback", "unusable", "Nobody can stand in for everyone: a step that needs all has no fallback.")
	case !step.Needed.All && (step.Needed.Count < 1 || step.Needed.Count > MaxNeeded):
		f.add(pointer+"/needed", "out_of_range", "From 1 to %d people can be needed.", MaxNeeded)
	case !step.Needed.All && step.Needed.Count > len(step.Approvers) && len(step.Approvers) > 0 && onlyPeople(step.Approvers):
		f.add(pointer+"/needed", "too_many", "The step names fewer people than it needs.")
	}
	if len(step.Fallback) > MaxPrincipals {
		f.count(pointer+"/fallback", len(step.Fallback), 0, MaxPrincipals)
	}
	if (step.EscalateAfter > 0) != (len(step.Fallback) > 0) {
		f.add(pointer+"/escalate_after", "incomplete", "A step escalates to its fallback approvers after a time: it has both or neither.")
	}
	for _, span := range []struct {
		name string
		d    Duration
	}{{"/escalate_after", step.EscalateAfter}, {"/skip_after", step.SkipAfter}} {
		if span.d == 0 {
			continue
		}
		f.span(pointer+span.name, span.d, minimum)
		if span.d >= flow.PendingFor {
			f.add(pointer+span.name, "never", "The request expires before that.")
		}
	}
	if step.SkipAfter > 0 && step.EscalateAfter >= step.SkipAfter {
		f.add(pointer+"/escalate_after", "never", "The step is skipped before that.")
	}
}

func (f *findings) approvers(pointer string, approvers []Principal) {
	for j, p := range approvers {
		if !wellFormed(p) && p != Manager && p != Owner && p != Admins {
			f.add(fmt.Sprintf("%s/%d", pointer, j), "format", "This is not manager, owner, admins, group:ID or person:ID.")
		}
	}
}

// onlyPeople tells whether each approver is one person at most.
func onlyPeople(approvers []Principal) bool {
	return !slices.ContainsFunc(approvers, func(p Principal) bool {
		_, group := p.Group()
		return group
	})
}

func (f *findings) policies(policies []Policy) {
	f.count("/policies", len(policies), 0, MaxPolicies)
	for i, p := range policies {
		pointer := fmt.Sprintf("/policies/%d", i)
		if !ValidID(p.ID) {
			f.add(pointer+"/id", "format", "An id has lower-case letters, digits, dots, dashes and underscores.")
		}
		if slices.ContainsFunc(policies[:i], func(other Policy) bool { return other.ID == p.ID }) {
			f.add(pointer+"/id", "duplicate", "Two policies have this id.")
		}
		if blank(p.Source) || len(p.Source) > MaxPolicy {
			f.add(pointer+"/source", "required", "A policy has a text of at most %d bytes.", MaxPolicy)
		}
	}
}

func wellFormed(p Principal) bool {
	for _, prefix := range []string{"person:", "group:"} {
		if id, ok := strings.CutPrefix(string(p), prefix); ok {
			return ValidID(id)
		}
	}
	return false
}

func (f *findings) duration(rule DurationRule, minimum Duration) {
	least, most := 0, 0
	switch rule.Mode {
	case DurationNone:
	case DurationFixed:
		least, most = 1, 1
	case DurationChoice:
		least, most = 1, MaxChoices
		if rule.Max > 0 {
			least = 0
		}
	default:
		f.add("/duration/mode", "unknown", "A duration is none, fixed or choice.")
		return
	}
	f.count("/duration/choices", len(rule.Choices), least, most)
	f.extend(rule, minimum)
	switch {
	case rule.Max != 0 && rule.Mode != DurationChoice:
		f.add("/duration/max", "unusable", "Only with \"choice\" there is a maximum.")
	case rule.Max != 0:
		f.span("/duration/max", rule.Max, minimum)
	}
	for i, d := range rule.Choices {
		pointer := fmt.Sprintf("/duration/choices/%d", i)
		switch {
		case d < minimum:
			f.add(pointer, "too_short", "The shortest access is %s.", minimum.Words())
		case d > MaxSpan:
			f.add(pointer, "too_long", "The longest access is ten years.")
		case slices.Index(rule.Choices, d) < i:
			f.add(pointer, "duplicate", "This duration stands twice.")
		}
	}
}

func (f *findings) extend(rule DurationRule, minimum Duration) {
	const pointer = "/duration/extend"
	switch e := rule.Extend; {
	case e.Times == 0 && e.UpTo == 0 && len(e.Approvers) == 0:
	case rule.Mode == DurationNone:
		f.add(pointer, "unusable", "Access that is not timed needs no extension.")
	case e.Times < 1 || e.Times > MaxExtensions:
		f.add(pointer+"/times", "out_of_range", "From 1 to %d times.", MaxExtensions)
	default:
		f.span(pointer+"/up_to", e.UpTo, minimum)
		f.count(pointer+"/approvers", len(e.Approvers), 0, MaxPrincipals)
		f.approvers(pointer+"/approvers", e.Approvers)
	}
}

func (f *findings) fields(fields []Field) {
	f.count("/fields", len(fields), 0, MaxFields)
	for i, field := range fields {
		pointer := fmt.Sprintf("/fields/%d", i)
		if len(field.ID) > 32 || !fieldPattern.MatchString(field.ID) {
			f.add(pointer+"/id", "format", "An id has lower-case letters, digits and underscores.")
		}
		if slices.ContainsFunc(fields[:i], func(other Field) bool { return other.ID == field.ID }) {
			f.add(pointer+"/id", "duplicate", "Two fields have this id.")
		}
		f.name(pointer+"/label", field.Label)
		f.count(pointer+"/choices", len(field.Choices), 0, MaxChoices)
		if slices.ContainsFunc(field.Choices, blank) || len(slices.Compact(slices.Sorted(slices.Values(field.Choices)))) < len(field.Choices) {
			f.add(pointer+"/choices", "duplicate", "Each choice stands once, and says something.")
		}
		if len(field.Message) > MaxName {
			f.add(pointer+"/message", "too_long", "A message has at most %d bytes.", MaxName)
		}
		if _, err := regexp.Compile(field.Pattern); err != nil || len(field.Pattern) > MaxName {
			f.add(pointer+"/pattern", "format", "This is not a regular expression (RE2).")
		}
	}
}
