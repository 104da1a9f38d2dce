// Package policy decides requests by the Cedar policies of their flow. It
// implements app.Policies and may import access, app and cedar-go.
//
// What a policy may look at is the schema Policy of the API's contract. It can
// only say yes where everything that could say no was understood:
//
//   - A satisfied forbid of any of a flow's policies denies, else a satisfied
//     permit approves, else people decide. That is Cedar's own order
//     (https://docs.cedarpolicy.com/auth/authorization.html#request-authorization),
//     but for its last step: where nothing permits, Cedar denies.
//   - A text that is not Cedar and a policy whose evaluation fails decide
//     nothing, and while a flow has one of them nothing is approved: what it
//     would have forbidden is not known. One that asks for the groups or the
//     attributes of anyone but the requester fails: the question has them not.
package policy

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/cedar-policy/cedar-go"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
)

// Cedar evaluates policies, each time from their text: three of them take about a
// tenth of a millisecond. It is safe for concurrent use.
type Cedar struct{}

var _ app.Policies = Cedar{}

// New gives an evaluator.
func New() Cedar { return Cedar{} }

// Check says where and why a text is not Cedar, in a sentence for whoever wrote
// it, or "".
func (Cedar) Check(source string) string {
	_, problem := parse(source)
	return problem
}

// Evaluate gives the verdict of a flow's policies, and the ids of those that
// could not be parsed or evaluated.
func (Cedar) Evaluate(policies []access.Policy, q app.PolicyQuestion) (verdict access.PolicyVerdict, failed []string) {
	request, entities := ask(q)
	var approve, deny access.PolicyVerdict
	for _, p := range policies {
		says := evaluate(p.Source, request, entities)
		if says.forbid && deny.Verdict == "" {
			deny = access.PolicyVerdict{Verdict: access.Deny, Policy: p.ID}
		}
		if says.permit && approve.Verdict == "" {
			approve = access.PolicyVerdict{Verdict: access.Approve, Policy: p.ID}
		}
		if says.failed {
			failed = append(failed, p.ID)
		}
	}
	switch {
	case deny.Verdict != "":
		return deny, failed
	case len(failed) == 0:
		return approve, nil
	}
	return access.PolicyVerdict{}, failed
}

// opinion is what the Cedar policies of one text come to: whether one that holds
// permits or forbids, and whether one failed.
type opinion struct{ permit, forbid, failed bool }

func evaluate(source string, request cedar.Request, entities cedar.EntityMap) opinion {
	policies, problem := parse(source)
	if problem != "" {
		return opinion{failed: true}
	}
	var out opinion
	for id, p := range policies.All() {
		asked := &known{entities: entities}
		decision, why := cedar.Authorize(cedar.PolicyMap{id: p}, asked, request)
		switch {
		case len(why.Errors) > 0 || asked.stranger:
			out.failed = true
		case decision == cedar.Allow:
			out.permit = true
		case len(why.Reasons) > 0:
			out.forbid = true
		}
	}
	return out
}

// parse reads a text or says what is wrong with it. Two kinds of texts are not
// tried. Longer ones than flows may have: the parser's stack grows with what it
// reads. And "has" with a path: cedar-go copies what stands before it for each
// attribute of the path, which takes for ever where such conditions are nested.
// Nothing that policies may look at needs one.
func parse(source string) (policies *cedar.PolicySet, problem string) {
	if len(source) > access.MaxPolicy {
		return nil, fmt.Sprintf("The text has more than %d bytes.", access.MaxPolicy)
	}
	if path := hasPath.FindStringIndex(bare(source)); path != nil {
		return nil, sentence(source[:path[0]], "after “has” there is one attribute, as in “context.answers has ticket”")
	}
	policies, err := cedar.NewPolicySetFromBytes("", []byte(source))
	if err != nil {
		return nil, explain(source)
	}
	for range policies.All() {
		return policies, ""
	}
	return nil, "There is no policy in this text."
}

var (
	hasPath = regexp.MustCompile(`\bhas\s+\w+\s*\.`)
	noCode  = regexp.MustCompile(`(?s)"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/`)
)

// bare blanks out a text's comments and strings: of strings, quotes are left.
// Offsets stay what they are.
func bare(text string) string {
	return noCode.ReplaceAllStringFunc(text, func(s string) string {
		if s[0] == '"' {
			return strings.Repeat(`"`, len(s))
		}
		return strings.Repeat(" ", len(s))
	})
}
