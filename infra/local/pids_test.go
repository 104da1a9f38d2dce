package main

import (
	"os"
	"path/filepath"
	"testing"
)

// sleeper starts a process that ends only when it is made to, and puts it on
// the record of a stack.
func sleeper(t *testing.T) (places, *child, record) {
	t.Helper()
	p := places{state: t.TempDir()}
	c, err := start("sleeper", task{argv: []string{"sleep", "600"}, log: p.log("sleeper")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.stop)
	return p, c, record{Name: "sleeper", PID: c.cmd.Process.Pid, Group: true, Command: "sleep 600"}
}

func TestDownEndsWhatAKilledRunLeft(t *testing.T) {
	p, c, r := sleeper(t)
	if err := writeRecords(p.pidFile(), []record{r}); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(p.stackFile(), []byte("{}")); err != nil {
		t.Fatal(err)
	}
	if err := waitAlive(t, r); err != nil {
		t.Fatal(err)
	}
	if err := down(p); err != nil {
		t.Fatal(err)
	}
	<-c.ended
	if left, _ := filepath.Glob(p.file("*.json")); left != nil {
		t.Errorf("%v was left", left)
	}
}

func TestDownSparesAProcessThatIsNotOurs(t *testing.T) {
	p, c, ours := sleeper(t)
	if err := waitAlive(t, ours); err != nil {
		t.Fatal(err)
	}
	reused := ours
	reused.Command = "emulator.py"
	if err := writeRecords(p.pidFile(), []record{reused}); err != nil {
		t.Fatal(err)
	}
	if err := down(p); err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.ended:
		t.Error("the process was ended")
	default:
	}
}

func TestDownWithoutARunDoesNothing(t *testing.T) {
	if err := down(places{state: t.TempDir()}); err != nil {
		t.Error(err)
	}
}

func TestAProcessKnowsItsOwnCommand(t *testing.T) {
	self := record{PID: os.Getpid(), Command: commandLine(os.Getpid())}
	if !self.alive() {
		t.Errorf("%+v is not alive", self)
	}
	if (record{PID: os.Getpid()}).alive() {
		t.Error("a record without a command counts as alive")
	}
}
