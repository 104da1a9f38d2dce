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
	name  string
	path  string
	bytes int64
	env   []string
}

// functions lists the functions of the template as the Makefile names them: the
// Api of ApiFunction.
func functions(t template.Template) []string {
	var names []string
	for id := range t.OfType("AWS::Serverless::Function") {
		names = append(names, strings.TrimSuffix(id, "Function"))
	}
	slices.Sort(names)
	return names
}

// bareFolder has the least that a main can be, and no function.
const bareFolder = "infra/bench/bare"

// architectures are Lambda's words for this machine's processor.
var architectures = map[string]string{"amd64": "x86_64", "arm64": "arm64"}

// build makes the functions and the bare main, with the command by which they are
// made for Lambda, and puts each into a folder under its name.
func build(ctx context.Context, root, into string) error {
	if runtime.GOOS != "linux" {
		return errors.New("the functions are programs for Linux, and can only be started there")
	}
	compile := exec.CommandContext(ctx, "make", "--no-print-directory", "functions",
		"BUILT="+into, "BESIDES=./"+bareFolder, "LATCHKEY_ARCH="+architectures[runtime.GOARCH])
	compile.Dir = root
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("make functions: %w\n%s", err, out)
	}
	return nil
}

// built gives a binary that build made.
func built(into, function string) (binary, error) {
	b := binary{name: strings.ToLower(function)}
	b.path = filepath.Join(into, b.name)
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
	add(t.Resources[function+"Function"].Properties)
	env := []string{"AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=bench", "AWS_SECRET_ACCESS_KEY=bench", "AWS_SESSION_TOKEN=bench",
		"AWS_LAMBDA_FUNCTION_NAME=latchkey-" + strings.ToLower(function), "AWS_LAMBDA_FUNCTION_VERSION=$LATEST"}
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
