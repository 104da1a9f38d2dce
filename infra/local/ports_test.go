package main

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

func TestPortsStayFromRunToRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ports.json")
	first := mustChoose(t, file)
	given := map[int]bool{}
	for _, port := range []int{first.Emulator, first.Inbox, first.SMTP, first.Webhooks, first.Control, first.Slack} {
		if given[port] {
			t.Errorf("a port was given out twice: %+v", first)
		}
		given[port] = true
	}
	if second := mustChoose(t, file); second != first {
		t.Errorf("the ports changed from %+v to %+v", first, second)
	}
}

func TestOnlyATakenPortChanges(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ports.json")
	first := mustChoose(t, file)
	taken, err := net.Listen("tcp", address(first.Inbox))
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	second := mustChoose(t, file)
	if second.Inbox == first.Inbox {
		t.Errorf("port %d was chosen although it is taken", first.Inbox)
	}
	if second.Emulator != first.Emulator || second.SMTP != first.SMTP {
		t.Errorf("free ports changed from %+v to %+v", first, second)
	}
}

func TestAnUnreadablePortFileIsAsGoodAsNone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ports.json")
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if chosen := mustChoose(t, file); chosen.Emulator == 0 || chosen.Inbox == 0 || chosen.SMTP == 0 || chosen.Webhooks == 0 || chosen.Control == 0 || chosen.Slack == 0 {
		t.Errorf("not all ports were chosen: %+v", chosen)
	}
}

func mustChoose(t *testing.T, file string) ports {
	t.Helper()
	p, err := choosePorts(file)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
