// Package channels holds the tests that say that every way to decide is the same:
// the portal's API, Slack, mail and an admin's override meet the same rule and the
// same words.
package channels
