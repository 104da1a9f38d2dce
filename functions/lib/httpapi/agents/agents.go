// Package agents answers the calls of devices' agents. Its package wire says what
// they look like.
package agents

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/app"
	"latchkey/functions/lib/httpapi"
	"latchkey/functions/lib/httpapi/agents/wire"
)

// Server is what the calls need.
type Server struct {
	App    *app.App
	Logger *slog.Logger
}

// Handler answers the calls. Every refusal is a problem of package httpapi; who
// has no good key or token learns nothing from it, not even whether there is
// such a device.
func (s Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+wire.EnrolPath, s.enrol)
	mux.HandleFunc("POST "+wire.SyncPath, s.sync)
	return httpapi.Around(mux, s.Logger, s.App.Clock)
}

func (s Server) enrol(w http.ResponseWriter, r *http.Request) {
	call, err := read(r)
	if err == nil {
		err = s.takeKey(r.Context(), call)
	}
	if err != nil {
		httpapi.WriteError(w, r, err)
		return
	}
	httpapi.WriteNothing(w)
}

func (s Server) takeKey(ctx context.Context, call wire.Call) error {
	key, ok := call.Introduced()
	if !ok {
		return malformed()
	}
	var body wire.Enrol
	signer, err := call.Verify([]string{key}, &body)
	switch {
	case err != nil:
		return malformed()
	case signer == "":
		return unauthenticated()
	}
	return s.App.Enrol(ctx, access.DeviceID(call.Device), body.Token, key)
}

func (s Server) sync(w http.ResponseWriter, r *http.Request) {
	call, err := read(r)
	if err != nil {
		httpapi.WriteError(w, r, err)
		return
	}
	answer, err := s.exchange(r.Context(), call)
	if err != nil {
		httpapi.WriteError(w, r, err)
		return
	}
	httpapi.WriteJSON(w, r, http.StatusOK, answer)
}

func (s Server) exchange(ctx context.Context, call wire.Call) (wire.Answer, error) {
	device, keys, err := s.App.AgentKeys(ctx, access.DeviceID(call.Device))
	if err != nil {
		return wire.Answer{}, err
	}
	var body wire.Sync
	key, err := call.Verify(keys, &body)
	switch {
	case errors.Is(err, wire.ErrMalformed):
		return wire.Answer{}, malformed()
	case err != nil:
		return wire.Answer{}, err
	case key == "":
		return wire.Answer{}, unauthenticated()
	}
	httpapi.Annotate(ctx, slog.String("device", string(device.ID)))
	if _, err := wire.ReadKey(body.NextKey); body.NextKey != "" && err != nil {
		return wire.Answer{}, malformed()
	}
	said := access.Report{Seq: body.Seq}
	for _, a := range body.Accounts {
		said.Accounts = append(said.Accounts, access.Reported{Account: a.Account, Present: a.Present, Foreign: a.Foreign})
	}
	orders, err := s.App.Sync(ctx, app.Agent{Device: device, Key: key}, said, body.NextKey)
	if err != nil {
		return wire.Answer{}, err
	}
	answer := wire.Answer{PollSeconds: s.App.Pace.Poll.Seconds(), Accounts: []string{}, Hold: []wire.Hold{}}
	for _, account := range device.Accounts {
		answer.Accounts = append(answer.Accounts, account.Name)
	}
	for _, order := range orders {
		hold := wire.Hold{Account: order.Account}
		if order.For > 0 {
			hold.Seconds = new(int64(order.For / time.Second))
		}
		answer.Hold = append(answer.Hold, hold)
	}
	return answer, nil
}

// read reads a call that was made for the address it came to.
func read(r *http.Request) (wire.Call, error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != wire.MediaType {
		return wire.Call{}, access.Refuse(httpapi.CodeUnsupportedMediaType, "A call is %s.", wire.MediaType)
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, httpapi.MaxBody+1))
	if err != nil {
		return wire.Call{}, malformed()
	}
	if len(body) > httpapi.MaxBody {
		return wire.Call{}, access.Refuse(httpapi.CodeBodyTooLarge, "A body has at most %d bytes.", httpapi.MaxBody)
	}
	call, err := wire.Parse(string(body), r.URL.Path)
	if err != nil {
		return wire.Call{}, malformed()
	}
	return call, nil
}

func malformed() error {
	return access.Refuse(httpapi.CodeMalformedBody, "The body is no signed call of this address.")
}

func unauthenticated() error {
	return access.Refuse(access.CodeUnauthenticated, "This call is not signed with a key of a device.")
}
