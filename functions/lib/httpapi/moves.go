package httpapi

import (
	"context"
	"log/slog"
	"net/http"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// move lets the caller act on a request, and shows what it became.
func (s server) move(w http.ResponseWriter, r *http.Request, id contract.RequestId, command func() (access.Command, error)) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Request, error) {
		act, err := command()
		if err != nil {
			return contract.Request{}, err
		}
		request, err := s.app.Act(ctx, c, access.RequestID(id), act)
		if err != nil {
			return contract.Request{}, err
		}
		view, err := s.app.View(ctx, c, request)
		return showRequest(view), err
	})
}

// bare makes a move of which nothing more is to be said.
func (s server) bare(w http.ResponseWriter, r *http.Request, id contract.RequestId, command access.Command) {
	s.move(w, r, id, func() (access.Command, error) { return command, NoBody(r) })
}

// DecideRequest is an approver's decision.
func (s server) DecideRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.DecisionInput](r)
		if err != nil {
			return nil, err
		}
		duration, err := durationOf("/duration", body.Duration)
		return access.Decide{Verdict: access.Verdict(body.Decision), Reason: body.Reason, Duration: duration, Version: body.Version,
			Extension: body.Extension}, err
	})
}

// ExtendRequest asks for more time.
func (s server) ExtendRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.ExtendInput](r)
		if err != nil {
			return nil, err
		}
		duration, err := durationOf("/duration", body.Duration)
		return access.Extend{Duration: duration, Reason: body.Reason}, err
	})
}

// AnswerRequest is the requester's answer to a question.
func (s server) AnswerRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.AnswerInput](r)
		return access.Answer{Text: body.Text}, err
	})
}

// CancelRequest takes a request back.
func (s server) CancelRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.bare(w, r, id, access.Cancel{})
}

// StartRequest begins the access that is ready.
func (s server) StartRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.bare(w, r, id, access.Start{})
}

// EndRequest gives access back.
func (s server) EndRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.bare(w, r, id, access.End{})
}

// OverrideRequest is an admin's decision.
func (s server) OverrideRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.OverrideInput](r)
		if err != nil {
			return nil, err
		}
		duration, err := durationOf("/duration", body.Duration)
		return access.Override{Verdict: access.Verdict(body.Decision), Reason: body.Reason, InternalNote: body.InternalNote,
			Duration: duration, Version: body.Version}, err
	})
}

// RevokeRequest takes access away.
func (s server) RevokeRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.RevokeInput](r)
		return access.Revoke{Reason: body.Reason, InternalNote: body.InternalNote}, err
	})
}

// RetryRequest gives what failed another try.
func (s server) RetryRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.RetryInput](r)
		return access.Retry{Reason: body.Reason, InternalNote: body.InternalNote}, err
	})
}

// ConfirmAbsent is an admin's word that stuck access is gone.
func (s server) ConfirmAbsent(w http.ResponseWriter, r *http.Request, id contract.RequestId) {
	s.move(w, r, id, func() (access.Command, error) {
		body, err := Decode[contract.ConfirmAbsentInput](r)
		return access.ConfirmAbsent{Reason: body.Reason, InternalNote: body.InternalNote}, err
	})
}

func annotateRequest(ctx context.Context, id access.RequestID) {
	Annotate(ctx, slog.String("id", string(id)))
}
