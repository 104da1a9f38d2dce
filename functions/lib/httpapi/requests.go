package httpapi

import (
	"context"
	"net/http"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi/contract"
)

// CreateRequest asks for access or, as a dry run, says who would decide.
func (s server) CreateRequest(w http.ResponseWriter, r *http.Request, params contract.CreateRequestParams) {
	if params.DryRun {
		use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.RequestPreview, error) {
			view, err := s.submits(ctx, r, c, params.IdempotencyKey, s.app.Preview)
			return showPreview(view), err
		})
		return
	}
	use(s, w, r, http.StatusCreated, func(ctx context.Context, c app.Caller) (contract.Request, error) {
		view, err := s.submits(ctx, r, c, params.IdempotencyKey, s.app.Submit)
		if err == nil {
			w.Header().Set("Location", "/v1/requests/"+string(view.ID))
			annotateRequest(ctx, view.ID)
		}
		return showRequest(view), err
	})
}

// submits reads a submission and hands it over.
func (s server) submits(ctx context.Context, r *http.Request, c app.Caller, key string,
	submit func(context.Context, app.Caller, app.Submission) (access.Request, error)) (app.View, error) {
	body, err := Decode[contract.RequestInput](r)
	if err != nil {
		return app.View{}, err
	}
	duration, err := durationOf("/duration", body.Duration)
	if err != nil {
		return app.View{}, err
	}
	startsAt, err := momentOf("/starts_at", body.StartsAt)
	if err != nil {
		return app.View{}, err
	}
	request, err := submit(ctx, c, app.Submission{Resource: access.ResourceID(body.ResourceId), Reason: body.Reason,
		Duration: duration, Answers: body.Answers, StartsAt: startsAt, Follows: access.RequestID(body.Resubmits),
		For: access.PersonID(body.For), Bundle: body.BundleId, Key: key})
	if err != nil {
		return app.View{}, err
	}
	return s.app.View(ctx, c, request)
}

func showPreview(v app.View) contract.RequestPreview {
	v.Progress = true // nothing has been decided that could be hidden
	return contract.RequestPreview{ResourceId: string(v.Resource.ID), Duration: v.Asked.String(),
		Flow:   contract.FlowRef{Id: string(v.Request.Flow), Version: v.FlowVersion},
		Status: contract.Status(v.Status), Steps: showSteps(v)}
}

// durationOf reads a duration; "" is none.
func durationOf(pointer, text string) (access.Duration, error) {
	if text == "" {
		return 0, nil
	}
	duration, err := access.ParseDuration(text)
	if err != nil {
		return 0, access.InvalidField(pointer, "format", "This is not a duration like PT4H or P7D.")
	}
	return duration, nil
}

// momentOf reads a time; "" is none.
func momentOf(pointer, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, access.InvalidField(pointer, "format", "There is no such moment.")
	}
	return moment.UTC().Truncate(time.Millisecond), nil
}

// ListRequests lists the caller's requests, those that wait for them or, for
// admins, all.
func (s server) ListRequests(w http.ResponseWriter, r *http.Request, params contract.ListRequestsParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (page[contract.Request], error) {
		filter := app.Filter{Requester: access.PersonID(params.RequesterId), Resource: access.ResourceID(params.ResourceId),
			Flow: access.FlowID(params.FlowId), Status: access.Status(params.Status)}
		views, next, err := s.app.List(ctx, c, app.ListKind(params.View), filter, part(params.Limit, params.Cursor))
		return pageOf(views, next, showRequest), err
	})
}

// GetRequest shows a request.
func (s server) GetRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId, _ contract.GetRequestParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Request, error) {
		view, err := s.app.Get(ctx, c, access.RequestID(id))
		return showRequest(view), err
	})
}

// ExplainRequest says why a request stands where it stands.
func (s server) ExplainRequest(w http.ResponseWriter, r *http.Request, id contract.RequestId, _ contract.ExplainRequestParams) {
	use(s, w, r, http.StatusOK, func(ctx context.Context, c app.Caller) (contract.Explanation, error) {
		status, sentences, err := s.app.Explain(ctx, c, access.RequestID(id))
		return contract.Explanation{Status: contract.Status(status), Sentences: sentences}, err
	})
}

// ListRequestEvents shows a request's history.
func (s server) ListRequestEvents(w http.ResponseWriter, r *http.Request, id contract.RequestId, params contract.ListRequestEventsParams) {
	s.history(w, r, params.Limit, params.Cursor, func(ctx context.Context, c app.Caller, after, limit int) (app.History, error) {
		return s.app.Events(ctx, c, access.RequestID(id), after, limit)
	})
}
