// Package faults kills every function of Latchkey between any two of its calls,
// and stops every run of the state machines in any of its states: the promise
// "Killed at any write: no grant without an armed end, nothing wanted is lost".
//
// Its tests are a small world on a clock of its own: the use cases as each
// function has them, the stores over package memory, the two state machines as
// they are deployed, the streams, the queue, the sweeper's schedule, people who
// act, and a connector that remembers who had access when. Each scenario is
// played once without a fault, which numbers the calls; then once for each call
// and each fault that can happen to it.
package faults
