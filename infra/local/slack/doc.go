// Package slack is a Slack workspace for one machine: the demo company's, with
// Latchkey installed in it. It speaks what Latchkey uses of Slack's Web API,
// sends the app what Slack sends, enforces the limits that Slack documents, and
// shows a page on which one can be any of its people. See README.md beside this
// file for what it does not do.
//
//	/api/METHOD                     the Web API, for the app
//	/openid/connect/…               Sign in with Slack
//	/respond/…                      response_url
//	/control/…                      for tests, see Control and Client
//	/                               the page
//
// Sources: https://docs.slack.dev/reference (methods, events, interaction
// payloads, Block Kit), https://docs.slack.dev/apis/web-api/rate-limits,
// https://docs.slack.dev/authentication/verifying-requests-from-slack,
// https://docs.slack.dev/authentication/sign-in-with-slack.
package slack
