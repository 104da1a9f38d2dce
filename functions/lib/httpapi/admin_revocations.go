package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// RevokeRequests takes away the access of many requests.
func (s server) RevokeRequests(w http.ResponseWriter, r *http.Request) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Revocations, error) {
		body, err := Decode[contract.RevocationsInput](r)
		if err != nil {
			return contract.Revocations{}, err
		}
		revoked, err := s.app.RevokeMany(ctx, c, texts[access.RequestID](body.RequestIds),
			access.Revoke{Reason: body.Reason, InternalNote: body.InternalNote})
		out := contract.Revocations{Data: make([]contract.Revocation, 0, len(revoked))}
		var ids, failed []string
		for _, one := range revoked {
			ids = append(ids, string(one.Request))
			shown := contract.Revocation{RequestId: string(one.Request), Status: contract.Status(one.Status)}
			if one.Err != nil {
				refused := refusal(r, fmt.Errorf("%s: %w", one.Request, one.Err)) // so that the log says of which an error is
				failed = append(failed, fmt.Sprintf("%s %s", one.Request, refused.Code))
				shown.Problem = problemOf(refused)
			}
			out.Data = append(out.Data, shown)
		}
		annotateMany(ctx, ids, failed)
		return out, err
	})
}

// annotateMany says which requests a call was about, and which of them it did nothing to.
func annotateMany(ctx context.Context, ids, failed []string) {
	if len(ids) > 0 {
		Annotate(ctx, slog.String("ids", strings.Join(ids, ",")))
	}
	if len(failed) > 0 {
		Annotate(ctx, slog.String("failed", strings.Join(failed, ",")))
	}
}
