// Command devices is what the agents of devices call: they enrol, say what is
// there and are told what is to be there. It gives no access by itself: what is
// wanted is read from the stored requests.
package main

import (
	"log/slog"
	"os"

	"latchkey/functions/lib/httpapi/agents"
	"latchkey/functions/lib/httpapi/gateway"
	"latchkey/functions/lib/wiring"
)

func main() {
	a, _, _, err := wiring.New()
	wiring.Must(err)
	gateway.Start(agents.Server{App: a, Logger: slog.New(slog.NewJSONHandler(os.Stdout, nil))}.Handler())
}
