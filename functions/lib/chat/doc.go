// Package chat speaks to people in Slack: a request's card in their direct
// messages, the modals in which they decide, ask and are asked, and their Home.
//
// It imports access, app, slack-go and the SDK. What people typed is shown as
// plain text. No token and no text of a message stands in its errors.
package chat
