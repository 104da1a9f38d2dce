package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
	"latchkey/functions/lib/httpapi/gateway"
)

// API is what the HTTP API is made of.
type API struct {
	App      *app.App
	Contract []byte // functions/api/openapi.yaml, which is served
	Logger   *slog.Logger
}

// Handler answers the calls of the contract with the use cases.
func (a API) Handler() http.Handler {
	return Mount(server{a.App, a.Contract}, a.Logger, a.App.Clock)
}

// server implements the contract's operations. Each is a few lines: sign in,
// read the input, do the use case, show what came of it.
type server struct {
	app      *app.App
	contract []byte
}

// use answers a call of a signed-in person with what a use case gives.
func use[T any](s server, w http.ResponseWriter, r *http.Request, status int, do func(context.Context, app.Caller) (T, error)) {
	caller, err := s.caller(r)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	value, err := do(r.Context(), caller)
	if err != nil {
		WriteError(w, r, err)
		return
	}
	WriteJSON(w, r, status, value)
}

// caller signs in whom the call's token speaks for.
func (s server) caller(r *http.Request) (app.Caller, error) {
	token, ok := gateway.Claims(r.Context())
	if !ok {
		return app.Caller{}, access.Refuse(access.CodeUnauthenticated, "This call needs a token.")
	}
	caller, err := s.app.SignIn(r.Context(), app.Claims{Issuer: token.Issuer, Subject: token.Subject, Email: token.Email,
		EmailVerified: token.EmailVerified, Name: token.Name, TokenUse: token.Use}, access.ViaPortal)
	if err == nil {
		Annotate(r.Context(), slog.String("person", string(caller.Person.ID)))
	}
	return caller, err
}

// page is the shape of every list.
type page[T any] struct {
	Data       []T    `json:"data"`
	NextCursor string `json:"next_cursor,omitzero"`
}

// pageOf shows a part of a list.
func pageOf[D, T any](items []D, next string, show func(D) T) page[T] {
	p := page[T]{Data: make([]T, 0, len(items)), NextCursor: next}
	for _, item := range items {
		p.Data = append(p.Data, show(item))
	}
	return p
}

// part asks for what a call's parameters ask for.
func part(limit contract.Limit, cursor contract.Cursor) app.Page {
	return app.Page{Limit: Limit(limit), Cursor: cursor}
}

// GetContract serves the contract itself.
func (s server) GetContract(w http.ResponseWriter, r *http.Request, _ contract.GetContractParams) {
	WriteYAML(w, r, s.contract)
}
