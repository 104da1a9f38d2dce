// Package contract is the HTTP API as Go sees it, generated from
// functions/api/openapi.yaml: the types of every body, the server's interface
// and routes, and the shapes that tell a good call from a bad one. Nothing here
// is edited by hand but this file and needed.go; change the contract and run
// go generate.
//
// Functions start with this package, so it imports no validator and does not
// carry the document.
package contract

import "latchkey/functions/lib/httpapi/shape"

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 -config oapi-codegen.yaml -o contract.gen.go ../../../api/openapi.yaml
//go:generate go run ./shapegen ../../../api/openapi.yaml shapes.gen.go

// Operation is what the contract demands of one call.
type Operation struct {
	Parameters []Parameter
	Body       *shape.Shape // nil: there is none
}

// Parameter is one parameter of an operation.
type Parameter struct {
	Name     string
	In       string // "path", "query" or "header"
	Required bool
	Shape    *shape.Shape
}

// OperationOf gives the operation behind a route of [HandlerWithOptions], as
// http.Request.Pattern names it ("POST /v1/requests"), or nil.
func OperationOf(pattern string) *Operation { return operations[pattern] }
