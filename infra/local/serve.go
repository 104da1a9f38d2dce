package main

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
)

// serve serves until the server is closed, with TLS if it is given how.
func serve(what string, port int, handler http.Handler, secured *tls.Config) (*http.Server, error) {
	listener, err := net.Listen("tcp", address(port))
	if err != nil {
		return nil, err
	}
	// Who breaks a connection off is no news at this terminal.
	server := &http.Server{Handler: handler, TLSConfig: secured, ErrorLog: log.New(io.Discard, "", 0)}
	go func() {
		run := func() error { return server.Serve(listener) }
		if secured != nil {
			run = func() error { return server.ServeTLS(listener, "", "") }
		}
		if err := run(); !errors.Is(err, http.ErrServerClosed) {
			say("%s ended: %v", what, err)
		}
	}()
	return server, nil
}
