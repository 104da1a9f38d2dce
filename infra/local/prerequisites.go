package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// prerequisite is a program that must be on the PATH.
type prerequisite struct {
	names   []string // the first that is new enough is taken
	version []string // arguments that make it print its version; nil: any will do
	least   version
	later   version // what a newer major number needs at least, if not any will do
	why     string
	tests   bool // only tests need it
}

// version is a major and a minor number.
type version struct{ major, minor int }

func (v version) String() string { return fmt.Sprintf("%d.%d", v.major, v.minor) }

func (v version) less(other version) bool {
	return v.major < other.major || v.major == other.major && v.minor < other.minor
}

var prerequisites = []prerequisite{
	{
		names:   []string{"python3", "python3.14", "python3.13", "python3.12", "python3.11"},
		version: []string{"--version"}, least: version{3, 11},
		why: "for the AWS emulator and SAM",
	},
	{
		names:   []string{"node"},
		version: []string{"--version"}, least: version{20, 19}, later: version{22, 12}, // as Vite has it
		why: "to build the portal, and for the mail inbox",
	},
	{names: []string{"npm"}, why: "to install what the portal is built with, and the mail inbox; it comes with Node.js"},
	{names: []string{"go"}, version: []string{"version"}, least: version{1, 26}, why: "to build the functions"},
	{names: []string{"make"}, why: "through which SAM builds the functions"},
	{
		names: []string{"java"}, version: []string{"-version"}, least: version{17, 0},
		why: "for Amazon's DynamoDB Local in the tests", tests: true,
	},
	{names: []string{"mvn"}, why: "to fetch DynamoDB Local for the tests; it is Apache Maven", tests: true},
	{names: browsers(), why: "for the tests of the portal; CHROMIUM may name it", tests: true},
}

// browsers are the names of Chromium, which infra/browser looks for, too.
func browsers() []string {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return []string{named}
	}
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}
}

// programs are the paths of the prerequisites by their first name.
type programs map[string]string

// findPrograms looks for every prerequisite, of the tests too if they are to be
// run, and reports all that are missing or too old at once.
func findPrograms(ctx context.Context, tests bool) (programs, error) {
	if runtime.GOOS == "windows" {
		return nil, fmt.Errorf("the local stack needs Linux or macOS; on Windows, use WSL")
	}
	found := programs{}
	var problems []string
	for _, p := range prerequisites {
		if p.tests && !tests {
			continue
		}
		path, problem := p.find(ctx)
		if problem != "" {
			problems = append(problems, fmt.Sprintf("  %s (%s)", problem, p.why))
		}
		found[p.names[0]] = path
	}
	if python := found["python3"]; python != "" && exec.CommandContext(ctx, python, "-c", "import ensurepip, venv").Run() != nil {
		problems = append(problems, "  python3 cannot make virtual environments (on Debian and Ubuntu: install python3-venv)")
	}
	if problems != nil {
		return nil, fmt.Errorf("something is missing on this machine:\n%s", strings.Join(problems, "\n"))
	}
	return found, nil
}

// enough tells whether a version will do.
func (p prerequisite) enough(v version) bool {
	return !v.less(p.least) && (v.major == p.least.major || !v.less(p.later))
}

// wanted says which versions will do.
func (p prerequisite) wanted() string {
	if p.later != (version{}) {
		return fmt.Sprintf("%s, or %s or newer", p.least, p.later)
	}
	return fmt.Sprintf("%s or newer", p.least)
}

func (p prerequisite) find(ctx context.Context) (path, problem string) {
	problem = p.names[0] + " is not installed"
	if p.version != nil {
		problem = fmt.Sprintf("%s %s is not installed", p.names[0], p.wanted())
	}
	for _, name := range p.names {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if p.version == nil {
			return path, ""
		}
		text, err := exec.CommandContext(ctx, path, p.version...).CombinedOutput()
		if err != nil {
			continue
		}
		has, ok := parseVersion(string(text))
		if ok && p.enough(has) {
			return path, ""
		}
		if name == p.names[0] && ok {
			problem = fmt.Sprintf("%s is %s; %s is needed", name, has, p.wanted())
		}
	}
	return "", problem
}

var versionNumber = regexp.MustCompile(`(\d+)(?:\.(\d+))?`)

// parseVersion reads the first number of a program's own words, such as
// "Python 3.11.7", "v20.20.2" or `openjdk version "21" 2023-09-19`.
func parseVersion(text string) (version, bool) {
	match := versionNumber.FindStringSubmatch(text)
	if match == nil {
		return version{}, false
	}
	major, _ := strconv.Atoi(match[1])
	minor, _ := strconv.Atoi(match[2]) // 0 if there is none
	return version{major, minor}, true
}
