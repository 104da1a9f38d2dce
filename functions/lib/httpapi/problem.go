package httpapi

import (
	"bytes"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// Codes of the transport itself. Those of the domain are in package access.
const (
	CodeMalformedBody        access.Code = "malformed_body"
	CodeInvalidParameter     access.Code = "invalid_parameter"
	CodeMethodNotAllowed     access.Code = "method_not_allowed"
	CodeBodyTooLarge         access.Code = "body_too_large"
	CodeUnsupportedMediaType access.Code = "unsupported_media_type"
	CodeInternal             access.Code = "internal"
)

// statuses is the one place in which a code becomes an HTTP status. A test
// holds it against the contract's list of codes.
var statuses = map[access.Code]int{
	CodeMalformedBody:               http.StatusBadRequest,
	CodeInvalidParameter:            http.StatusBadRequest,
	access.CodeUnauthenticated:      http.StatusUnauthorized,
	access.CodeForbidden:            http.StatusForbidden,
	access.CodeNotRegistered:        http.StatusForbidden,
	access.CodeSuspended:            http.StatusForbidden,
	access.CodeNotApprover:          http.StatusForbidden,
	access.CodeSelfApproval:         http.StatusForbidden,
	access.CodeChannelExcluded:      http.StatusForbidden,
	access.CodeRequestsDisabled:     http.StatusForbidden,
	access.CodeWrongWorkspace:       http.StatusForbidden,
	access.CodeEmailMismatch:        http.StatusForbidden,
	access.CodeGuest:                http.StatusForbidden,
	access.CodeSlackUserRefused:     http.StatusForbidden,
	access.CodeNotFound:             http.StatusNotFound,
	access.CodeSlackNotSetUp:        http.StatusNotFound,
	CodeMethodNotAllowed:            http.StatusMethodNotAllowed,
	access.CodeAlreadyDecided:       http.StatusConflict,
	access.CodeStepClosed:           http.StatusConflict,
	access.CodeStaleVersion:         http.StatusConflict,
	access.CodeNotAllowed:           http.StatusConflict,
	access.CodeDuplicateOpenRequest: http.StatusConflict,
	access.CodeInUse:                http.StatusConflict,
	access.CodeLastAdmin:            http.StatusConflict,
	access.CodeManagedGroup:         http.StatusConflict,
	access.CodeEmailTaken:           http.StatusConflict,
	access.CodeLinkExpired:          http.StatusConflict,
	access.CodeSlackUserTaken:       http.StatusConflict,
	access.CodeVersionMismatch:      http.StatusPreconditionFailed,
	access.CodeAlreadyExists:        http.StatusPreconditionFailed,
	CodeBodyTooLarge:                http.StatusRequestEntityTooLarge,
	CodeUnsupportedMediaType:        http.StatusUnsupportedMediaType,
	access.CodeInvalid:              http.StatusUnprocessableEntity,
	access.CodeInvalidFlow:          http.StatusUnprocessableEntity,
	access.CodeIdempotencyReused:    http.StatusUnprocessableEntity,
	access.CodeVersionRequired:      http.StatusPreconditionRequired,
	access.CodeTooManyRequests:      http.StatusTooManyRequests,
	CodeInternal:                    http.StatusInternalServerError,
	access.CodeBusy:                 http.StatusServiceUnavailable,
	access.CodeSlackUnavailable:     http.StatusServiceUnavailable,
}

// WriteError answers with the problem that err stands for. An error that is no
// *access.Error is logged, and the caller learns nothing of it but that it
// happened.
func WriteError(w http.ResponseWriter, r *http.Request, err error) {
	e := refusal(r, err)
	Annotate(r.Context(), slog.String("code", string(e.Code)))
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
	problem := problemOf(e)
	var body bytes.Buffer
	if err := json.MarshalWrite(&body, problem); err != nil {
		body.Reset() // the status still says what happened
	}
	write(w, problem.Status, "application/problem+json", body.Bytes())
}

// refusal gives the error that the caller gets.
func refusal(r *http.Request, err error) *access.Error {
	var e *access.Error
	switch {
	case errors.Is(err, app.ErrTooLarge):
		return access.Refuse(access.CodeInvalid, "This changes too much at once. Do it in several steps.")
	case !errors.As(err, &e) || statuses[e.Code] == 0:
		Annotate(r.Context(), slog.String("error", err.Error()))
		return access.Refuse(CodeInternal, "Something went wrong here. It was recorded; please try again.")
	}
	// What is invalid in a call without a body is a parameter.
	if o := contract.OperationOf(r.Pattern); o != nil && o.Body == nil && e.Code == access.CodeInvalid {
		of := *e
		of.Code, of.Fields = CodeInvalidParameter, slices.Clone(e.Fields)
		for i := range of.Fields {
			of.Fields[i].Pointer = strings.TrimPrefix(of.Fields[i].Pointer, "/")
		}
		return &of
	}
	return e
}

func problemOf(e *access.Error) contract.Problem {
	status := statuses[e.Code]
	p := contract.Problem{
		Type:      "about:blank",
		Title:     http.StatusText(status),
		Status:    status,
		Code:      contract.ProblemCode(e.Code),
		Detail:    e.Message,
		RequestId: string(e.Request),
	}
	p.Errors = showFindings(e.Fields)
	if d := e.Decided; d != nil {
		p.Decided = contract.Decided{Outcome: contract.Status(d.Outcome), By: string(d.By), At: d.At.UTC().Truncate(time.Millisecond)}
	}
	return p
}

// showFindings shows what was found, each at its pointer or parameter.
func showFindings(found []access.FieldError) []contract.FieldError {
	var out []contract.FieldError
	for _, f := range found {
		finding := contract.FieldError{Code: f.Code, Detail: f.Message, Pointer: f.Pointer}
		if isParameter(f.Pointer) {
			finding.Pointer, finding.Parameter = "", f.Pointer
		}
		out = append(out, finding)
	}
	return out
}

// isParameter tells the name of a parameter from a JSON pointer, which is empty
// or begins with a slash.
func isParameter(pointer string) bool { return pointer != "" && !strings.HasPrefix(pointer, "/") }

// InvalidParameter is the error for a parameter of the query, the headers or
// the path that is not as the contract wants it.
func InvalidParameter(name, code, detail string) *access.Error {
	return &access.Error{
		Code:    CodeInvalidParameter,
		Message: "A parameter of this call is not as the contract wants it.",
		Fields:  []access.FieldError{{Pointer: name, Code: code, Message: detail}},
	}
}
