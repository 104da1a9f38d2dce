package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/connector"
	"latchkey/infra/local/endpoint"
)

// serving serves the endpoint, and gives the roots that the Lambdas get.
func serving(t *testing.T) (*webhookServer, Stack, *x509.CertPool) {
	t.Helper()
	p := places{state: t.TempDir()}
	chosen := mustChoose(t, p.portFile())
	s, err := serveWebhooks(p, chosen)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	text, err := os.ReadFile(p.roots())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(text) {
		t.Fatal("there are no roots")
	}
	return s, newStack(chosen), roots
}

func TestTheEndpointIsReachedAsADeployersWouldBe(t *testing.T) {
	s, stack, roots := serving(t)
	hook := connector.Webhook{
		Client:  connector.NewWebhookClient(connector.Guard{PrivateNetwork: true}, roots),
		Secrets: theSecret(s.secret), People: everybody{}, Clock: time.Now, NewID: func() string { return "1" },
	}
	ana := app.EntitlementKey{Person: "ana", Target: access.WebhookTarget(stack.Webhooks.URL+"/warehouse", stack.Webhooks.Secret)}
	if err := hook.Ensure(t.Context(), ana, true); err != nil {
		t.Fatal(err)
	}
	control := endpoint.Client{Base: stack.Webhooks.Control, HTTP: http.DefaultClient}
	if holders, err := control.Holders(t.Context(), "/warehouse"); err != nil || len(holders) != 1 {
		t.Errorf("holders: %v, %v", holders, err)
	}
}

func TestNobodyElseTrustsTheEndpoint(t *testing.T) {
	_, stack, _ := serving(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()}}}
	if res, err := client.Get(stack.Webhooks.URL); err == nil {
		t.Errorf("without the roots it says %s", res.Status)
	}
}

func TestTheRootsOfTheSystemStayTrusted(t *testing.T) {
	system, err := newAuthority()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	own := filepath.Join(dir, "system.pem")
	if err := system.trust(own); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", own)
	_, _, roots := serving(t)
	if _, err := system.certificate.Verify(x509.VerifyOptions{Roots: roots}); err != nil {
		t.Error(err)
	}
	t.Setenv("SSL_CERT_FILE", filepath.Join(dir, "none.pem"))
	if _, _, roots := serving(t); roots == nil {
		t.Error("a system without roots has no endpoint")
	}
}

// theSecret is the only one there is.
type theSecret string

func (s theSecret) Secret(context.Context, string, bool) (string, error) { return string(s), nil }

// everybody is a directory in which everyone is.
type everybody struct{}

func (everybody) Person(_ context.Context, id access.PersonID) (app.Versioned[app.Person], error) {
	return app.Versioned[app.Person]{Version: 1, Doc: app.Person{ID: id}}, nil
}
