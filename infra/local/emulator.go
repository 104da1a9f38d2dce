package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

// startInbox starts the mail inbox. It is ready when its list can be read.
func startInbox(p places, found programs, listen ports) (*child, error) {
	return start("mail inbox", task{
		argv: []string{
			found["node"], p.tool("node", "node_modules", "maildev", "dist", "bin", "maildev.js"),
			"--ip", "127.0.0.1", "--smtp", strconv.Itoa(listen.SMTP),
			"--web-ip", "127.0.0.1", "--web", strconv.Itoa(listen.Inbox),
			"--silent",
		},
		env: []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.scratch(), "TMPDIR=" + p.scratch()},
		log: p.log("inbox"),
	})
}

// lambdasAtOnce is how many invocations keep one processor, the emulator's,
// busy; more of them only wait for each other.
const lambdasAtOnce = 6

// startEmulator starts the AWS emulator with an environment made from nothing,
// because the Lambdas in it inherit it.
func startEmulator(p places, listen ports) (*child, error) {
	return start("AWS emulator", task{
		argv: []string{p.tool("emulator", "bin", "python"), p.source("emulator", "emulator.py")},
		dir:  p.scratch(),
		env: []string{
			"PATH=" + os.Getenv("PATH"),
			"HOME=" + p.scratch(),
			"TMPDIR=" + p.scratch(),
			"PYTHONDONTWRITEBYTECODE=1",
			"BIND_HOST=127.0.0.1",
			"GATEWAY_PORT=" + strconv.Itoa(listen.Emulator),
			"MINISTACK_HOST=localhost",
			"MINISTACK_REGION=" + region,
			"MINISTACK_FAST_LOGS=1",
			"AWS_ENDPOINT_URL=http://" + address(listen.Emulator),
			"AUTH=true", // IAM policies are enforced
			"SMTP_HOST=" + address(listen.SMTP),
			"SSL_CERT_FILE=" + p.roots(), // whom the Lambdas trust
			"LAMBDA_ASYNC_RETRY_BASE_SECONDS=1",
			"LAMBDAS_AT_ONCE=" + strconv.Itoa(lambdasAtOnce),
			// Both would listen on every interface.
			"SFTP_ENABLED=0",
			"IOT_MTLS_ENABLED=0",
		},
		log: p.log("emulator"),
	})
}

// waitReady waits until a child answers at an address with 200.
func waitReady(ctx context.Context, c *child, url string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, time.Minute, fmt.Errorf("the %s does not become ready", c.name))
	defer cancel()
	ctx, ended := context.WithCancelCause(ctx)
	defer ended(nil)
	go func() {
		select {
		case <-c.ended:
			ended(c.died())
		case <-ctx.Done():
		}
	}()
	return poll(ctx, func() error {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", url, response.Status)
		}
		return nil
	})
}
