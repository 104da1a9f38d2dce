package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"latchkey/infra/template"
)

// printLife measures a life and prices it.
func printLife(ctx context.Context, out io.Writer) error {
	root, err := template.Root()
	if err != nil {
		return err
	}
	t, err := template.Load()
	if err != nil {
		return err
	}
	gigabytes, err := memory(t)
	if err != nil {
		return err
	}
	c, err := newCompany(ctx)
	if err != nil {
		return err
	}
	for _, do := range []func() error{c.settleIn, c.live, c.sweep} {
		if err := do(); err != nil {
			return err
		}
	}
	without := c.usage(gigabytes, c.api, c.approvals, c.provisioner, c.relay)
	without.transitions, without.calls = len(c.execution.entered), c.api.invocations
	with := c.usage(gigabytes, c.api, c.approvals, c.provisioner, c.relay, c.courier)
	with.transitions, with.calls = without.transitions, without.calls
	with.queueRequests, with.mails = c.queue.requests, c.post.mails

	fmt.Fprintln(out, "A whole life: asked for with an Idempotency-Key, approved by the manager, held, ended on time")
	fmt.Fprintln(out)
	printUsage(out, c, without, with)
	fmt.Fprintf(out, "\n%d state transitions (goal %d: %s): %s\n%s\n\n", without.transitions, mostTransitions,
		verdict(float64(without.transitions), mostTransitions), strings.Join(c.execution.entered, ", "), onStack(ctx, root))
	printBill(out, without.bill(), with.bill())
	fmt.Fprintf(out, "\nAssumed: %g ms billed for an invocation, of %g MB; %g bytes of logs.\n", billed*1000, gigabytes*1024, logged*1e9)
	fmt.Fprintln(out, "Not counted: what people look at, storage, backups, the pool of users, data sent to the internet, alarms, polling the queue.")
	sweep := c.usage(gigabytes, c.sweeper)
	fmt.Fprintf(out, "Besides, a sweep that finds nothing reads %g units; one each minute costs $%.2f a month.\n",
		sweep.read, total(sweep.bill())*60*24*365/12)
	return nil
}

func printUsage(out io.Writer, c *company, without, with usage) {
	row := func(what string, u usage, note string) {
		fmt.Fprintf(out, "%-14s %11d %12.1f %11.1f%s\n", what, u.invocations, u.write, u.read, note)
	}
	fmt.Fprintf(out, "%-14s %11s %12s %11s\n", "", "invocations", "write units", "read units")
	row("api", c.usage(0, c.api), "")
	row("approvals", c.usage(0, c.approvals), "")
	row("provisioner", c.usage(0, c.provisioner), "")
	row("relay", c.usage(0, c.relay), "")
	row("without email", without, fmt.Sprintf("   goal %d write units: %s", mostWriteUnits, verdict(without.write, mostWriteUnits)))
	row("courier", c.usage(0, c.courier), "")
	row("with email", with, "")
}

// printBill prints two bills side by side, for 1,000 lives.
func printBill(out io.Writer, without, with []line) {
	least, most := total(without), total(with)
	fmt.Fprintf(out, "%-20s %25s %26s\n", "1,000 lives", "without email", "with email")
	for i, l := range without {
		fmt.Fprintf(out, "%-20s %9.0f  $%.4f %3.0f %% %10.0f  $%.4f %3.0f %%\n", l.what,
			l.count*1000, l.price*1000, 100*l.price/least, with[i].count*1000, with[i].price*1000, 100*with[i].price/most)
	}
	fmt.Fprintf(out, "%-20s %9s  $%.4f %16s  $%.4f\n", "in us-east-1", "", least*1000, "", most*1000)
	fmt.Fprintf(out, "goal $%.2f without email: %s\n", mostPrice, verdict(least*1000, mostPrice))
}
