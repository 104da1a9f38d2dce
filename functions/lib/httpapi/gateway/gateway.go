// Package gateway lets a net/http handler serve an API Gateway HTTP API, by the
// payload format 2.0:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
package gateway

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

// Start serves calls with handler until Lambda ends the process.
func Start(handler http.Handler) { lambda.Start(Handler(handler)) }

// spare is how long before the function's time-out a handler's context ends.
// Lambda kills a function that overruns, and API Gateway answers for it with 500.
const spare = time.Second

// Handler answers events with an HTTP handler, whose context leaves it the time
// to say that there was too little.
func Handler(handler http.Handler) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		if end, ok := ctx.Deadline(); ok {
			var cancel context.CancelFunc
			ctx, cancel = context.WithDeadline(ctx, end.Add(-spare))
			defer cancel()
		}
		r, err := request(ctx, event)
		if err != nil {
			return events.APIGatewayV2HTTPResponse{StatusCode: http.StatusBadRequest}, nil
		}
		w := &writer{header: http.Header{}, head: r.Method == http.MethodHead}
		handler.ServeHTTP(w, r)
		return w.response(), nil
	}
}
