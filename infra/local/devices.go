package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
)

// startAgents gives every device of the demo company an agent, which says what it
// would do on a machine and does nothing on this one.
func (r *running) startAgents(ctx context.Context, admin loader, company demo) error {
	p := r.places
	program := filepath.Join(p.scratch(), "agent")
	build := task{argv: []string{"go", "build", "-o", program, "./infra/agent"}, dir: p.root, log: p.log("agent")}
	if err := runLogged(ctx, build); err != nil {
		return err
	}
	for _, device := range company.Devices {
		folder := filepath.Join(p.scratch(), device.ID)
		if err := r.enrol(ctx, admin, program, folder, device.ID); err != nil {
			return fmt.Errorf("cannot enrol %s: %w", device.ID, err)
		}
		agent := task{argv: []string{program, "run", "-state", folder}, env: []string{"HOME=" + p.scratch()}, log: p.log(device.ID)}
		if _, err := r.adopt(start(device.ID, agent)); err != nil {
			return err
		}
	}
	return nil
}

// enrol does what an admin and then the owner of a device do.
func (r *running) enrol(ctx context.Context, admin loader, program, folder, device string) error {
	answer, err := admin.call(ctx, http.MethodPost, "/v1/admin/devices/"+device+"/enrolment", nil, nil)
	if err == nil {
		err = answer.want(http.StatusCreated)
	}
	if err != nil {
		return err
	}
	var invitation struct{ Token string }
	if err := json.Unmarshal(answer.body, &invitation); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program, "enrol", "-state", folder, "-server", r.Portal, "-device", device)
	cmd.Env = []string{"HOME=" + r.places.scratch()}
	cmd.Stdin = strings.NewReader(invitation.Token + "\n")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, text)
	}
	return nil
}
