package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// places says where things are kept.
type places struct {
	root  string // the repository
	tools string // installed once, shared by every stack
	state string // what belongs to one running stack
}

func mainPlaces(root string) places {
	local := filepath.Join(root, ".local")
	return places{root: root, tools: filepath.Join(local, "tools"), state: local}
}

func testPlaces(root string) places {
	p := mainPlaces(root)
	p.state = filepath.Join(p.state, "test")
	return p
}

func (p places) source(name ...string) string {
	return filepath.Join(append([]string{p.root, "infra", "local"}, name...)...)
}

func (p places) tool(name ...string) string {
	return filepath.Join(append([]string{p.tools}, name...)...)
}

func (p places) file(name string) string { return filepath.Join(p.state, name) }

func (p places) stackFile() string { return p.file("stack.json") }
func (p places) pidFile() string   { return p.file("pids.json") }
func (p places) portFile() string  { return p.file("ports.json") }
func (p places) lockFile() string  { return p.file("lock") }
func (p places) buildLock() string { return p.tool("build.lock") }
func (p places) mails() string     { return p.file("mails") }
func (p places) pages() string     { return p.file("pages") }
func (p places) roots() string     { return p.file("roots.pem") }
func (p places) build() string     { return p.file("sam/build") } // SAM writes beside it, too

// scratch is the home and temporary directory of the emulator and the Lambdas
// in it, so that they see nothing of the user's own configuration.
func (p places) scratch() string { return p.file("scratch") }

func (p places) log(name string) string {
	return filepath.Join(p.state, "logs", name+".log")
}

// repository is the directory of this module's go.mod, at or above the working
// directory.
func repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module latchkey\n") {
			return dir, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("run this inside the repository of Latchkey")
		}
		dir = filepath.Dir(dir)
	}
}

// writeFile replaces a file at once, readable by its owner only.
func writeFile(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(next.Name()) // gone already after the rename
	if _, err := next.Write(text); err != nil {
		next.Close()
		return err
	}
	if err := next.Close(); err != nil {
		return err
	}
	if err := os.Rename(next.Name(), path); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}
