package workflow

// The errors below end a task. Lambda reports the name of an error's Go type,
// and the state machines catch that name, so a handler returns them unwrapped.
// Message tells an admin who looks at the execution what happened; it holds ids
// and stable codes only.

// TryAgain says that an outside system did not answer as it should, or that
// another worker holds the entitlement. The machines retry the task; once the
// retries are used up, "Grant access" goes to "Record that the grant failed",
// "End access" to "Hand over to revocation" and "Revoke access" to "Count the
// failed attempt".
type TryAgain struct{ Message string }

func (e TryAgain) Error() string { return e.Message }

// GrantRefused says that the access can never be given. It is not retried:
// "Grant access" goes straight to "Record that the grant failed".
type GrantRefused struct{ Message string }

func (e GrantRefused) Error() string { return e.Message }

// StillHeld says that the access does not end yet, because it was extended
// meanwhile. "End access" catches it and reads the new end.
type StillHeld struct{ Message string }

func (e StillHeld) Error() string { return e.Message }

// Overtaken says that this run has nothing more to do for the request: another
// run, or someone's decision, took over. Every task that acts catches it and
// ends the run.
type Overtaken struct{ Message string }

func (e Overtaken) Error() string { return e.Message }

// ErrorNames lists the names under which the state machines know these errors.
func ErrorNames() []string {
	return []string{"TryAgain", "GrantRefused", "StillHeld", "Overtaken"}
}
