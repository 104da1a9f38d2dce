package httpapi

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/shape"
)

// MaxBody is the largest body that a call may have, in bytes.
const MaxBody = 64 << 10

// Decode reads the body of a call into the type that the contract names for it.
// The route that was matched says which shape the body must have, so a body
// that passes is one that the contract allows: nothing required is missing,
// nothing is there twice, in the wrong case, or unknown. The *access.Error
// points at every finding.
func Decode[T any](r *http.Request) (T, error) {
	var into T
	operation := contract.OperationOf(r.Pattern)
	if operation == nil || operation.Body == nil {
		panic("httpapi: no body in the contract of " + r.Pattern)
	}
	body, err := readBody(r)
	if err != nil {
		return into, err
	}
	if err := requireJSON(r.Header.Get("Content-Type")); err != nil {
		return into, err
	}
	var tree any
	if err := json.Unmarshal(body, &tree); err != nil {
		return into, malformed(err)
	}
	if findings := operation.Body.Check(tree); len(findings) > 0 {
		return into, invalid(findings)
	}
	if err := json.Unmarshal(body, &into, json.RejectUnknownMembers(true)); err != nil {
		return into, mistyped(err)
	}
	return into, nil
}

// NoBody refuses a body where the contract has none.
func NoBody(r *http.Request) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(body)) > 0 {
		return access.Refuse(CodeMalformedBody, "This call has no body.")
	}
	return nil
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case err != nil:
		return nil, access.Refuse(CodeMalformedBody, "The body could not be read.")
	case len(body) > MaxBody:
		return nil, access.Refuse(CodeBodyTooLarge, "A body has at most %d bytes.", MaxBody)
	}
	return body, nil
}

func requireJSON(contentType string) error {
	media, params, err := mime.ParseMediaType(contentType)
	charset, given := params["charset"]
	if err != nil || media != "application/json" || given && !strings.EqualFold(charset, "utf-8") {
		return access.Refuse(CodeUnsupportedMediaType, "A body is application/json, in UTF-8.")
	}
	return nil
}

// malformed says why a body is not JSON as RFC 8259 and RFC 7493 have it.
func malformed(err error) error {
	e := access.Refuse(CodeMalformedBody, "The body is not well-formed JSON.")
	var syntactic *jsontext.SyntacticError
	if errors.Is(err, jsontext.ErrDuplicateName) && errors.As(err, &syntactic) {
		e.Message = "The body has a member twice."
		e.Fields = []access.FieldError{{
			Pointer: string(syntactic.JSONPointer), Code: shape.CodeRepeated, Message: "This is there twice.",
		}}
	}
	return e
}

func invalid(findings []shape.Finding) error {
	e := access.Refuse(access.CodeInvalid, "The body is not as the contract wants it.")
	for _, f := range findings {
		e.Fields = append(e.Fields, access.FieldError{Pointer: f.Pointer, Code: f.Code, Message: f.Detail})
	}
	return e
}

// mistyped is for what JSON Schema allows and Go's types do not, such as 1.0
// for an integer.
func mistyped(err error) error {
	finding := shape.Finding{Code: shape.CodeType, Detail: "This is not written as it should be."}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		finding.Pointer = string(semantic.JSONPointer)
	}
	return invalid([]shape.Finding{finding})
}
