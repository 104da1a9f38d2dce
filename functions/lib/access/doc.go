// Package access is the domain: what a request for access is, who decides it,
// and how it comes to its end.
//
// Everything that Latchkey decides is decided here, and only here. A caller
// loads a [Request] and the [Facts] about it, asks
//
//	events, err := request.Handle(command, facts, now)
//
// and stores the events together with the request they lead to, in one
// transaction. Portal, Slack, email, timers, the sweeper and administrators
// all come through Handle, so all of them meet the same rules and the same
// words.
//
// The package is pure. It reads no clock, makes no identifier, does no I/O and
// imports nothing but the standard library; times and randomness are passed in.
// Times are UTC and whole milliseconds.
package access
