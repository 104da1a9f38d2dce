package access

import (
	"errors"
	"fmt"
	"time"
)

// Code names an outcome that a caller can act on. Codes are stable: they are
// part of the HTTP contract and of what Slack and email say.
type Code string

// The codes, each with the moment in which it is the answer.
const (
	CodeNotFound             Code = "not_found"              // it does not exist, or the caller may not see that it does
	CodeForbidden            Code = "forbidden"              // the caller's role does not allow this
	CodeNotApprover          Code = "not_approver"           // the caller may not decide this request
	CodeSelfApproval         Code = "self_approval"          // nobody decides their own request, by any route
	CodeAlreadyDecided       Code = "already_decided"        // someone was first; Error.Decided says who
	CodeStepClosed           Code = "step_closed"            // the request takes no decision at the moment
	CodeStaleVersion         Code = "stale_version"          // the version that the caller saw is no longer the current one
	CodeNotAllowed           Code = "not_allowed"            // the request's status does not permit this move
	CodeChannelExcluded      Code = "channel_excluded"       // the flow takes no decision from where this one came
	CodeDuplicateOpenRequest Code = "duplicate_open_request" // one open request for each person and resource
	CodeInvalid              Code = "invalid"                // the input breaks a rule; Error.Fields says which
	CodeInvalidFlow          Code = "invalid_flow"           // the flow can never work as written
	CodeInUse                Code = "in_use"                 // something still refers to what was to be deleted
	CodeLastAdmin            Code = "last_admin"             // the last admin cannot be removed
	CodeManagedGroup         Code = "managed_group"          // a connector owns this group's members
	CodeEmailTaken           Code = "email_taken"            // another person has this email
	CodeVersionMismatch      Code = "version_mismatch"       // If-Match names another version
	CodeVersionRequired      Code = "version_required"       // an update must name the version it changes
	CodeAlreadyExists        Code = "already_exists"         // If-None-Match: * and it is there
	CodeIdempotencyReused    Code = "idempotency_key_reused" // the same key with another body
	CodeTooManyRequests      Code = "too_many_requests"      // a limit against abuse; Error.RetryAfter says when
	CodeRequestsDisabled     Code = "requests_disabled"      // the settings switch requests off
	CodeUnauthenticated      Code = "unauthenticated"        // the token is not one that this API takes
	CodeNotRegistered        Code = "not_registered"         // signed in, but nobody of this directory
	CodeSuspended            Code = "suspended"              // the person is not active
	CodeBusy                 Code = "busy"                   // too many changes at once; try again

	CodeSlackNotSetUp    Code = "slack_not_set_up"   // no admin has set Slack up
	CodeNotLinked        Code = "not_linked"         // the Slack user is connected to nobody
	CodeLinkExpired      Code = "link_expired"       // the sign-in with Slack is not the caller's, was used, or took too long
	CodeWrongWorkspace   Code = "wrong_workspace"    // another workspace than the company's
	CodeEmailMismatch    Code = "email_mismatch"     // the Slack user's email is not verified, or not the person's
	CodeGuest            Code = "guest"              // a guest of the workspace
	CodeSlackUserRefused Code = "slack_user_refused" // a bot, or deactivated
	CodeSlackUserTaken   Code = "slack_user_taken"   // the Slack user is connected to another person
	CodeSlackUnavailable Code = "slack_unavailable"  // Slack does not answer; try again
)

// FieldError is one finding about one part of an input. Pointer is an RFC 6901
// JSON pointer into it ("/duration").
type FieldError struct {
	Pointer string
	Code    string
	Message string
}

// Decided tells a latecomer what was decided. By is empty where the caller may
// not know.
type Decided struct {
	Outcome Status
	By      PersonID
	At      time.Time
}

// Error is the one error type of the domain and its use cases. Message is a
// sentence for the person who reads it; it holds no internals and no secrets.
type Error struct {
	Code       Code
	Message    string
	Fields     []FieldError
	Request    RequestID     // duplicate_open_request: the open one
	Decided    *Decided      // already_decided
	RetryAfter time.Duration // too_many_requests, busy
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Code, e.Message) }

// Refuse makes an Error.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// DuplicateOpen refuses a second open request for the same thing.
func DuplicateOpen(open RequestID) *Error {
	e := Refuse(CodeDuplicateOpenRequest, "There is an open request for this resource already.")
	e.Request = open
	return e
}

// InvalidField makes a CodeInvalid error about one field.
func InvalidField(pointer, code, message string) *Error {
	return &Error{Code: CodeInvalid, Message: message, Fields: []FieldError{{pointer, code, message}}}
}

// CodeOf returns the code of a domain error anywhere in err's chain, or "".
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
