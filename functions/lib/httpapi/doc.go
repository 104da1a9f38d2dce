// Package httpapi is the HTTP API: it turns calls into use cases and what comes
// of them into answers, as functions/api/openapi.yaml says.
//
// It decides nothing. It may import app and access, and knows neither tables nor
// queues.
package httpapi
