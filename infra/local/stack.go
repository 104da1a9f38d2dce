package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"

	"latchkey/infra/local/slack"
	"latchkey/infra/local/status"
)

// The stack's name and place in the emulator.
const (
	stackName = "latchkey"
	region    = "eu-west-1"
	// apiTag pins the API's id, so that its address is known before it is
	// deployed: 8 hexadecimal digits, which the emulator takes as they are.
	apiTag = "a11ce551"
)

// Stack is stack.json: where everything of a running stack is. It is there only
// while the stack is ready to be used.
type Stack struct {
	Portal     string `json:"portal"` // base address for browsers
	API        string `json:"api"`    // base address that scripts use as it is
	Inbox      string `json:"inbox"`  // the page with the mails sent; JSON at /api/email
	Region     string `json:"region"`
	Endpoint   string `json:"endpoint"` // of every AWS API
	Name       string `json:"stack"`
	UserPool   string `json:"user_pool"`
	Client     string `json:"client"`
	Approval   string `json:"approval_machine"`   // ARN
	Revocation string `json:"revocation_machine"` // ARN

	// Function names.
	Approvals   string `json:"approvals"`
	Provisioner string `json:"provisioner"`
	Sweeper     string `json:"sweeper"`

	AlarmTopic string   `json:"alarm_topic"` // ARN
	Webhooks   Webhooks `json:"webhooks"`
	Slack      Slack    `json:"slack"`

	Tables map[string]string `json:"tables"` // requests, entitlements, directory, catalog
	People []Login           `json:"people"`
}

// Login is a demo person who can sign in.
type Login struct {
	ID       string `json:"id"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

func newStack(p ports) Stack {
	endpoint := "http://" + address(p.Emulator)
	return Stack{
		Portal: fmt.Sprintf("http://%s.execute-api.localhost:%d", apiTag, p.Emulator),
		// Few programs but browsers resolve names under localhost.
		API:      fmt.Sprintf("%s/_aws/execute-api/%s/$default", endpoint, apiTag),
		Inbox:    "http://" + address(p.Inbox),
		Region:   region,
		Endpoint: endpoint,
		Name:     stackName,
		Webhooks: Webhooks{
			URL:     "https://" + address(p.Webhooks),
			Secret:  webhookSecret,
			Control: "http://" + address(p.Control),
		},
		Slack: Slack{
			URL:     "http://" + address(p.Slack),
			Control: "http://" + address(p.Slack) + "/control",
			Team:    slack.Team,
		},
	}
}

// parameters are the template's, for one machine.
func (s Stack) parameters() []string {
	return []string{
		"Architecture=" + architecture(),
		"ApiTag=" + apiTag,
		"Sender=latchkey@example.com",
		"FirstAdminEmail=eli@example.com",
		"AlarmEmail=alarms@example.com",
		"PortalUrl=" + s.Portal,
		"MinimumDuration=PT1S",
		"DriftEvery=PT10S",
		"Pace=fast",
		"WebhookPrivateNetwork=true",
		"SlackUrl=" + s.Slack.URL,
		"Protect=false",
	}
}

// architecture is this machine's in the words of AWS Lambda: the emulator runs
// the functions' binaries as they are.
func architecture() string {
	if runtime.GOARCH == "amd64" {
		return "x86_64"
	}
	return runtime.GOARCH
}

// describe takes what the deployed stack says about itself.
func (s *Stack) describe(outputs map[string]string) error {
	s.Tables = map[string]string{}
	var missing []string
	take := func(output string) string {
		value := outputs[output]
		if value == "" {
			missing = append(missing, output)
		}
		return value
	}
	s.UserPool = take("UserPoolId")
	s.Client = take("UserPoolClientId")
	s.Approval = take("ApprovalMachineArn")
	s.Revocation = take("RevocationMachineArn")
	s.Approvals = take("ApprovalsFunctionName")
	s.Provisioner = take("ProvisionerFunctionName")
	s.Sweeper = take("SweeperFunctionName")
	s.AlarmTopic = take("AlarmTopicArn")
	s.Tables["requests"] = take("RequestsTable")
	s.Tables["entitlements"] = take("EntitlementsTable")
	s.Tables["directory"] = take("DirectoryTable")
	s.Tables["catalog"] = take("CatalogTable")
	if missing != nil {
		return fmt.Errorf("the stack lacks the outputs %v", missing)
	}
	if id := outputs["ApiId"]; id != apiTag {
		return fmt.Errorf("the API's id is %q, not %s as its tag wants", id, apiTag)
	}
	return nil
}

// printStatus says what the stack of a stack.json is busy with.
func printStatus(ctx context.Context, file string) error {
	s, err := readStack(file)
	if err != nil {
		return err
	}
	fmt.Println(status.Report(ctx, s.config(), s.Approval, s.Revocation))
	return nil
}

func (s Stack) write(file string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(file, append(text, '\n'))
}

func readStack(file string) (Stack, error) {
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return Stack{}, fmt.Errorf("no stack is running (%s is not there); make run starts one", file)
	}
	if err != nil {
		return Stack{}, err
	}
	var s Stack
	if err := json.Unmarshal(text, &s); err != nil {
		return Stack{}, fmt.Errorf("cannot read %s: %w", file, err)
	}
	return s, nil
}
