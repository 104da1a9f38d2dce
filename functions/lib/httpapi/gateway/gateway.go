// Package gateway lets a net/http handler serve an API Gateway HTTP API, by the
// payload format 2.0:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
package gateway

import (
	"context"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

// Start serves calls with handler until Lambda ends the process.
func Start(handler http.Handler) { lambda.Start(Handler(handler)) }

// Handler answers events with an HTTP handler.
func Handler(handler http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		r, err := request(ctx, event)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusBadRequest}, nil
		}
		w := &writer{header: http.Header{}, head: r.Method == http.MethodHead}
		handler.ServeHTTP(w, r)
		return w.response(), nil
	}
}
