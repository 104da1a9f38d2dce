package e2e

import (
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	dynamotypes "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"

	"latchkey/functions/lib/httpapi/contract"
)

// What an administrator of the account sees and does.

func (s *stage) steps() *sfn.Client { return sfn.NewFromConfig(s.config()) }

// execution is a run as the console shows it.
type execution struct {
	Status       types.ExecutionStatus
	Error, Cause string
	State        string   // the one entered last
	Entered      []string // all of them, in order
	Transitions  int
}

// execution looks at a run of a state machine; there need not be one. A
// transition is a state entered, or an attempt of a task after its first: both
// are what Step Functions bills.
func (s *stage) execution(machine, name string) execution {
	s.Helper()
	arn := executionARN(machine, name)
	found, err := s.steps().DescribeExecution(s.Context(), &sfn.DescribeExecutionInput{ExecutionArn: &arn})
	if _, none := errors.AsType[*types.ExecutionDoesNotExist](err); none {
		return execution{}
	}
	if err != nil {
		s.Fatalf("execution %s: %v", name, err)
	}
	x := execution{Status: found.Status, Error: aws.ToString(found.Error), Cause: aws.ToString(found.Cause)}
	attempts, tasks := 0, 0
	pages := sfn.NewGetExecutionHistoryPaginator(s.steps(), &sfn.GetExecutionHistoryInput{ExecutionArn: &arn})
	for pages.HasMorePages() {
		page, err := pages.NextPage(s.Context())
		if err != nil {
			s.Fatalf("history of %s: %v", name, err)
		}
		for _, e := range page.Events {
			if e.StateEnteredEventDetails != nil {
				x.State = aws.ToString(e.StateEnteredEventDetails.Name)
				x.Entered = append(x.Entered, x.State)
			}
			switch e.Type {
			case types.HistoryEventTypeTaskStateEntered:
				tasks++
			case types.HistoryEventTypeTaskScheduled:
				attempts++
			}
		}
	}
	x.Transitions = len(x.Entered) + max(0, attempts-tasks)
	return x
}

func executionARN(machine, name string) string {
	return strings.Replace(machine, ":stateMachine:", ":execution:", 1) + ":" + name
}

// isIn waits until a run is in a state.
func (s *stage) isIn(machine, name, state string) {
	s.Helper()
	eventually(s.T, name+" is in the state "+state, func() execution { return s.execution(machine, name) },
		func(x execution) bool { return x.Status == types.ExecutionStatusRunning && x.State == state })
}

// ended waits until a run has ended, and gives how.
func (s *stage) ended(machine, name string) execution {
	s.Helper()
	return eventually(s.T, name+" has ended", func() execution { return s.execution(machine, name) },
		func(x execution) bool { return x.Status != "" && x.Status != types.ExecutionStatusRunning })
}

// invoke calls a function by hand, and gives the function's own error, if any.
func (s *stage) invoke(function, payload string) string {
	s.Helper()
	out, err := lambda.NewFromConfig(s.config()).Invoke(s.Context(),
		&lambda.InvokeInput{FunctionName: &function, Payload: []byte(payload)})
	if err != nil {
		s.Fatalf("invoke %s: %v", function, err)
	}
	if out.FunctionError == nil {
		return ""
	}
	return string(out.Payload)
}

// sweptUntil makes the sweeper look again and again, rather than at its turns,
// until a request has this status.
func (s *stage) sweptUntil(r contract.Request, status contract.Status) contract.Request {
	s.Helper()
	type sight struct {
		Status  contract.Status
		Version int
		Failed  string // what the sweeper failed with
	}
	eventually(s.T, r.Id+" is "+string(status), func() sight {
		failed := s.invoke(s.Sweeper, "{}")
		now := s.ana.reads(r.Id)
		return sight{now.Status, now.Version, failed}
	}, func(now sight) bool { return now.Status == status })
	return s.ana.reads(r.Id)
}

// token steals the token with which a request's run waits.
func (s *stage) token(request string) string {
	s.Helper()
	text := func(value string) dynamotypes.AttributeValue { return &dynamotypes.AttributeValueMemberS{Value: value} }
	return eventually(s.T, "the run of "+request+" waits with a token", func() string {
		out, err := dynamodb.NewFromConfig(s.config()).GetItem(s.Context(), &dynamodb.GetItemInput{
			TableName: &s.Tables.Requests, ConsistentRead: aws.Bool(true),
			Key: map[string]dynamotypes.AttributeValue{"pk": text("REQUEST#" + request), "sk": text("TOKEN")}})
		if err != nil {
			s.Fatal(err)
		}
		value, _ := out.Item["value"].(*dynamotypes.AttributeValueMemberS)
		if value == nil {
			return ""
		}
		return value.Value
	}, func(token string) bool { return token != "" })
}
