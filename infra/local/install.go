package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
)

// tool is something that is installed once under .local/tools. Its stamp names
// what it was installed from; while that stays the same, it is left alone.
type tool struct {
	name    string
	dir     string
	inputs  []string // the files that say what is installed
	runtime string   // the interpreter it belongs to
	steps   [][]string
}

func toolset(p places, found programs) []tool {
	environment := func(name, label string) tool {
		requirements := p.source("tools", name+"-requirements.txt")
		dir := p.tool(name)
		return tool{
			name: label, dir: dir, inputs: []string{requirements}, runtime: found["python3"],
			steps: [][]string{
				{found["python3"], "-m", "venv", dir},
				{filepath.Join(dir, "bin", "pip"), "install", "--disable-pip-version-check", "--no-input", "-r", requirements},
			},
		}
	}
	manifest, lock := p.source("tools", "package.json"), p.source("tools", "package-lock.json")
	node := p.tool("node")
	return []tool{
		environment("emulator", "AWS emulator"),
		environment("sam", "SAM CLI"),
		{
			name: "mail inbox", dir: node, inputs: []string{manifest, lock}, runtime: found["node"],
			steps: [][]string{
				{"cp", manifest, lock, node},
				{found["npm"], "ci", "--prefix", node, "--no-audit", "--no-fund"},
			},
		},
	}
}

// setup checks the prerequisites and installs what is missing, side by side.
func setup(ctx context.Context, p places, tests bool) (programs, error) {
	found, err := findPrograms(ctx, tests)
	if err != nil {
		return nil, err
	}
	// A second run or exec waits here while a first one installs.
	unlock, err := waitForLock(ctx, p.tool("lock"))
	if err != nil {
		return nil, err
	}
	defer unlock()

	work, ctx := errgroup.WithContext(ctx)
	for _, t := range toolset(p, found) {
		stamp, err := t.stamp()
		if err != nil {
			return nil, err
		}
		if t.installed(stamp) {
			continue
		}
		say("Installing the %s (once)", t.name)
		work.Go(func() error { return t.install(ctx, stamp) })
	}
	return found, work.Wait()
}

func (t tool) stampFile() string { return filepath.Join(t.dir, ".stamp") }
func (t tool) logFile() string   { return t.dir + ".log" }

// stamp digests what the tool is made from. The directory counts, because the
// scripts of a virtual environment name it: a moved clone installs anew.
func (t tool) stamp() (string, error) {
	digest := sha256.New()
	fmt.Fprintf(digest, "%s\n%s\n", t.dir, t.runtime)
	for _, input := range t.inputs {
		text, err := os.ReadFile(input)
		if err != nil {
			return "", err
		}
		digest.Write(text)
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

func (t tool) installed(stamp string) bool {
	text, err := os.ReadFile(t.stampFile())
	return err == nil && string(text) == stamp
}

// install replaces what is there. The stamp comes last: an installation that
// was cut short is not taken for one.
func (t tool) install(ctx context.Context, stamp string) error {
	began := time.Now()
	if err := os.RemoveAll(t.dir); err != nil {
		return err
	}
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return err
	}
	for _, step := range t.steps {
		if err := runLogged(ctx, task{argv: step, log: t.logFile(), env: os.Environ()}); err != nil {
			return fmt.Errorf("cannot install the %s: %w", t.name, err)
		}
	}
	say("Installed the %s in %s", t.name, time.Since(began).Round(time.Second))
	return writeFile(t.stampFile(), []byte(stamp))
}
