package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

const contractFile = "../../functions/api/openapi.yaml"

// theContract checks answers against the document of the contract.
var theContract = sync.OnceValues(func() (validator.Validator, error) {
	text, err := os.ReadFile(contractFile)
	if err != nil {
		return nil, err
	}
	document, err := libopenapi.NewDocument(text)
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(document)
	return v, errors.Join(errs...)
})

// abides tells where an answer is not as the contract says.
func abides(req *http.Request, res *http.Response, body []byte) error {
	v, err := theContract()
	if err != nil {
		return err
	}
	_, path, found := strings.Cut(req.URL.Path, "/v1/")
	if !found {
		return nil
	}
	asked := req.Clone(req.Context())
	asked.URL.Path, asked.URL.RawPath = "/v1/"+path, ""
	said := *res
	said.Body = io.NopCloser(bytes.NewReader(body))
	ok, failures := v.ValidateHttpResponse(asked, &said)
	if ok {
		return nil
	}
	var why []string
	for _, f := range failures {
		if f.IsPathMissingError() || f.IsOperationMissingError() {
			return nil // the contract cannot describe what it does not have
		}
		why = append(why, f.Message+": "+f.Reason)
		for _, s := range f.SchemaValidationErrors {
			why = append(why, s.FieldPath+" "+s.Reason)
		}
	}
	return fmt.Errorf("%d is not as the contract says: %s\n%s", res.StatusCode, strings.Join(why, "; "), body)
}
