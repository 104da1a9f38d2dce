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

// build makes a binary with the command by which the Makefile makes the
// functions. From another folder than a function's, it is put in the place of
// that in the command.
func build(ctx context.Context, root, function, folder, into string) (binary, error) {
	name := strings.ToLower(function)
	b := binary{name: name, path: filepath.Join(into, name, "bootstrap")}
	if runtime.GOOS != "linux" {
		return b, errors.New("the functions are programs for Linux, and can only be started there")
	}
	ask := exec.CommandContext(ctx, "make", "--no-print-directory", "-n", "build-"+function+"Function",
		"ARTIFACTS_DIR="+filepath.Dir(b.path), "LATCHKEY_ARCH="+architectures[runtime.GOARCH])
	ask.Dir = root
	command, err := ask.Output()
	if err != nil {
		return b, fmt.Errorf("make -n build-%sFunction: %w", function, err)
	}
	text := string(command)
	if folder != "" {
		text = strings.Replace(text, "./functions/"+name, "./"+folder, 1)
	}
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
