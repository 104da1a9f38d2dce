// Package app holds the use cases, one a file: each gathers the facts, asks
// package access what they mean, and stores the answer in one transaction.
//
// It decides nothing itself and talks to the outside through the interfaces in
// ports.go. It imports package access and the standard library.
package app
