package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"latchkey/infra/template"
)

// binary is a program as Lambda gets it.
type binary struct {
	name  string // of its folder
	path  string
	bytes int64
	env   []string
}

// functions lists the functions by the names of their folders.
func functions(root string) ([]string, error) {
	mains, err := filepath.Glob(filepath.Join(root, "functions", "*", "main.go"))
	var names []string
	for _, path := range mains {
		names = append(names, filepath.Base(filepath.Dir(path)))
	}
	slices.Sort(names)
	return names, err
}

// architectures are Lambda's words for this machine's processor.
var architectures = map[string]string{"amd64": "x86_64", "arm64": "arm64"}

// build makes the binary of a folder of the repository with the command by which
// the Makefile makes the functions: it asks make for the command, and puts the
// folder in the place of the function's.
func build(ctx context.Context, root, folder, into string) (binary, error) {
	name := filepath.Base(folder)
	b := binary{name: name, path: filepath.Join(into, name, "bootstrap")}
	if runtime.GOOS != "linux" {
		return b, errors.New("the functions are programs for Linux, and can only be started there")
	}
	ask := exec.CommandContext(ctx, "make", "--no-print-directory", "-n", "build-"+name+"Function",
		"ARTIFACTS_DIR="+filepath.Dir(b.path), "LATCHKEY_ARCH="+architectures[runtime.GOARCH])
	ask.Dir = root
	command, err := ask.Output()
	if err != nil {
		return b, fmt.Errorf("make -n build-%sFunction: %w", name, err)
	}
	text := strings.Replace(string(command), "./functions/"+name, "./"+folder, 1)
	compile := exec.CommandContext(ctx, "sh", "-c", text)
	compile.Dir = root
	if out, err := compile.CombinedOutput(); err != nil {
		return b, fmt.Errorf("%s: %w\n%s", text, err, out)
	}
	info, err := os.Stat(b.path)
	if err != nil {
		return b, err
	}
	b.bytes = info.Size()
	return b, nil
}

// environment is what Lambda and the template give a function, with values that
// the function can start with.
func environment(t template.Template, function string) []string {
	variables := map[string]any{}
	add := func(properties any) {
		p, _ := properties.(map[string]any)
		e, _ := p["Environment"].(map[string]any)
		v, _ := e["Variables"].(map[string]any)
		for name, value := range v {
			variables[name] = value
		}
	}
	add(t.Globals["Function"])
	add(t.Resources[strings.ToUpper(function[:1])+function[1:]+"Function"].Properties)
	env := []string{"AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=bench", "AWS_SECRET_ACCESS_KEY=bench", "AWS_SESSION_TOKEN=bench",
		"AWS_LAMBDA_FUNCTION_NAME=latchkey-" + function, "AWS_LAMBDA_FUNCTION_VERSION=$LATEST"}
	for name, value := range variables {
		env = append(env, name+"="+plausible(t, name, value))
	}
	return env
}

// plausible is a parameter's default, or a value of the right form.
func plausible(t template.Template, name string, value any) string {
	parameter, _ := t.Parameters[template.Name(value)].(map[string]any)
	if text, _ := parameter["Default"].(string); text != "" {
		return text
	}
	switch name {
	case "SENDER", "FIRST_ADMIN_EMAIL":
		return "latchkey@example.com"
	case "PORTAL_URL":
		return "https://latchkey.example.com"
	}
	return "bench"
}

// memory is what the template gives each function, in GB as Lambda bills them.
func memory(t template.Template) (float64, error) {
	globals, _ := t.Globals["Function"].(map[string]any)
	megabytes, ok := globals["MemorySize"].(uint64)
	if !ok {
		return 0, fmt.Errorf("template.yaml: MemorySize is %v", globals["MemorySize"])
	}
	return float64(megabytes) / 1024, nil
}
