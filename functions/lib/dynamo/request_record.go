package dynamo

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// requestRecord is the snapshot of a request. It is written with every command,
// so that what is empty is left out: a simple one fits into one write unit.
type requestRecord struct {
	// The keys of the indexes. Status, and due of each connector, are spread over app.Shards.
	RequestID   string `dynamodbav:"request_id"`
	Requester   string `dynamodbav:"requester"`
	Resource    string `dynamodbav:"resource"`
	Flow        string `dynamodbav:"flow"`
	StatusShard string `dynamodbav:"status_shard"`
	DueShard    string `dynamodbav:"due_shard,omitempty"`
	Due         string `dynamodbav:"due,omitempty"` // see dueKey

	Version     int                  `dynamodbav:"version"`
	Hash        string               `dynamodbav:"hash"`
	Status      string               `dynamodbav:"status"`
	SubmittedBy string               `dynamodbav:"submitted_by,omitempty"` // unless the requester
	Owner       string               `dynamodbav:"owner,omitempty"`
	Kind        string               `dynamodbav:"kind,omitempty"`
	Connector   string               `dynamodbav:"connector,omitempty"`
	Target      string               `dynamodbav:"target,omitempty"`
	FlowVersion int                  `dynamodbav:"flow_version"`
	Reason      string               `dynamodbav:"reason,omitempty"`
	Answers     map[string]string    `dynamodbav:"answers,omitempty"`
	Asked       string               `dynamodbav:"asked,omitempty"`
	Given       string               `dynamodbav:"given,omitempty"` // unless as asked
	Steps       []stepRecord         `dynamodbav:"steps,omitempty"`
	SubmittedAt string               `dynamodbav:"submitted_at,omitempty"`
	DecidedAt   string               `dynamodbav:"decided_at,omitempty"`
	DecidedBy   string               `dynamodbav:"decided_by,omitempty"`
	StartedAt   string               `dynamodbav:"started_at,omitempty"`
	EndsAt      string               `dynamodbav:"ends_at,omitempty"`
	EndingAt    string               `dynamodbav:"ending_at,omitempty"`
	EndedAt     string               `dynamodbav:"ended_at,omitempty"`
	OpenUntil   string               `dynamodbav:"open_until,omitempty"` // access.Request.ExpiresAt; expires_at is the table's TTL
	GrantBy     string               `dynamodbav:"grant_by,omitempty"`
	DueAt       string               `dynamodbav:"due_at,omitempty"` // unless the same as due
	Foreign     bool                 `dynamodbav:"foreign,omitempty"`
	Drift       string               `dynamodbav:"drift,omitempty"`
	EndReason   string               `dynamodbav:"end_reason,omitempty"`
	Failure     string               `dynamodbav:"failure,omitempty"`
	Attempts    int                  `dynamodbav:"attempts,omitempty"`
	RetryAt     string               `dynamodbav:"retry_at,omitempty"`
	Confirmed   []confirmationRecord `dynamodbav:"confirmed,omitempty"`
	Question    string               `dynamodbav:"question,omitempty"`
	AskedAt     string               `dynamodbav:"asked_at,omitempty"`
	Remark      string               `dynamodbav:"remark,omitempty"`
	StartsAt    string               `dynamodbav:"starts_at,omitempty"`
	Resubmits   string               `dynamodbav:"resubmits,omitempty"`
	Bundle      string               `dynamodbav:"bundle,omitempty"`
	Extension   extensionRecord      `dynamodbav:"extension,omitempty"`
	Extensions  int                  `dynamodbav:"extensions,omitempty"`
	Extended    *extensionDecision   `dynamodbav:"last_extension,omitempty"`
	Run         int                  `dynamodbav:"run,omitempty"`
	Machine     string               `dynamodbav:"machine,omitempty"`
}

type extensionRecord struct {
	Asked      string   `dynamodbav:"asked,omitempty"`
	Reason     string   `dynamodbav:"reason,omitempty"`
	AskedAt    string   `dynamodbav:"asked_at,omitempty"`
	Principals []string `dynamodbav:"principals,omitempty"`
}

type extensionDecision struct {
	AskedAt string `dynamodbav:"asked_at"`
	By      string `dynamodbav:"by"`
	Verdict string `dynamodbav:"verdict"`
}

type confirmationRecord struct {
	By     string `dynamodbav:"by"`
	Reason string `dynamodbav:"reason,omitempty"`
	At     string `dynamodbav:"at"`
}

type stepRecord struct {
	Status     string           `dynamodbav:"status"`
	Principals []string         `dynamodbav:"principals,omitempty"`
	Decisions  []decisionRecord `dynamodbav:"decisions,omitempty"`
	RemindAt   string           `dynamodbav:"remind_at,omitempty"`
	EscalateAt string           `dynamodbav:"escalate_at,omitempty"`
	Escalated  bool             `dynamodbav:"escalated,omitempty"`
	SkipAt     string           `dynamodbav:"skip_at,omitempty"`
}

type decisionRecord struct {
	By         string `dynamodbav:"by"`
	OnBehalfOf string `dynamodbav:"on_behalf_of,omitempty"`
	Verdict    string `dynamodbav:"verdict"`
	Reason     string `dynamodbav:"reason,omitempty"`
	Via        string `dynamodbav:"via,omitempty"`
	At         string `dynamodbav:"at"`
}

// statusKey names the part of the index by status that a request stands in. The
// statuses that a request passes through within seconds, on its way to its
// access and from it, share a part with Active: passing costs no index writes,
// and a list thins the others out. Stuck, where a request lingers, has its own.
func statusKey(s access.Status) access.Status {
	switch s {
	case access.Approved, access.Granting, access.Ending:
		return access.Active
	}
	return s
}

// dueKey is where a request stands in the index by due: never later than its
// due, and a moment that does not change while it passes through granting or
// ending, so that passing costs no index writes.
func dueKey(r access.Request) time.Time {
	steady := r.Due
	switch r.Status {
	case access.Approved, access.Granting:
		if !r.StartsAt.After(r.DecidedAt) {
			steady = r.DecidedAt
		}
	case access.Active:
		steady = r.EndsAt
	case access.Ending:
		if r.Attempts == 0 {
			steady = r.EndsAt
		}
	}
	if steady.IsZero() || steady.After(r.Due) {
		return r.Due
	}
	return steady
}

// shardOf spreads what is called id over the parts of an index.
func shardOf[T ~string](id T) string {
	h := fnv.New32a()
	h.Write([]byte(id))
	return strconv.Itoa(int(h.Sum32() % app.Shards))
}

func statusShard(s access.Status, shard string) string { return string(statusKey(s)) + "#" + shard }

// dueShard keeps the connectors apart, so that what piled up at one of them is not
// in the way of the others.
func dueShard(connector, shard string) string { return connector + "#" + shard }

func requestRow(r access.Request, hash string) (item, error) {
	rec := requestRecord{
		RequestID: string(r.ID), Requester: string(r.Requester), Resource: string(r.Resource), Flow: string(r.Flow),
		StatusShard: statusShard(r.Status, shardOf(r.ID)), Version: r.Version, Hash: hash, Status: string(r.Status),
		Owner: string(r.Owner), Kind: string(r.Kind), Connector: r.Target.Connector, Target: r.Target.ID,
		FlowVersion: r.FlowVersion, Reason: r.Reason, Answers: r.Answers, Asked: r.Asked.String(),
		SubmittedAt: stamp(r.SubmittedAt), DecidedAt: stamp(r.DecidedAt), DecidedBy: string(r.DecidedBy),
		StartedAt: stamp(r.StartedAt), EndsAt: stamp(r.EndsAt), EndingAt: stamp(r.EndingAt), EndedAt: stamp(r.EndedAt),
		OpenUntil: stamp(r.ExpiresAt), GrantBy: stamp(r.GrantBy), Foreign: r.Foreign, Drift: string(r.Drift), EndReason: string(r.EndReason),
		Failure: r.Failure, Attempts: r.Attempts, RetryAt: stamp(r.RetryAt), Question: r.Question, AskedAt: stamp(r.AskedAt), Remark: r.Remark,
		StartsAt: stamp(r.StartsAt), Resubmits: string(r.Resubmits), Bundle: r.Bundle, Extensions: r.Extensions,
		Extension: extensionRecord{r.Extension.Asked.String(), r.Extension.Reason, stamp(r.Extension.AskedAt), texts(r.Extension.Principals)},
		Run:       r.Run.Number, Machine: string(r.Run.Machine),
	}
	if last := r.LastExtension; last.By != "" {
		rec.Extended = &extensionDecision{stamp(last.AskedAt), string(last.By), string(last.Verdict)}
	}
	if r.SubmittedBy != r.Requester {
		rec.SubmittedBy = string(r.SubmittedBy)
	}
	if r.Given != r.Asked {
		rec.Given = r.Given.String()
	}
	if !r.Due.IsZero() {
		rec.Due, rec.DueShard = stamp(dueKey(r)), dueShard(r.Target.Connector, shardOf(r.ID))
		if exact := stamp(r.Due); exact != rec.Due {
			rec.DueAt = exact
		}
	}
	for _, c := range r.Confirmations {
		rec.Confirmed = append(rec.Confirmed, confirmationRecord{string(c.By), c.Reason, stamp(c.At)})
	}
	for _, s := range r.Steps {
		step := stepRecord{Status: string(s.Status), Principals: texts(s.Principals),
			RemindAt: stamp(s.RemindAt), EscalateAt: stamp(s.EscalateAt), Escalated: s.Escalated, SkipAt: stamp(s.SkipAt)}
		for _, d := range s.Decisions {
			step.Decisions = append(step.Decisions, decisionRecord{string(d.By), string(d.OnBehalfOf),
				string(d.Verdict), d.Reason, string(d.Via), stamp(d.At)})
		}
		rec.Steps = append(rec.Steps, step)
	}
	return row(requestKey(r.ID), snapshotKey, rec)
}

func readRequest(it item) (app.Stored, error) {
	var rec requestRecord
	if err := attributevalue.UnmarshalMap(it, &rec); err != nil {
		return app.Stored{}, fmt.Errorf("snapshot: %w", err)
	}
	var p parser
	r := access.Request{
		ID: access.RequestID(rec.RequestID), Version: rec.Version, Status: access.Status(rec.Status),
		Requester: access.PersonID(rec.Requester), SubmittedBy: access.PersonID(rec.SubmittedBy),
		Resource: access.ResourceID(rec.Resource), Owner: access.PersonID(rec.Owner), Kind: access.Kind(rec.Kind),
		Target: access.Target{Connector: rec.Connector, ID: rec.Target},
		Flow:   access.FlowID(rec.Flow), FlowVersion: rec.FlowVersion,
		Reason: rec.Reason, Answers: rec.Answers, Asked: p.duration(rec.Asked), Given: p.duration(rec.Given),
		SubmittedAt: p.time(rec.SubmittedAt), DecidedAt: p.time(rec.DecidedAt), DecidedBy: access.PersonID(rec.DecidedBy),
		StartedAt: p.time(rec.StartedAt), EndsAt: p.time(rec.EndsAt), EndingAt: p.time(rec.EndingAt), EndedAt: p.time(rec.EndedAt),
		ExpiresAt: p.time(rec.OpenUntil), GrantBy: p.time(rec.GrantBy), Due: p.time(rec.Due),
		Foreign: rec.Foreign, Drift: access.Drift(rec.Drift), EndReason: access.EndReason(rec.EndReason), Failure: rec.Failure, Attempts: rec.Attempts, RetryAt: p.time(rec.RetryAt), Question: rec.Question, Remark: rec.Remark,
		AskedAt: p.time(rec.AskedAt), StartsAt: p.time(rec.StartsAt), Resubmits: access.RequestID(rec.Resubmits), Bundle: rec.Bundle,
		Extensions: rec.Extensions, Extension: access.Extension{Asked: p.duration(rec.Extension.Asked), Reason: rec.Extension.Reason,
			AskedAt: p.time(rec.Extension.AskedAt), Principals: idsOf[access.Principal](rec.Extension.Principals)},
		Run: access.Run{Number: rec.Run, Machine: access.Machine(rec.Machine)},
	}
	if rec.SubmittedBy == "" {
		r.SubmittedBy = r.Requester
	}
	if rec.Given == "" {
		r.Given = r.Asked
	}
	if rec.DueAt != "" {
		r.Due = p.time(rec.DueAt)
	}
	if last := rec.Extended; last != nil {
		r.LastExtension = access.ExtensionDecision{AskedAt: p.time(last.AskedAt), By: access.PersonID(last.By), Verdict: access.Verdict(last.Verdict)}
	}
	for _, c := range rec.Confirmed {
		r.Confirmations = append(r.Confirmations, access.Confirmation{By: access.PersonID(c.By), Reason: c.Reason, At: p.time(c.At)})
	}
	for _, s := range rec.Steps {
		step := access.StepState{Status: access.StepStatus(s.Status), Principals: idsOf[access.Principal](s.Principals),
			RemindAt: p.time(s.RemindAt), EscalateAt: p.time(s.EscalateAt), Escalated: s.Escalated, SkipAt: p.time(s.SkipAt)}
		for _, d := range s.Decisions {
			step.Decisions = append(step.Decisions, access.Decision{By: access.PersonID(d.By),
				OnBehalfOf: access.PersonID(d.OnBehalfOf), Verdict: access.Verdict(d.Verdict), Reason: d.Reason,
				Via: access.Via(d.Via), At: p.time(d.At)})
		}
		r.Steps = append(r.Steps, step)
	}
	if p.err != nil {
		return app.Stored{}, fmt.Errorf("snapshot of %s: %w", r.ID, p.err)
	}
	return app.Stored{Request: r, Hash: rec.Hash}, nil
}

// texts and idsOf turn lists of identifiers into lists of strings and back.
func texts[T ~string](ids []T) []string {
	var out []string
	for _, id := range ids {
		out = append(out, string(id))
	}
	return out
}

func idsOf[T ~string](list []string) []T {
	var out []T
	for _, s := range list {
		out = append(out, T(s))
	}
	return out
}
