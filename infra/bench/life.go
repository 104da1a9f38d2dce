package main

import (
	"fmt"

	"latchkey/functions/lib/access"
	"latchkey/functions/lib/httpapi/gateway/gatewaytest"
)

// live lets one request live: Ana asks with an Idempotency-Key, Ben, her
// manager, approves, the access is given, held until its end and taken away. All
// the while the relay passes each event on, and the courier writes about it.
func (c *company) live() error {
	var asked struct {
		ID access.RequestID `json:"id"`
	}
	const submission = `{"resource_id": "staging", "reason": "Try the new sign-in before the release, LK-412"}`
	key := gatewaytest.WithHeader("Idempotency-Key", "3f6c7a52-9f0b-4d8e-8a53-6f1f0a2f9a11")
	if err := c.calls("ana", "POST", "/v1/requests", submission, &asked, key); err != nil {
		return err
	}
	relayed := 0
	if err := c.goOn(asked.ID, &relayed); err != nil {
		return err
	}
	if err := c.calls("ben", "POST", "/v1/requests/"+string(asked.ID)+"/decisions", `{"decision": "approve"}`, &asked); err != nil {
		return err
	}
	if err := c.goOn(asked.ID, &relayed); err != nil {
		return err
	}
	stored, err := c.stored.Requests.Load(c.ctx, asked.ID)
	if err != nil {
		return err
	}
	if stored.EndReason != access.EndExpired || stored.Status != access.Ended || c.execution.state != "" {
		return fmt.Errorf("the request is %s (%s), and its run is in %q", stored.Status, stored.EndReason, c.execution.state)
	}
	return nil
}

// goOn lets the run go on until it waits for someone, relays the events that are
// new and delivers the mails. Relay and courier are invoked for each alone; on
// AWS, what comes at the same time shares an invocation.
func (c *company) goOn(id access.RequestID, relayed *int) error {
	if err := c.execution.run(); err != nil {
		return err
	}
	stored, err := c.stored.Requests.Load(c.ctx, id)
	if err != nil {
		return err
	}
	for *relayed < stored.Version {
		*relayed++
		if err := c.relay.invoke(func() error { return c.relay.Relay(c.ctx, id, *relayed) }); err != nil {
			return err
		}
	}
	for _, m := range c.queue.take() {
		if err := c.courier.invoke(func() error { return c.courier.Deliver(c.ctx, m) }); err != nil {
			return err
		}
	}
	return nil
}

// sweep lets the sweeper find nothing to do.
func (c *company) sweep() error {
	return c.sweeper.invoke(func() error {
		found, err := c.sweeper.Sweep(c.ctx)
		if err == nil && found > 0 {
			err = fmt.Errorf("the sweeper found %d requests", found)
		}
		if err != nil {
			return err
		}
		_, err = c.sweeper.AskForChecks(c.ctx)
		return err
	})
}

// usage adds up what functions did.
func (c *company) usage(memory float64, functions ...*function) usage {
	u := usage{memory: memory}
	for _, f := range functions {
		u.invocations += f.invocations
		u.write += f.used.Write
		u.read += f.used.Read
	}
	return u
}
