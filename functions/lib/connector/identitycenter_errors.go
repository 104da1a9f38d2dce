package connector

import (
	"context"
	"errors"
	"time"

	store "github.com/aws/aws-sdk-go-v2/service/identitystore/types"
	"github.com/aws/smithy-go"

	"latchkey/functions/lib/app"
)

const unknownUser = "unknown_user"

// missing tells what an answer of the Identity Store says is not there; "" if it
// says no such thing.
func missing(err error) store.ResourceType {
	var gone *store.ResourceNotFoundException
	if !errors.As(err, &gone) {
		return ""
	}
	return gone.ResourceType
}

// sorted turns an error of the SDK into a connector's: what passes, and what is
// final. The SDK has tried again by then. ssoadmin and identitystore speak of the
// same errors by the same names.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/CommonErrors.html
func sorted(err error) error {
	if err == nil {
		return nil
	}
	var answer smithy.APIError
	if !errors.As(err, &answer) {
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			return &app.Unavailable{Code: "timeout"}
		}
		return &app.Unavailable{Code: "no_answer"}
	}
	switch answer.ErrorCode() {
	case "ThrottlingException", "Throttling", "TooManyRequestsException":
		return &app.Unavailable{Code: "throttled", After: askedToWait(err)}
	case "ConflictException":
		return &app.Unavailable{Code: "conflict"}
	case "InternalServerException":
		return &app.Unavailable{Code: "internal_error", After: askedToWait(err)}
	case "AccessDeniedException":
		return &app.Refusal{Code: "access_denied"}
	case "ServiceQuotaExceededException":
		return &app.Refusal{Code: "quota_exceeded"}
	case "ValidationException":
		return &app.Refusal{Code: "invalid_target"}
	case "ResourceNotFoundException":
		switch missing(err) {
		case store.ResourceTypeUser:
			return &app.Refusal{Code: unknownUser}
		case store.ResourceTypeGroup:
			return &app.Refusal{Code: "unknown_group"}
		}
		return &app.Refusal{Code: "target_not_found"}
	}
	return &app.Unavailable{Code: "unexpected_answer"}
}

// askedToWait gives the seconds that the Identity Store asks for.
func askedToWait(err error) time.Duration {
	var (
		throttled *store.ThrottlingException
		internal  *store.InternalServerException
	)
	seconds := int32(0)
	switch {
	case errors.As(err, &throttled):
		seconds = throttled.RetryAfterSeconds
	case errors.As(err, &internal):
		seconds = internal.RetryAfterSeconds
	}
	return min(max(time.Duration(seconds)*time.Second, 0), maxRetryAfter)
}
