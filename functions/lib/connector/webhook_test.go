package connector_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/functions/lib/connector/conformance"
)

// vault keeps secrets that are read at most once, unless they are read anew.
type vault struct {
	now, kept map[string]string
}

func (v *vault) Secret(ctx context.Context, name string, anew bool) (string, error) {
	if v.kept == nil {
		v.kept = map[string]string{}
	}
	if anew || v.kept[name] == "" {
		v.kept[name] = v.now[name]
	}
	return v.kept[name], ctx.Err()
}

// everybody is a directory in which everyone is.
type everybody struct{}

func (everybody) Person(_ context.Context, id access.PersonID) (app.Versioned[app.Person], error) {
	return app.Versioned[app.Person]{Version: 1, Doc: app.Person{ID: id, Email: string(id) + "@example.com"}}, nil
}

func (r *receiver) key(path string) app.EntitlementKey {
	return app.EntitlementKey{Person: "ana", Target: access.WebhookTarget(r.URL+path, "jira")}
}

// TestWebhookConforms: however the endpoint fails.
func TestWebhookConforms(t *testing.T) {
	for name, fails := range map[string]func(http.ResponseWriter){
		"500": status(500), "503": status(503), "429": status(429), "409": status(409), "it hangs up": hangUp,
	} {
		t.Run(name, func(t *testing.T) {
			conformance.Run(t, func(t *testing.T) conformance.Subject {
				r := newReceiver(t)
				path := func(key app.EntitlementKey) string {
					address, _ := key.Target.Webhook()
					return strings.TrimPrefix(address, r.URL)
				}
				return conformance.Subject{
					Connector: r.connector(), People: [2]access.PersonID{"ana", "ben"},
					Targets:     [2]access.Target{r.key("/one").Target, r.key("/two").Target},
					Refused:     r.key("/refused").Target,
					Truth:       func(key app.EntitlementKey) app.Observation { return r.at(path(key), string(key.Person)) },
					GiveForeign: func(key app.EntitlementKey) { r.gives(path(key), string(key.Person)) },
					Meet:        func(f conformance.Fault) func() { return r.meet(f, fails) },
				}
			})
		})
	}
}

func TestWhatAnEndpointIsSent(t *testing.T) {
	r := newReceiver(t)
	w, key := r.connector(), r.key("/Jira?role=admin")
	for range 2 {
		if err := w.Ensure(t.Context(), key, true); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Observe(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	first, second, last := r.calls[0], r.calls[1], r.calls[2]
	if first.Type != "access.ensure" || first.Data.Want == nil || !*first.Data.Want || last.Type != "access.observe" || last.Data.Want != nil {
		t.Errorf("told %+v, asked %+v", first, last)
	}
	if first.Data.Person.ID != "ana" || first.Data.Person.Email != "ana@example.com" || first.Data.Target != r.URL+"/Jira?role=admin" {
		t.Errorf("told of %+v", first.Data)
	}
	if first.Data.Entitlement != second.Data.Entitlement || first.Data.Entitlement != last.Data.Entitlement || !strings.HasPrefix(first.Data.Entitlement, "ent_") {
		t.Errorf("one entitlement is %s, %s and %s", first.Data.Entitlement, second.Data.Entitlement, last.Data.Entitlement)
	}
	if first.id == second.id || first.Timestamp >= second.Timestamp {
		t.Errorf("two calls are %s at %s and %s at %s", first.id, first.Timestamp, second.id, second.Timestamp)
	}
}

// nobody is a directory that everyone has left.
type nobody struct{}

func (nobody) Person(_ context.Context, id access.PersonID) (app.Versioned[app.Person], error) {
	return app.Versioned[app.Person]{Version: 2, Deleted: true, Doc: app.Person{ID: id, Email: string(id) + "@example.com"}}, nil
}

// TestAccessOfSomeoneWhoLeftCanBeTaken: by their id.
func TestAccessOfSomeoneWhoLeftCanBeTaken(t *testing.T) {
	r := newReceiver(t)
	w := r.connector()
	w.People = nobody{}
	if err := w.Ensure(t.Context(), r.key("/"), false); err != nil {
		t.Fatal(err)
	}
	if told := r.calls[0].Data.Person; told.ID != "ana" || told.Email != "" {
		t.Errorf("told of %+v", told)
	}
}

func TestWhichAnswersAreFinal(t *testing.T) {
	for code, final := range map[int]bool{
		301: true, 307: true, 400: true, 401: true, 403: true, 404: true, 410: true, 422: true,
		408: false, 409: false, 425: false, 429: false, 500: false, 501: false, 502: false, 503: false, 504: false, 599: false,
	} {
		r := newReceiver(t)
		elsewhere := newReceiver(t)
		r.next(func(w http.ResponseWriter, _ *http.Request, _ func()) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(code)
		})
		err := r.connector().Ensure(t.Context(), r.key("/"), true)
		var refusal *app.Refusal
		var passing *app.Unavailable
		if errors.As(err, &refusal) != final || errors.As(err, &passing) == final {
			t.Errorf("%d: %v", code, err)
		}
		if len(r.calls) != 1 || len(elsewhere.calls) != 0 {
			t.Errorf("%d: called %d times, and %d times elsewhere", code, len(r.calls), len(elsewhere.calls))
		}
	}
}

func TestHowLongAnEndpointAsksToBeLeftAlone(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "86400": time.Hour, "-5": 0, "soon": 0, "99999999999999999999": 0,
		time.Now().Add(-time.Minute).UTC().Format(http.TimeFormat):  0,
		time.Now().Add(9 * time.Hour).UTC().Format(http.TimeFormat): time.Hour,
	} {
		r := newReceiver(t)
		r.next(func(w http.ResponseWriter, _ *http.Request, _ func()) {
			w.Header().Set("Retry-After", text)
			w.WriteHeader(503)
		})
		var passing *app.Unavailable
		if err := r.connector().Ensure(t.Context(), r.key("/"), true); !errors.As(err, &passing) || passing.After != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestOnlyAnAnswerIsAnObservation: nothing else says that access is gone.
func TestOnlyAnAnswerIsAnObservation(t *testing.T) {
	for _, body := range []string{"", "{}", "null", "<html>", `{"foreign":true}`, `{"present":null}`, `{"present":"no"}`, `{"present":false,"present":true}`,
		`{"Present":false}`, `{"present":false}trailing`, `{"present":false,"pad":"` + strings.Repeat("x", 64<<10) + `"}`} {
		r := newReceiver(t)
		r.next(func(w http.ResponseWriter, _ *http.Request, _ func()) { _, _ = io.WriteString(w, body) })
		var passing *app.Unavailable
		if seen, err := r.connector().Observe(t.Context(), r.key("/")); !errors.As(err, &passing) || passing.Code != "bad_answer" {
			t.Errorf("%.40q: %+v, %v", body, seen, err)
		}
	}
}

func TestARotatedSecretIsReadOnceMore(t *testing.T) {
	r := newReceiver(t)
	w, kept := r.connector(), &vault{now: map[string]string{"jira": r.secret}}
	w.Secrets = kept
	if err := w.Ensure(t.Context(), r.key("/"), true); err != nil {
		t.Fatal(err)
	}
	r.secret = newSecret()
	var refusal *app.Refusal
	if err := w.Ensure(t.Context(), r.key("/"), true); !errors.As(err, &refusal) || refusal.Code != "http_401" {
		t.Errorf("with the old secret: %v", err)
	}
	kept.now["jira"] = r.secret
	if err := w.Ensure(t.Context(), r.key("/"), false); err != nil {
		t.Errorf("with the new secret: %v", err)
	}
	r.next(func(w http.ResponseWriter, _ *http.Request, _ func()) { w.WriteHeader(403) })
	if err := w.Ensure(t.Context(), r.key("/"), true); !errors.As(err, &refusal) || refusal.Code != "http_403" {
		t.Errorf("forbidden: %v", err)
	}
}

// TestAnAddressOfOnesOwnIsNotDialled: unless the deployer says so.
func TestAnAddressOfOnesOwnIsNotDialled(t *testing.T) {
	r := newReceiver(t)
	w := r.connector()
	w.Client.Transport = connector.NewWebhookClient(connector.Guard{}, nil).Transport
	port := r.Listener.Addr().String()
	port = port[strings.LastIndex(port, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "[fd00:ec2::254]"} {
		key := app.EntitlementKey{Person: "ana", Target: access.WebhookTarget("https://"+host+port+"/", "jira")}
		var refusal *app.Refusal
		if err := w.Ensure(t.Context(), key, true); !errors.As(err, &refusal) || refusal.Code != "address_not_allowed" {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, address := range []string{strings.Replace(r.URL, "https", "http", 1), strings.Replace(r.URL, "https://", "https://me:word@", 1)} {
		key := app.EntitlementKey{Person: "ana", Target: access.WebhookTarget(address, "jira")}
		var refusal *app.Refusal
		if err := r.connector().Ensure(t.Context(), key, true); !errors.As(err, &refusal) || refusal.Code != "address_not_allowed" {
			t.Errorf("%s: %v", address, err)
		}
	}
	if len(r.calls) != 0 {
		t.Errorf("%d calls arrived", len(r.calls))
	}
}

// TestAProxyIsNotAsked: it would dial whatever it is told to.
func TestAProxyIsNotAsked(t *testing.T) {
	client := connector.NewWebhookClient(connector.Guard{}, nil)
	if transport, ok := client.Transport.(*http.Transport); !ok || transport.Proxy != nil {
		t.Error("the client asks a proxy")
	}
}

func TestAStrangersCertificateIsNotTrusted(t *testing.T) {
	r := newReceiver(t)
	w := r.connector()
	w.Client = connector.NewWebhookClient(connector.Guard{PrivateNetwork: true}, nil)
	var passing *app.Unavailable
	if err := w.Ensure(t.Context(), r.key("/"), true); !errors.As(err, &passing) || passing.Code != "bad_certificate" {
		t.Error(err)
	}
}

// TestErrorsTellNothing: whoever reads the log learns no address, person or secret.
func TestErrorsTellNothing(t *testing.T) {
	r := newReceiver(t)
	host, _ := url.Parse(r.URL)
	var said bytes.Buffer
	tell := func(err error) {
		if err == nil {
			t.Error("no error")
			return
		}
		said.WriteString(err.Error() + "\n")
	}
	w, key := r.connector(), r.key("/?token=abc")
	for _, fails := range []func(http.ResponseWriter){status(500), status(404), status(302), hangUp} {
		r.meet(conformance.Down, fails)
		tell(w.Ensure(t.Context(), key, true))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.Secrets = constant(r.secret)
	tell(w.Ensure(ctx, key, true))
	r.Server.Close()
	tell(w.Ensure(t.Context(), key, true))
	for _, word := range []string{host.Host, "token", "@example.com", r.secret, "whsec"} {
		if strings.Contains(said.String(), word) {
			t.Errorf("%q stands in\n%s", word, said.String())
		}
	}
}

type constant string

func (c constant) Secret(context.Context, string, bool) (string, error) { return string(c), nil }
