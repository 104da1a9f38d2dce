package app

import (
	"context"
	"fmt"
	"sync"

	"latchkey/functions/lib/access"
)

// sideBySide is how many requests an errand is at.
const sideBySide = 8

// errand takes a command to many requests. One at which it fails keeps it from
// no other; err says at how many it did.
type errand struct {
	app     *App
	command access.Command
	facts   gather

	mu     sync.Mutex
	failed int
	first  error
}

// reroute settles anew who may decide.
func (a *App) reroute() *errand {
	return &errand{app: a, command: access.Reroute{}, facts: a.byTimer(access.ViaDirectory, true)}
}

// suspend ends what someone asked for and holds.
func (a *App) suspend() *errand {
	return &errand{app: a, command: access.Suspend{}, facts: a.bySystem(access.ViaDirectory)}
}

// withdraw cancels what can no longer be had.
func (a *App) withdraw(code string) *errand {
	return &errand{app: a, command: access.Withdraw{Code: code}, facts: a.bySystem(access.ViaDirectory)}
}

// recall takes back what can no longer be trusted.
func (a *App) recall(code string) *errand {
	return &errand{app: a, command: access.Recall{Code: code}, facts: a.bySystem(access.ViaDirectory)}
}

// to visits requests.
func (e *errand) to(ctx context.Context, ids []access.RequestID) {
	var all sync.WaitGroup
	free := make(chan struct{}, sideBySide)
	for _, id := range ids {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			_, err := e.app.change(ctx, id, e.command, e.facts)
			if err != nil && access.CodeOf(err) != access.CodeNotFound {
				e.fail(fmt.Errorf("%s: %w", id, err))
			}
		})
	}
	all.Wait()
}

// toEach visits those of a list that are wanted, to the list's end or that of the
// context.
func (e *errand) toEach(ctx context.Context, list func(context.Context, Page) ([]access.Request, string, error), wanted func(access.Request) bool) {
	for cursor := ""; ; {
		page, next, err := list(ctx, Page{Limit: 100, Cursor: cursor})
		if err != nil {
			e.fail(err)
			return
		}
		var ids []access.RequestID
		for _, r := range page {
			if wanted(r) {
				ids = append(ids, r.ID)
			}
		}
		e.to(ctx, ids)
		if next == "" {
			return
		}
		cursor = next
	}
}

func (e *errand) fail(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failed++; e.first == nil {
		e.first = err
	}
}

// err is nil if the errand is done.
func (e *errand) err() error {
	if e.failed == 0 {
		return nil
	}
	return fmt.Errorf("%T failed %d times, first at %w", e.command, e.failed, e.first)
}
