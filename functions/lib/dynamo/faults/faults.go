// Package faults makes a DynamoDB client meet what DynamoDB Local never does:
// collisions of transactions, too much to do, and answers that get lost.
package faults

import (
	"context"
	"net"
	"os"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

// Fault is what happens to one attempt of a call.
type Fault int

// The faults.
const (
	None        Fault = iota
	Collision         // cancelled: another transaction was on its way
	Throttled         // refused: too much to do
	Overloaded        // cancelled: too much to do for one of the items
	RequestLost       // not carried out, and the caller sees a time-out
	AnswerLost        // carried out, and the caller sees a time-out
)

// Script says what happens to the attempts of an operation, in order. After its
// end nothing happens to them.
type Script struct {
	mu        sync.Mutex
	operation string
	faults    []Fault
	attempts  int
}

// New writes a script for an operation ("TransactWriteItems").
func New(operation string, faults ...Fault) *Script {
	return &Script{operation: operation, faults: slices.Clone(faults)}
}

// Attempts counts how often the operation was tried.
func (s *Script) Attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts
}

func (s *Script) next(operation string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	if operation != s.operation {
		return None
	}
	s.attempts++
	if len(s.faults) == 0 {
		return None
	}
	f := s.faults[0]
	s.faults = s.faults[1:]
	return f
}

// Option is given to a client whose calls are to follow the script. The faults
// happen beneath the SDK's retries.
func (s *Script) Option(o *dynamodb.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Finalize.Insert(middleware.FinalizeMiddlewareFunc("Faults", s.meet), "Retry", middleware.After)
	})
}

func (s *Script) meet(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (out middleware.FinalizeOutput, md middleware.Metadata, err error) {
	switch s.next(awsmiddleware.GetOperationName(ctx)) {
	case Collision:
		return out, md, canceled("TransactionConflict")
	case Throttled:
		return out, md, &types.ProvisionedThroughputExceededException{Message: aws.String("too much")}
	case Overloaded:
		return out, md, canceled("ThrottlingError")
	case RequestLost:
		return out, md, lost()
	case AnswerLost:
		if out, md, err = next.HandleFinalize(ctx, in); err != nil {
			return out, md, err
		}
		return middleware.FinalizeOutput{}, md, lost()
	}
	return next.HandleFinalize(ctx, in)
}

func canceled(code string) error {
	return &types.TransactionCanceledException{Message: aws.String("injected"),
		CancellationReasons: []types.CancellationReason{{Code: aws.String("None")}, {Code: &code}}}
}

func lost() error { return &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded} }
