package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func company(t *testing.T) demo {
	t.Helper()
	d, err := readDemo(demoFile, "https://127.0.0.1:4003")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheDemoCompanyRefersOnlyToWhatIsLoadedBefore(t *testing.T) {
	type references struct {
		Manager   string            `json:"manager"`
		Owner     string            `json:"owner"`
		Groups    []string          `json:"groups"`
		Resources []string          `json:"resources"`
		Connector map[string]string `json:"connector"`
	}
	loaded := map[string]bool{}
	for _, kind := range company(t).kinds() {
		for _, d := range kind.documents {
			var refers references
			if err := json.Unmarshal(d.Body, &refers); err != nil {
				t.Fatal(err)
			}
			wants := []string{}
			for collection, ids := range map[string][]string{
				"people":    {refers.Manager, refers.Owner},
				"groups":    append(refers.Groups, refers.Connector["group"]),
				"devices":   {refers.Connector["device"]},
				"resources": refers.Resources,
			} {
				for _, id := range ids {
					if id != "" {
						wants = append(wants, collection+"/"+id)
					}
				}
			}
			for _, want := range wants {
				if !loaded[want] {
					t.Errorf("%s/%s refers to %s, which is not loaded before", kind.name, d.ID, want)
				}
			}
			loaded[kind.name+"/"+d.ID] = true
		}
	}
}

func TestTheWarehouseIsGivenByTheCompanysOwnEndpoint(t *testing.T) {
	for _, d := range company(t).Resources {
		var resource struct{ Connector map[string]string }
		if err := json.Unmarshal(d.Body, &resource); err != nil {
			t.Fatal(err)
		}
		if c := resource.Connector; d.ID == "warehouse" && c["url"] == "https://127.0.0.1:4003/warehouse" && c["secret"] == webhookSecret {
			return
		}
	}
	t.Error("no such resource")
}

func TestADemoCompanyWithAMistakeIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no such admin":  `{"password": "p", "first_admin": "eli", "people": []}`,
		"unknown member": `{"passwort": "p"}`,
		"without an id":  `{"first_admin": "eli", "people": [{"id": "eli"}, {"email": "x@example.com"}]}`,
	} {
		if _, err := readDemo([]byte(text), ""); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// adminAPI is an admin API that keeps documents, and checks conditions as the
// real one does.
type adminAPI struct {
	documents map[string]string
	writes    []string
}

func (a *adminAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	present, there := a.documents[r.URL.Path]
	etag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(present)))
	switch {
	case r.Header.Get("Authorization") != "Bearer admin's":
		w.WriteHeader(http.StatusUnauthorized)
	case r.Method == http.MethodGet && !there:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodGet:
		w.Header().Set("ETag", etag)
		w.Write([]byte(present))
	case there && r.Header.Get("If-Match") != etag, !there && r.Header.Get("If-None-Match") != "*":
		w.WriteHeader(http.StatusPreconditionFailed)
	case strings.HasSuffix(r.URL.Path, "/refused"):
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"code": "invalid"}`))
	default:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		a.documents[r.URL.Path] = string(body)
		a.writes = append(a.writes, r.URL.Path)
		if !there {
			w.WriteHeader(http.StatusCreated)
		}
	}
}

func TestLoadingTwiceWritesOnce(t *testing.T) {
	api := &adminAPI{documents: map[string]string{
		// The first admin is there since the first sign-in, without groups.
		"/v1/admin/people/eli": `{"id": "eli", "email": "eli@example.com"}`,
	}}
	server := httptest.NewServer(api)
	defer server.Close()
	l := loader{api: server.URL, token: "admin's", http: server.Client()}

	if err := l.load(t.Context(), company(t)); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(api.writes, "/v1/admin/people/eli") || !slices.Contains(api.writes, "/v1/admin/flows/staging-flow") {
		t.Errorf("written were only %v", api.writes)
	}
	api.writes = nil
	if err := l.load(t.Context(), company(t)); err != nil {
		t.Fatal(err)
	}
	if api.writes != nil {
		t.Errorf("the second time wrote %v", api.writes)
	}
}

func TestARefusalIsToldInTheAPIsWords(t *testing.T) {
	server := httptest.NewServer(&adminAPI{documents: map[string]string{}})
	defer server.Close()
	l := loader{api: server.URL, token: "admin's", http: server.Client()}
	err := l.load(t.Context(), demo{Groups: []document{{ID: "refused", Body: []byte(`{}`)}}})
	if err == nil || !strings.Contains(err.Error(), "groups/refused") || !strings.Contains(err.Error(), `"invalid"`) {
		t.Errorf("the error says %v", err)
	}
}
