// Package chat speaks to people in Slack: a request's card in their direct
// messages, the modals in which they decide, ask and are asked, and their Home.
//
// A Renderer makes them of what app gathers, and reads nothing; a Client sends
// them; a Messenger is app.Messenger with both. The words of notices are those of
// mail, which whoever makes a Renderer passes in. Everything that is said has a
// sample (samples.go, preview.go) and a golden file in testdata, checked against
// the limits that Slack documents and against the local stack's workspace; see
// README.md for pictures.
//
// It imports access, app, slack-go and the SDK. What people typed is shown as
// plain text. No token and no text of a message stands in its errors.
package chat
