package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shadow puts getent and gpasswd into the path that work on a group file of the
// test's own, and note how they are called.
func shadow(t *testing.T) (file, notes string) {
	t.Helper()
	folder := t.TempDir()
	file, notes = filepath.Join(folder, "group"), filepath.Join(folder, "notes")
	for name, script := range map[string]string{
		"getent": `grep "^$2:" "$FILE" || exit 2`,
		"gpasswd": `echo "$@" >> "$NOTES"
[ "$2" = nobody-here ] && { echo "gpasswd: user '$2' does not exist" >&2; exit 3; }
case $1 in
--add) sed -i "/^$3:/ s/\$/,$2/; s/:,/:/" "$FILE";;
--delete) sed -i "/^$3:/ s/\b$2\b//; s/,,/,/; s/,\$//; s/:,/:/" "$FILE";;
esac`,
	} {
		text := "#!/bin/sh\nFILE='" + file + "' NOTES='" + notes + "'\n" + script + "\n"
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(file, []byte("adm:x:4:\nsudo:x:27:eli\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	return file, notes
}

func TestMembershipOfTheGroup(t *testing.T) {
	file, notes := shadow(t)
	sudo := Group{"sudo"}
	is := func(account string, want bool) {
		t.Helper()
		if has, err := sudo.Has(account); err != nil || has != want {
			t.Fatalf("%s is a member: %t, %v", account, has, err)
		}
	}
	is("eli", true)
	is("el", false)
	is("ana", false)
	if err := sudo.Give("ana"); err != nil {
		t.Fatal(err)
	}
	is("ana", true)
	for range 2 { // what is gone is not taken again
		if err := sudo.Take("ana"); err != nil {
			t.Fatal(err)
		}
		is("ana", false)
	}
	is("eli", true)
	if err := sudo.Give("nobody-here"); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("nobody was added: %v", err)
	}
	if _, err := (Group{"wheel"}).Has("ana"); err == nil {
		t.Error("a group that is not there has nobody")
	}
	called, _ := os.ReadFile(notes)
	if want := "--add ana sudo\n--delete ana sudo\n--add nobody-here sudo\n"; string(called) != want {
		t.Errorf("called\n%s", called)
	}
	text, _ := os.ReadFile(file)
	if string(text) != "adm:x:4:\nsudo:x:27:eli\n" {
		t.Errorf("left\n%s", text)
	}
}
