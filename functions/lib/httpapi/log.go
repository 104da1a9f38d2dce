package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/gateway"
)

// line is the one log line of a call, while it is being made.
type line struct {
	mu    sync.Mutex
	attrs []slog.Attr
}

type lineKey struct{}

// Annotate adds to the log line of the call that ctx belongs to: ids and codes,
// never free text, an email or a token.
func Annotate(ctx context.Context, attrs ...slog.Attr) {
	if l, ok := ctx.Value(lineKey{}).(*line); ok {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.attrs = append(l.attrs, attrs...)
	}
}

// logged writes one line for each call. It names the route rather than the
// path, and neither query, headers nor body.
func logged(next http.Handler, logger *slog.Logger, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := now()
		l := &line{}
		r = r.WithContext(context.WithValue(r.Context(), lineKey{}, l))
		counted := &countingWriter{ResponseWriter: w}
		next.ServeHTTP(counted, r)

		_, route, _ := strings.Cut(r.Pattern, " ")
		attrs := []slog.Attr{
			slog.String("call", gateway.CallID(r.Context())),
			slog.String("method", r.Method),
			slog.String("route", route),
			slog.Int("status", counted.status),
			slog.Int("bytes", counted.bytes),
			slog.Int64("ms", now().Sub(begun).Milliseconds()),
		}
		if id := r.PathValue("id"); loggableID(id) {
			attrs = append(attrs, slog.String("id", id))
		}
		level := slog.LevelInfo
		if counted.status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		logger.LogAttrs(r.Context(), level, "call", append(attrs, l.attrs...)...)
	})
}

// loggableID keeps out what a caller may have put in the place of an id.
func loggableID(id string) bool {
	ulid, isRequest := strings.CutPrefix(id, "req_")
	if !isRequest {
		return access.ValidID(id)
	}
	return len(ulid) == 26 && strings.Trim(ulid, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == ""
}

type countingWriter struct {
	http.ResponseWriter
	status, bytes int
}

func (w *countingWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *countingWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(p)
	w.bytes += n
	return n, err
}

// recovered turns a panic into an internal problem. The log gets the stack and,
// unless the run-time itself panicked, only the type of the value, which may
// hold anything.
func recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			what := fmt.Sprintf("%T", value)
			if e, ok := value.(runtime.Error); ok {
				what = e.Error()
			}
			Annotate(r.Context(), slog.String("panic", what), slog.String("stack", string(debug.Stack())))
			WriteError(w, r, access.Refuse(CodeInternal, "Something went wrong here. It was recorded; please try again."))
		}()
		next.ServeHTTP(w, r)
	})
}
