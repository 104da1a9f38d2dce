package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
)

// The emulator's own account takes any password.
const accessKey, secretKey = "test", "test"

// toolEnvironment is the environment of SAM: the user's, without anything that
// could lead it to a real AWS account.
func (s Stack) toolEnvironment(p places) []string {
	var env []string
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "AWS_") && !strings.HasPrefix(entry, "SAM_CLI_") {
			env = append(env, entry)
		}
	}
	return append(env,
		"AWS_ENDPOINT_URL="+s.Endpoint,
		"AWS_DEFAULT_REGION="+s.Region,
		"AWS_ACCESS_KEY_ID="+accessKey,
		"AWS_SECRET_ACCESS_KEY="+secretKey,
		"AWS_CONFIG_FILE="+os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE="+os.DevNull,
		"AWS_EC2_METADATA_DISABLED=true",
		"SAM_CLI_TELEMETRY=0",
		"LATCHKEY_ARCH="+architecture(),
		// Where SAM would keep notes about this user.
		"__SAM_CLI_APP_DIR="+p.scratch(),
	)
}

func (s Stack) sam(ctx context.Context, p places, command string, args ...string) error {
	log := p.log("sam-" + command)
	if err := os.Remove(log); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return runLogged(ctx, task{
		argv: append([]string{p.tool("sam", "bin", "sam"), command}, args...),
		dir:  p.root,
		env:  s.toolEnvironment(p),
		log:  log,
	})
}

// buildFunctions builds what is deployed, into the state's own directory. Stacks
// build one after the other: the web app is built into one folder for all, from
// which the portal's function takes it.
func buildFunctions(ctx context.Context, p places, s Stack) error {
	unlock, err := waitForLock(ctx, p.buildLock())
	if err != nil {
		return err
	}
	defer unlock()
	// First all of them at once, which SAM would have built one by one.
	if err := makeFunctions(ctx, p, s); err != nil {
		return err
	}
	return s.sam(ctx, p, "build", "--parallel", "--build-in-source",
		"--template-file", filepath.Join(p.root, "template.yaml"),
		"--build-dir", p.build(),
		"--parameter-overrides", "Architecture="+architecture())
}

// makeFunctions makes the functions' binaries, in the folder from which SAM's
// targets copy them. Settings are variables of make: FUNCTIONS=api makes one.
func makeFunctions(ctx context.Context, p places, s Stack, settings ...string) error {
	log := p.log("functions")
	if err := os.Remove(log); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return runLogged(ctx, task{argv: append([]string{"make", "--no-print-directory", "functions"}, settings...),
		dir: p.root, env: s.toolEnvironment(p), log: log})
}

// deploy deploys the template to the emulator and takes down what the stack
// says about itself.
func deploy(ctx context.Context, p places, s *Stack) error {
	args := []string{
		"--template-file", filepath.Join(p.build(), "template.yaml"),
		"--stack-name", s.Name, "--region", s.Region, "--resolve-s3",
		"--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND",
		"--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar",
		"--parameter-overrides",
	}
	if err := s.sam(ctx, p, "deploy", append(args, s.parameters()...)...); err != nil {
		return err
	}
	described, err := cloudformation.NewFromConfig(s.config()).DescribeStacks(ctx,
		&cloudformation.DescribeStacksInput{StackName: aws.String(s.Name)})
	if err != nil {
		return err
	}
	if len(described.Stacks) != 1 {
		return fmt.Errorf("the emulator has %d stacks named %s", len(described.Stacks), s.Name)
	}
	outputs := map[string]string{}
	for _, output := range described.Stacks[0].Outputs {
		outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
	}
	return s.describe(outputs)
}

// config is for clients of the emulator.
func (s Stack) config() aws.Config {
	return aws.Config{
		Region:       s.Region,
		BaseEndpoint: aws.String(s.Endpoint),
		Credentials:  credentials.NewStaticCredentialsProvider(accessKey, secretKey, ""),
	}
}
