// Package inbound answers what Slack sends: interactions (buttons and modals),
// the command /access, and events.
//
// A call changes nothing unless Slack signed it for this company's workspace less
// than five minutes ago, and it was not seen before. It is answered before Slack
// gives up on it, after three seconds, and nothing goes on after the answer. Who
// acts is the person linked to the Slack user; what they may do is decided by
// access, in the words of the portal. What a call says of a request, its version
// or its message is a hint: all of it is read again.
//
// It imports access, app, chat and slack-go. Bodies, signatures, trigger ids,
// response URLs and what people typed stand in no log and in no error.
package inbound
