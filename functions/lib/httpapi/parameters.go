package httpapi

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/shape"
)

// DefaultLimit is the size of a page unless the caller says otherwise.
const DefaultLimit = 25

// Limit gives the size of a page from the parameter, which is 0 if it was not
// sent.
func Limit(parameter contract.Limit) int {
	if parameter == 0 {
		return DefaultLimit
	}
	return parameter
}

// checkParameters lets only calls through whose parameters are as the contract
// wants them: nothing unknown, nothing twice, each of its shape. What cannot be
// an id names nothing, so in a path it is not found; where something could be
// created under it, the caller is told.
func checkParameters(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		operation := contract.OperationOf(r.Pattern)
		if operation == nil {
			panic("httpapi: the contract does not have " + r.Pattern)
		}
		if err := parameterError(operation, r); err != nil {
			WriteError(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func parameterError(operation *contract.Operation, r *http.Request) error {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return access.Refuse(CodeInvalidParameter, "The query cannot be read.")
	}
	e := access.Refuse(CodeInvalidParameter, "A parameter of this call is not as the contract wants it.")
	add := func(name, code, detail string) {
		e.Fields = append(e.Fields, access.FieldError{Pointer: name, Code: code, Message: detail})
	}
	known := map[string]bool{}
	for _, p := range operation.Parameters {
		var values []string
		switch p.In {
		case "path":
			values = []string{r.PathValue(p.Name)}
		case "query":
			known[p.Name] = true
			values = query[p.Name]
		case "header":
			values = r.Header.Values(p.Name)
		}
		switch {
		case len(values) > 1:
			add(p.Name, shape.CodeRepeated, "This is there twice.")
		case len(values) == 0 && p.Required:
			add(p.Name, shape.CodeRequired, "This is required.")
		case len(values) == 1:
			for _, finding := range p.Shape.CheckText(values[0]) {
				if p.In == "path" && r.Method != http.MethodPut {
					return access.Refuse(access.CodeNotFound, "There is no such thing.")
				}
				add(p.Name, finding.Code, finding.Detail)
			}
		}
	}
	for _, name := range sortedKeys(query) {
		if !known[name] {
			add(parameterName(name), shape.CodeUnknown, "There is no such parameter.")
		}
	}
	if len(e.Fields) > 0 {
		return e
	}
	return nil
}

// parameterName keeps the name of an unknown parameter from being taken for a
// pointer into the body.
func parameterName(name string) string {
	if !isParameter(name) {
		return "?" + name
	}
	return name
}

func sortedKeys(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// bindingError answers when the generated server could not read a parameter.
func bindingError(w http.ResponseWriter, r *http.Request, err error) {
	name, code := "", shape.CodeType
	var (
		format   *contract.InvalidParamFormatError
		values   *contract.TooManyValuesForParamError
		required *contract.RequiredParamError
		header   *contract.RequiredHeaderError
	)
	switch {
	case errors.As(err, &format):
		name = format.ParamName
	case errors.As(err, &values):
		name, code = values.ParamName, shape.CodeRepeated
	case errors.As(err, &required):
		name, code = required.ParamName, shape.CodeRequired
	case errors.As(err, &header):
		name, code = header.ParamName, shape.CodeRequired
	}
	detail := "This parameter is not as the contract wants it."
	if len(r.URL.Query()[name]) > 1 {
		code, detail = shape.CodeRepeated, "This is there twice."
	}
	WriteError(w, r, InvalidParameter(name, code, detail))
}
