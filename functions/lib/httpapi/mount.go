package httpapi

import (
	"log/slog"
	"net/http"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/contract"
)

// Mount makes the API's handler out of the handlers of its operations. Around
// them it holds calls against the contract, turns every failure into a problem
// and writes one log line for each call. Handlers read their bodies with
// [Decode] or [NoBody].
func Mount(server contract.ServerInterface, logger *slog.Logger, now func() time.Time) http.Handler {
	mux := http.NewServeMux()
	contract.HandlerWithOptions(server, contract.StdHTTPServerOptions{
		BaseRouter:       mux,
		Middlewares:      []contract.MiddlewareFunc{checkParameters},
		ErrorHandlerFunc: bindingError,
	})
	return Around(mux, logger, now)
}

// Around is what every API of Latchkey has around its routes: a problem where
// there is none, or where a handler panics, and one log line for each call.
func Around(mux *http.ServeMux, logger *slog.Logger, now func() time.Time) http.Handler {
	return logged(recovered(routed(mux)), logger, now)
}

// routed answers with a problem where the mux has no route.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		// Only the mux's own answer says whether another method would do.
		v := verdict{header: http.Header{}}
		handler.ServeHTTP(&v, r)
		if v.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", v.header.Get("Allow"))
			WriteError(w, r, access.Refuse(CodeMethodNotAllowed, "This address does not take %s.", r.Method))
			return
		}
		WriteError(w, r, access.Refuse(access.CodeNotFound, "There is no such address."))
	})
}

// verdict keeps of an answer what it says beside its body.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header         { return v.header }
func (v *verdict) WriteHeader(status int)      { v.status = status }
func (v *verdict) Write(p []byte) (int, error) { return len(p), nil }
