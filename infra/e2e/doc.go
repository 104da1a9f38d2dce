// Package e2e tests a running stack from outside: through its HTTP API with the
// tokens of people who signed in, through the inbox, and through the AWS APIs
// as the account's administrator has them.
//
// LATCHKEY_STACK names the stack.json of the stack; without it the tests are
// skipped. Each story brings its own people, group, resource and flow, of ids
// that no other story has. So stories run side by side, and again on the same
// stack; what they leave behind disturbs nobody and shows what happened.
//
// The stories import the contract's types and never the domain: promises are
// checked by what the contract says, not by the code that keeps them. The store
// tests alone reach for the tables.
package e2e
