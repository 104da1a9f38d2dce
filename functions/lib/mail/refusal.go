package mail

import (
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"
	"github.com/aws/smithy-go"

	"latchkey/functions/lib/app"
)

// refusal tells what SES will never take from what may pass. Final are a letter
// or an address that SES rejects (an unverified one included), a sending domain
// that is not set up, and an account that was suspended for good. A paused
// account, a rate, a day's quota, a missing right and a fault of SES or of the
// network may pass: the queue tries again, and then keeps the message.
//
// https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
func refusal(err error) error {
	switch {
	case err == nil:
		return nil
	case is[*types.MessageRejected](err):
		return &app.Refusal{Code: "message_rejected"}
	case is[*types.MailFromDomainNotVerifiedException](err):
		return &app.Refusal{Code: "sender_not_verified"}
	case is[*types.AccountSuspendedException](err):
		return &app.Refusal{Code: "account_suspended"}
	case is[*types.BadRequestException](err):
		return &app.Refusal{Code: "bad_request"}
	}
	return passing{err}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// passing is an error that may pass. What SES said is kept out of its text,
// because SES names addresses.
type passing struct{ err error }

func (e passing) Error() string {
	if api, ok := errors.AsType[smithy.APIError](e.err); ok {
		return "SES did not take the letter: " + api.ErrorCode()
	}
	return "SES did not answer"
}

func (e passing) Unwrap() error { return e.err }
