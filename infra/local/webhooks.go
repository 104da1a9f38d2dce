package main

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"latchkey/infra/local/endpoint"
)

// Webhooks is where the demo company's own endpoint is.
type Webhooks struct {
	URL     string `json:"url"`     // each path is a target
	Secret  string `json:"secret"`  // the name of the one that signs the calls
	Control string `json:"control"` // see package endpoint
}

// webhookSecret is the secret's name in a resource.
const webhookSecret = "company"

// webhookServer is the endpoint while it is served, in this process.
type webhookServer struct {
	secret  string
	servers []*http.Server
}

// serveWebhooks serves the endpoint, with a certificate that the emulator's
// Lambdas trust.
func serveWebhooks(p places, listen ports) (*webhookServer, error) {
	key := make([]byte, 32)
	rand.Read(key)
	s := &webhookServer{secret: "whsec_" + base64.StdEncoding.EncodeToString(key)}
	company, err := endpoint.New(s.secret)
	if err != nil {
		return nil, err
	}
	a, err := newAuthority()
	if err != nil {
		return nil, err
	}
	certificate, err := a.issue()
	if err != nil {
		return nil, err
	}
	if err := a.trust(p.roots()); err != nil {
		return nil, err
	}
	secured := &tls.Config{Certificates: []tls.Certificate{certificate}}
	if err := errors.Join(s.serve(listen.Webhooks, company, secured), s.serve(listen.Control, company.Control(), nil)); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// serve serves one more until close.
func (s *webhookServer) serve(port int, handler http.Handler, secured *tls.Config) error {
	server, err := serve("The webhooks' endpoint", port, handler, secured)
	if err == nil {
		s.servers = append(s.servers, server)
	}
	return err
}

// close ends it, and with it the calls that it has left without an answer.
func (s *webhookServer) close() {
	for _, server := range s.servers {
		server.Close()
	}
}

// keepSecret puts the signing secret where the stack looks for it.
func keepSecret(ctx context.Context, s Stack, secret string) error {
	_, err := secretsmanager.NewFromConfig(s.config()).CreateSecret(ctx, &secretsmanager.CreateSecretInput{
		Name: aws.String(s.Name + "/webhooks/" + s.Webhooks.Secret), SecretString: &secret})
	return err
}
