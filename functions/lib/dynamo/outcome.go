package dynamo

import (
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"

	"latchkey/functions/lib/app"
)

// The codes of a cancelled transaction's reasons that matter here.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const (
	conditionFailed = "ConditionalCheckFailed"
	collided        = "TransactionConflict"
	throttled       = "ThrottlingError"
	overProvisioned = "ProvisionedThroughputExceeded"
)

// busy adds to what the SDK tries again: a transaction that was cancelled only
// because DynamoDB had too much to do, and a single write that met a
// transaction on its way.
func busy(err error) aws.Ternary {
	if single := (*types.TransactionConflictException)(nil); errors.As(err, &single) {
		return aws.TrueTernary
	}
	canceled := (*types.TransactionCanceledException)(nil)
	if !errors.As(err, &canceled) {
		return aws.UnknownTernary
	}
	found := aws.UnknownTernary
	for _, reason := range canceled.CancellationReasons {
		switch aws.ToString(reason.Code) {
		case throttled, overProvisioned:
			found = aws.TrueTernary
		case conditionFailed, collided:
			return aws.FalseTernary
		}
	}
	return found
}

// failed says what an error of a single call means for its caller.
func failed(doing string, err error) error {
	if single := (*types.TransactionConflictException)(nil); errors.As(err, &single) {
		return fmt.Errorf("%s: %w: %w", doing, app.ErrConflict, err)
	}
	if uncertain(err) {
		return fmt.Errorf("%s: %w: %w", doing, app.ErrUnknown, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// uncertain tells whether a call may have been carried out although it failed:
// only DynamoDB's own refusal says that it was not. When it says that it is too
// busy, an attempt before that may still have got through.
func uncertain(err error) bool {
	var refusal smithy.APIError
	if !errors.As(err, &refusal) || refusal.ErrorFault() == smithy.FaultServer {
		return true
	}
	_, overloaded := retry.DefaultThrottleErrorCodes[refusal.ErrorCode()]
	return overloaded
}

func refusedByCondition(err error) (*types.ConditionalCheckFailedException, bool) {
	refusal := (*types.ConditionalCheckFailedException)(nil)
	return refusal, errors.As(err, &refusal)
}
