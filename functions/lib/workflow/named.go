package workflow

import (
	"errors"

	"latchkey/functions/lib/app"
)

// Named turns a use case's answer into the error that the state machines catch.
// Everything else stays as it is, and is an unknown error to them.
func Named(err error) error {
	switch {
	case errors.Is(err, app.ErrTryAgain):
		return TryAgain{"a passing failure"}
	case errors.Is(err, app.ErrGrantRefused):
		return GrantRefused{"the connector refused"}
	case errors.Is(err, app.ErrStillHeld):
		return StillHeld{"the access does not end yet"}
	case errors.Is(err, app.ErrOvertaken):
		return Overtaken{"nothing more to do for this run"}
	}
	return err
}
