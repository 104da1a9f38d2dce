package httpapi

import (
	"context"
	"net/http"

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
		for _, one := range revoked {
			shown := contract.Revocation{RequestId: string(one.Request), Status: contract.Status(one.Status)}
			if one.Err != nil {
				shown.Problem = problemOf(refusal(r, one.Err))
			}
			out.Data = append(out.Data, shown)
		}
		return out, err
	})
}
