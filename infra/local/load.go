package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"time"
)

// loader puts the demo company in through the public API, as its first admin.
type loader struct {
	api   string
	token string
	http  *http.Client
}

// loadDemo loads what is not there yet. It gives the loader, who is an admin.
func loadDemo(ctx context.Context, s Stack, company demo) (loader, error) {
	admin, err := company.login(company.FirstAdmin)
	if err != nil {
		return loader{}, err
	}
	token, err := signIn(ctx, s, admin)
	if err != nil {
		return loader{}, err
	}
	l := loader{api: s.API, token: token, http: &http.Client{Timeout: 30 * time.Second}}
	if err := l.signedIn(ctx); err != nil {
		return l, fmt.Errorf("%s cannot become the first admin: %w", admin.Email, err)
	}
	return l, l.load(ctx, company)
}

// signedIn makes someone's first call, with which the API binds the sign-in to the
// person, and makes the first admin one.
func (l loader) signedIn(ctx context.Context) error {
	answer, err := l.call(ctx, http.MethodGet, "/v1/me", nil, nil)
	if err != nil {
		return err
	}
	return answer.want(http.StatusOK)
}

func (l loader) load(ctx context.Context, company demo) error {
	for _, kind := range company.kinds() {
		for _, d := range kind.documents {
			if err := l.put(ctx, "/v1/admin/"+kind.name+"/"+d.ID, d.Body); err != nil {
				return fmt.Errorf("cannot load %s/%s: %w", kind.name, d.ID, err)
			}
		}
	}
	return nil
}

// put creates a document, or updates one that says something else.
func (l loader) put(ctx context.Context, path string, body json.RawMessage) error {
	present, err := l.call(ctx, http.MethodGet, path, nil, nil)
	if err != nil {
		return err
	}
	condition := http.Header{}
	switch present.status {
	case http.StatusNotFound:
		condition.Set("If-None-Match", "*")
	case http.StatusOK:
		same, err := says(present.body, body)
		if err != nil || same {
			return err
		}
		condition.Set("If-Match", present.etag)
	default:
		return present.want(http.StatusOK)
	}
	answer, err := l.call(ctx, http.MethodPut, path, condition, body)
	if err != nil {
		return err
	}
	return answer.want(http.StatusOK, http.StatusCreated)
}

// says tells whether a document holds all that another one says. What it holds
// beyond that, defaults and read-only members, does not count.
func says(whole, part []byte) (bool, error) {
	var has, wants map[string]any
	if err := errors.Join(json.Unmarshal(whole, &has), json.Unmarshal(part, &wants)); err != nil {
		return false, err
	}
	for name, value := range wants {
		if !reflect.DeepEqual(has[name], value) {
			return false, nil
		}
	}
	return true, nil
}

// answer is what the API said.
type answer struct {
	call   string
	status int
	etag   string
	body   []byte
}

// want gives an error with the API's own words unless the status is one of these.
func (a answer) want(statuses ...int) error {
	for _, status := range statuses {
		if a.status == status {
			return nil
		}
	}
	return fmt.Errorf("%s: %d %s", a.call, a.status, bytes.TrimSpace(a.body))
}

func (l loader) call(ctx context.Context, method, path string, header http.Header, body []byte) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, l.api+path, bytes.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if header != nil {
		request.Header = header
	}
	request.Header.Set("Authorization", "Bearer "+l.token)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := l.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{
		call:   method + " " + path,
		status: response.StatusCode,
		etag:   response.Header.Get("ETag"),
		body:   text,
	}, err
}
