package dynamo

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"latchkey/functions/lib/access"
)

type resourceRecord struct {
	ID          string `dynamodbav:"id"`
	Kind        string `dynamodbav:"kind"`
	Name        string `dynamodbav:"name,omitempty"`
	Description string `dynamodbav:"description,omitempty"`
	Owner       string `dynamodbav:"owner,omitempty"`
	URL         string `dynamodbav:"url,omitempty"`
	Connector   string `dynamodbav:"connector,omitempty"`
	Target      string `dynamodbav:"target,omitempty"`
}

func resourceContent(r access.Resource) resourceRecord {
	return resourceRecord{string(r.ID), string(r.Kind), r.Name, r.Description, string(r.Owner), r.URL,
		r.Target.Connector, r.Target.ID}
}

func readResource(it item) (access.Resource, error) {
	var r resourceRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.Resource{}, fmt.Errorf("resource: %w", err)
	}
	return access.Resource{ID: access.ResourceID(r.ID), Kind: access.Kind(r.Kind), Name: r.Name, Description: r.Description,
		Owner: access.PersonID(r.Owner), URL: r.URL, Target: access.Target{Connector: r.Connector, ID: r.Target}}, nil
}

type flowRecord struct {
	ID           string           `dynamodbav:"id"`
	Version      int              `dynamodbav:"version"`
	Name         string           `dynamodbav:"name,omitempty"`
	Resources    []string         `dynamodbav:"resources,omitempty"`
	VisibleTo    []string         `dynamodbav:"visible_to,omitempty"`
	Submitters   []string         `dynamodbav:"submitters,omitempty"`
	Steps        []flowStepRecord `dynamodbav:"steps,omitempty"`
	Mode         string           `dynamodbav:"duration_mode,omitempty"`
	Choices      []string         `dynamodbav:"duration_choices,omitempty"`
	Max          string           `dynamodbav:"duration_max,omitempty"`
	Extend       extendRecord     `dynamodbav:"extend,omitempty"`
	Fields       []fieldRecord    `dynamodbav:"fields,omitempty"`
	PendingFor   string           `dynamodbav:"pending_for,omitempty"`
	RemindEvery  string           `dynamodbav:"remind_every,omitempty"`
	ClaimWithin  string           `dynamodbav:"claim_within,omitempty"`
	StartsWithin string           `dynamodbav:"starts_within,omitempty"`
	Policies     []policyRecord   `dynamodbav:"policies,omitempty"`
	NoDelegation bool             `dynamodbav:"no_delegation,omitempty"`
	Order        int              `dynamodbav:"order"`
	DenyWhen     string           `dynamodbav:"deny_when,omitempty"`
	SamePerson   string           `dynamodbav:"same_person,omitempty"`
	DecideIn     []string         `dynamodbav:"decide_in,omitempty"`
	ShowProgress bool             `dynamodbav:"show_progress"`
	Enabled      bool             `dynamodbav:"enabled"`
}

type flowStepRecord struct {
	Approvers []string `dynamodbav:"approvers"`
	All       bool     `dynamodbav:"all,omitempty"`
	Count     int      `dynamodbav:"count,omitempty"`

	Fallback      []string `dynamodbav:"fallback,omitempty"`
	EscalateAfter string   `dynamodbav:"escalate_after,omitempty"`
	SkipAfter     string   `dynamodbav:"skip_after,omitempty"`
}

type extendRecord struct {
	UpTo      string   `dynamodbav:"up_to,omitempty"`
	Times     int      `dynamodbav:"times,omitempty"`
	Approvers []string `dynamodbav:"approvers,omitempty"`
}

type policyRecord struct {
	ID     string `dynamodbav:"id"`
	Source string `dynamodbav:"source"`
}

type fieldRecord struct {
	ID       string   `dynamodbav:"id"`
	Label    string   `dynamodbav:"label,omitempty"`
	Required bool     `dynamodbav:"required,omitempty"`
	Choices  []string `dynamodbav:"choices,omitempty"`
	Pattern  string   `dynamodbav:"pattern,omitempty"`
	Message  string   `dynamodbav:"message,omitempty"`
}

func flowContent(f access.Flow) flowRecord {
	r := flowRecord{
		ID: string(f.ID), Version: f.Version, Name: f.Name, Resources: texts(f.Resources), VisibleTo: texts(f.VisibleTo), Submitters: texts(f.Submitters),
		Mode: string(f.Duration.Mode), PendingFor: f.PendingFor.String(), RemindEvery: f.RemindEvery.String(),
		ClaimWithin: f.ClaimWithin.String(), StartsWithin: f.StartsWithin.String(), Max: f.Duration.Max.String(),
		Extend:       extendRecord{f.Duration.Extend.UpTo.String(), f.Duration.Extend.Times, texts(f.Duration.Extend.Approvers)},
		NoDelegation: !f.Delegation, Order: f.Order, DenyWhen: string(f.DenyWhen), SamePerson: string(f.SamePerson),
		DecideIn: texts(f.DecideIn), ShowProgress: f.ShowProgress, Enabled: f.Enabled,
	}
	for _, s := range f.Steps {
		r.Steps = append(r.Steps, flowStepRecord{texts(s.Approvers), s.Needed.All, s.Needed.Count,
			texts(s.Fallback), s.EscalateAfter.String(), s.SkipAfter.String()})
	}
	for _, d := range f.Duration.Choices {
		r.Choices = append(r.Choices, d.String())
	}
	for _, field := range f.Fields {
		r.Fields = append(r.Fields, fieldRecord(field))
	}
	for _, policy := range f.Policies {
		r.Policies = append(r.Policies, policyRecord(policy))
	}
	return r
}

func readFlow(it item) (access.Flow, error) {
	var r flowRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.Flow{}, fmt.Errorf("flow: %w", err)
	}
	var p parser
	f := access.Flow{
		ID: access.FlowID(r.ID), Version: r.Version, Name: r.Name, Resources: idsOf[access.ResourceID](r.Resources),
		VisibleTo: idsOf[access.Principal](r.VisibleTo), Submitters: idsOf[access.Principal](r.Submitters), Duration: access.DurationRule{Mode: access.DurationMode(r.Mode), Max: p.duration(r.Max),
			Extend: access.ExtendRule{UpTo: p.duration(r.Extend.UpTo), Times: r.Extend.Times, Approvers: idsOf[access.Principal](r.Extend.Approvers)}},
		PendingFor: p.duration(r.PendingFor), RemindEvery: p.duration(r.RemindEvery), ClaimWithin: p.duration(r.ClaimWithin),
		StartsWithin: p.duration(r.StartsWithin), Delegation: !r.NoDelegation,
		Order: r.Order, DenyWhen: access.DenyWhen(r.DenyWhen), SamePerson: access.SamePerson(r.SamePerson),
		DecideIn: idsOf[access.Via](r.DecideIn), ShowProgress: r.ShowProgress, Enabled: r.Enabled,
	}
	for _, s := range r.Steps {
		f.Steps = append(f.Steps, access.Step{Approvers: idsOf[access.Principal](s.Approvers),
			Needed: access.Needed{All: s.All, Count: s.Count}, Fallback: idsOf[access.Principal](s.Fallback),
			EscalateAfter: p.duration(s.EscalateAfter), SkipAfter: p.duration(s.SkipAfter)})
	}
	for _, d := range r.Choices {
		f.Duration.Choices = append(f.Duration.Choices, p.duration(d))
	}
	for _, field := range r.Fields {
		f.Fields = append(f.Fields, access.Field(field))
	}
	for _, policy := range r.Policies {
		f.Policies = append(f.Policies, access.Policy(policy))
	}
	return f, p.err
}

type settingsRecord struct {
	RequestsEnabled       bool   `dynamodbav:"requests_enabled"`
	ShowProgress          bool   `dynamodbav:"show_progress"`
	MaxOpenRequests       int    `dynamodbav:"max_open_requests"`
	MaxSubmissionsPerHour int    `dynamodbav:"max_submissions_per_hour"`
	MaxAsks               int    `dynamodbav:"max_asks"`
	SupportURL            string `dynamodbav:"support_url,omitempty"`
	SlackTeamID           string `dynamodbav:"slack_team_id,omitempty"`
	SlackClientID         string `dynamodbav:"slack_client_id,omitempty"`
}

// defaults are the settings of a company that has not written any.
var defaults = access.Settings{RequestsEnabled: true, ShowProgress: true, MaxOpenRequests: 20, MaxSubmissionsPerHour: 20, MaxAsks: 3}

func readSettings(it item) (access.Settings, error) {
	var r settingsRecord
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return access.Settings{}, fmt.Errorf("settings: %w", err)
	}
	return access.Settings(r), nil
}
