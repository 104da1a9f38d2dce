package template_test

import (
	"fmt"
	"strings"
	"testing"

	"latchkey/infra/template"
)

func TestDataOutlivesTheStack(t *testing.T) {
	tables := load(t).OfType("AWS::DynamoDB::Table")
	if len(tables) != 4 {
		t.Fatalf("%d tables, want 4", len(tables))
	}
	for name, table := range tables {
		for what, got := range map[string]any{
			"point-in-time recovery": at(table.Properties, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
			"encryption":             at(table.Properties, "SSESpecification", "SSEEnabled"),
		} {
			if got != true {
				t.Errorf("%s: no %s", name, what)
			}
		}
		if got := fmt.Sprint(at(table.Properties, "DeletionProtectionEnabled")); got != "map[Fn::If:[Protected true false]]" {
			t.Errorf("%s: deletion protection is %s", name, got)
		}
		for _, policy := range []string{"DeletionPolicy", "UpdateReplacePolicy"} {
			if table.Attributes[policy] != "Retain" {
				t.Errorf("%s: %s is %v", name, policy, table.Attributes[policy])
			}
		}
	}
	if load(t).Parameters["Protect"].(map[string]any)["Default"] != "true" {
		t.Error("tables are not protected by default")
	}
}

func TestLettersDieInADeadLetterQueueAndAnAlarmTells(t *testing.T) {
	all := load(t)
	dead := map[string]bool{}
	for name, queue := range all.OfType("AWS::SQS::Queue") {
		if queue.Properties["SqsManagedSseEnabled"] != true {
			t.Errorf("%s is not encrypted", name)
		}
		if strings.HasSuffix(name, "DeadLetters") {
			dead[name] = true
			continue
		}
		target := template.Name(at(queue.Properties, "RedrivePolicy", "deadLetterTargetArn"))
		if !strings.HasSuffix(target, "DeadLetters") || all.Resources[target].Type != "AWS::SQS::Queue" {
			t.Errorf("%s: what cannot be handled goes to %q", name, target)
		}
		if queue.Properties["FifoQueue"] != all.Resources[target].Properties["FifoQueue"] {
			t.Errorf("%s and %s differ in kind", name, target)
		}
	}
	for _, alarm := range all.OfType("AWS::CloudWatch::Alarm") {
		if alarm.Properties["MetricName"] != "ApproximateNumberOfMessagesVisible" {
			continue
		}
		dimension := list(alarm.Properties["Dimensions"])[0]
		delete(dead, template.Name(at(dimension, "Value")))
	}
	for name := range dead {
		t.Errorf("nobody is told when %s fills", name)
	}
}

func TestWhatAStreamBringsInVainIsSetAsideAndHoldsUpNothingForLong(t *testing.T) {
	streams := 0
	for name, function := range functions(t) {
		events, _ := function.Properties["Events"].(map[string]any)
		for event, source := range events {
			if at(source, "Type") != "DynamoDB" {
				continue
			}
			streams++
			mapping := at(source, "Properties")
			if at(mapping, "BisectBatchOnFunctionError") != true || fmt.Sprint(at(mapping, "FunctionResponseTypes")) != "[ReportBatchItemFailures]" {
				t.Errorf("%s of %s: one bad record takes others with it", event, name)
			}
			if attempts := number(t, at(mapping, "MaximumRetryAttempts")); attempts < 1 {
				t.Errorf("%s of %s: %d attempts", event, name, attempts)
			}
			if age := number(t, at(mapping, "MaximumRecordAgeInSeconds")); age < 1 || age > 86400 {
				t.Errorf("%s of %s: tried for %d s", event, name, age)
			}
			want := strings.TrimSuffix(name, "Function") + "DeadLetters"
			if got := template.Name(at(mapping, "DestinationConfig", "OnFailure", "Destination")); got != want {
				t.Errorf("%s of %s: set aside in %q", event, name, got)
			}
			if len(list(at(mapping, "FilterCriteria", "Filters"))) != 1 {
				t.Errorf("%s of %s: every write invokes it", event, name)
			}
		}
	}
	if streams != 3 {
		t.Errorf("%d streams are followed, want those of Requests, Directory and Catalog", streams)
	}
}

func TestWhatIsInvokedInVainIsSetAside(t *testing.T) {
	asked := 0
	for name, function := range functions(t) {
		config := function.Properties["EventInvokeConfig"]
		if config == nil {
			continue
		}
		asked++
		want := strings.TrimSuffix(name, "Function") + "DeadLetters"
		if got := template.Name(at(config, "DestinationConfig", "OnFailure", "Destination")); got != want {
			t.Errorf("%s: set aside in %q", name, got)
		}
		if age := number(t, at(config, "MaximumEventAgeInSeconds")); age > 300 {
			t.Errorf("%s: done after %d s, when it has been asked for again", name, age)
		}
	}
	if asked != 2 {
		t.Errorf("%d functions are invoked asynchronously, want sweeper and provisioner", asked)
	}
}

// A stream's records, and what a failed batch leaves behind, carry no more of
// what people wrote than keys.
func TestStreamsCarryKeysAlone(t *testing.T) {
	for name, table := range load(t).OfType("AWS::DynamoDB::Table") {
		if view := at(table.Properties, "StreamSpecification", "StreamViewType"); view != nil && view != "KEYS_ONLY" {
			t.Errorf("%s: %v", name, view)
		}
	}
}

func TestEveryAlarmGoesToTheTopicAndSaysWhatToDo(t *testing.T) {
	for name, alarm := range load(t).OfType("AWS::CloudWatch::Alarm") {
		actions := list(alarm.Properties["AlarmActions"])
		if len(actions) != 1 || template.Name(actions[0]) != "AlarmTopic" {
			t.Errorf("%s goes to %v", name, actions)
		}
		if text, _ := alarm.Properties["AlarmDescription"].(string); len(strings.Split(text, ".")) < 3 {
			t.Errorf("%s says only %q", name, text)
		}
		if alarm.Properties["TreatMissingData"] == nil {
			t.Errorf("%s leaves open what missing data means", name)
		}
	}
}

// CloudFormation has no metric for these, so the functions write them: the
// alarm and the function must agree on namespace and name, without dimensions.
func TestWhatTheFunctionsCountHasAnAlarm(t *testing.T) {
	found := map[string]bool{}
	for name, alarm := range load(t).OfType("AWS::CloudWatch::Alarm") {
		if alarm.Properties["Namespace"] != "Latchkey" {
			continue
		}
		found[alarm.Properties["MetricName"].(string)] = true
		if alarm.Properties["Dimensions"] != nil {
			t.Errorf("%s has dimensions", name)
		}
	}
	for _, metric := range []string{"MailRefused", "AddressMarked", "AccessOverdue", "AccessStuck",
		"SlackRefused", "SlackUnqueued", "SlackNotSetUp", "SlackWait"} {
		if !found[metric] {
			t.Errorf("no alarm on %s", metric)
		}
	}
}

func TestFailedAndTimedOutRunsAreToldByName(t *testing.T) {
	rule := load(t).Resources["FailedRuns"].Properties
	if got := fmt.Sprint(at(rule, "EventPattern", "detail", "status")); got != "[FAILED TIMED_OUT]" {
		t.Errorf("told of %s", got)
	}
	machines := list(at(rule, "EventPattern", "detail", "stateMachineArn"))
	if len(machines) != len(load(t).OfType("AWS::Serverless::StateMachine")) {
		t.Errorf("watches %v", machines)
	}
	target := list(rule["Targets"])[0]
	if template.Name(at(target, "Arn")) != "AlarmTopic" || at(target, "InputTransformer", "InputPathsMap", "run") != "$.detail.name" {
		t.Errorf("target %v does not tell the run's name", target)
	}
	if text, _ := at(target, "InputTransformer", "InputTemplate").(string); !strings.Contains(text, "<run>") || !strings.Contains(text, "What to do") {
		t.Errorf("notice: %q", text)
	}
}

func TestEveryLogIsKeptForTheTimeTheDeployerChose(t *testing.T) {
	all := load(t)
	for name, group := range all.OfType("AWS::Logs::LogGroup") {
		if template.Name(group.Properties["RetentionInDays"]) != "LogRetentionDays" {
			t.Errorf("%s is kept for %v", name, group.Properties["RetentionInDays"])
		}
	}
	for name, function := range functions(t) {
		group := template.Name(at(function.Properties, "LoggingConfig", "LogGroup"))
		if all.Resources[group].Type != "AWS::Logs::LogGroup" {
			t.Errorf("%s logs to %q", name, group)
		}
	}
	for name, machine := range all.OfType("AWS::Serverless::StateMachine") {
		logging := machine.Properties["Logging"]
		if at(logging, "Level") != "ERROR" || at(logging, "IncludeExecutionData") != false {
			t.Errorf("%s logs more than errors: %v", name, logging)
		}
		for _, to := range list(at(logging, "Destinations")) {
			if all.Resources[template.Name(at(to, "CloudWatchLogsLogGroup", "LogGroupArn"))].Type != "AWS::Logs::LogGroup" {
				t.Errorf("%s logs to %v", name, to)
			}
		}
	}
}

func TestEveryFunctionIsBuiltByTheMakefileForTheChosenProcessor(t *testing.T) {
	globals := at(load(t).Globals, "Function")
	for key, want := range map[string]string{"Runtime": "provided.al2023", "CodeUri": ".", "Architectures": "[map[Ref:Architecture]]"} {
		if got := fmt.Sprint(at(globals, key)); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	for name, function := range functions(t) {
		if at(function.Attributes["Metadata"], "BuildMethod") != "makefile" {
			t.Errorf("%s is not built by the Makefile", name)
		}
	}
}

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
func TestAMessageIsNotHandedOutAgainWhileAFunctionHasIt(t *testing.T) {
	all := load(t)
	for function, queue := range map[string]string{"CourierFunction": "MailQueue", "SlackCourierFunction": "SlackQueue", "FeedbackFunction": "FeedbackQueue"} {
		timeout := number(t, all.Resources[function].Properties["Timeout"])
		hidden := number(t, all.Resources[queue].Properties["VisibilityTimeout"])
		if hidden < 6*timeout {
			t.Errorf("%s hides for %d s, and %s may take %d s", queue, hidden, function, timeout)
		}
	}
}

func TestWhatSESSaysOfAMailReachesWhoMarksTheAddress(t *testing.T) {
	all := load(t)
	set := template.Name(at(all.Resources["CourierFunction"].Properties, "Environment", "Variables", "CONFIGURATION_SET"))
	destination := all.Resources["MailEventsDestination"].Properties
	if all.Resources[set].Type != "AWS::SES::ConfigurationSet" || template.Name(destination["ConfigurationSetName"]) != set {
		t.Errorf("the courier sends with %q, and the events are those of %v", set, destination["ConfigurationSetName"])
	}
	if got := fmt.Sprint(at(destination, "EventDestination", "MatchingEventTypes")); got != "[bounce complaint]" {
		t.Errorf("told of %s", got)
	}
	if at(destination, "EventDestination", "Enabled") != true {
		t.Error("told of nothing")
	}
	// CloudFormation leaves an absent list as the account has it.
	if reasons, ok := at(all.Resources[set].Properties, "SuppressionOptions", "SuppressedReasons").([]any); !ok || len(reasons) > 0 {
		t.Errorf("SES holds back by itself for %v, and an admin could not clear it", reasons)
	}
	topic := template.Name(at(destination, "EventDestination", "SnsDestination", "TopicARN"))
	subscription := all.Resources["FeedbackSubscription"].Properties
	queue := template.Name(subscription["Endpoint"])
	if template.Name(subscription["TopicArn"]) != topic || subscription["RawMessageDelivery"] != true {
		t.Errorf("the subscription is %v", subscription)
	}
	if to := template.Name(at(all.Resources["FeedbackFunction"].Properties, "Events", "Feedback", "Properties", "Queue")); to != queue || queue == "" {
		t.Errorf("the topic leads to %q, and the function takes from %q", queue, to)
	}
	for name, sender := range map[string]string{"FeedbackTopicPolicy": "ses.amazonaws.com", "FeedbackQueuePolicy": "sns.amazonaws.com"} {
		statements := list(at(all.Resources[name].Properties, "PolicyDocument", "Statement"))
		if len(statements) != 1 || at(statements[0], "Principal", "Service") != sender || at(statements[0], "Condition") == nil {
			t.Errorf("%s: %v", name, statements)
		}
	}
}

// What Slack limits is received again and again, and alone: see queue.Wait.
func TestALimitOfSlackHoldsUpNobodyElseAndFillsNoDeadLetters(t *testing.T) {
	all := load(t)
	if n := number(t, at(all.Resources["SlackQueue"].Properties, "RedrivePolicy", "maxReceiveCount")); n != 1000 {
		t.Errorf("given up after %d tries", n)
	}
	// Two messages of a thousand tries, 2.8 days each (queue.Wait), one behind the other.
	if s := number(t, at(all.Resources["SlackQueue"].Properties, "MessageRetentionPeriod")); s < 6*24*60*60 {
		t.Errorf("forgotten after %d s", s)
	}
	if n := number(t, at(all.Resources["SlackCourierFunction"].Properties, "Events", "Messages", "Properties", "BatchSize")); n != 1 {
		t.Errorf("%d messages at once", n)
	}
}

func TestWhatOnlyAPersonCanDoIsInTheOutputs(t *testing.T) {
	outputs := load(t).Outputs
	for _, step := range []string{"NextVerifySender", "NextLeaveSandbox", "NextConfirmAlarms", "NextCreateAdmin", "NextSetUpSlack"} {
		if outputs[step] == nil {
			t.Errorf("no output %s", step)
		}
	}
}

func load(t *testing.T) template.Template {
	t.Helper()
	loaded, err := template.Load()
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func functions(t *testing.T) map[string]template.Resource {
	t.Helper()
	found := load(t).OfType("AWS::Serverless::Function")
	if len(found) == 0 {
		t.Fatal("no functions")
	}
	return found
}

// at walks into nested maps; what is not there is nil.
func at(value any, path ...string) any {
	for _, key := range path {
		fields, _ := value.(map[string]any)
		value = fields[key]
	}
	return value
}

// list is a list, or the one value that stands for a list of one.
func list(value any) []any {
	if values, ok := value.([]any); ok {
		return values
	}
	if value == nil {
		return nil
	}
	return []any{value}
}

func number(t *testing.T, value any) int {
	t.Helper()
	var n int
	if _, err := fmt.Sscan(fmt.Sprint(value), &n); err != nil {
		t.Fatalf("%v is not a number", value)
	}
	return n
}

// A mail's link has its token in its path.
func TestTheAccessLogHasRoutesAndNoPaths(t *testing.T) {
	for name, stage := range load(t).OfType("AWS::ApiGatewayV2::Stage") {
		format, _ := at(stage.Properties, "AccessLogSettings", "Format").(string)
		for _, variable := range []string{"path", "Path", "uery", "header", "authorizer"} {
			if strings.Contains(format, variable) {
				t.Errorf("%s logs %s: %s", name, variable, format)
			}
		}
		if !strings.Contains(format, "$context.routeKey") {
			t.Errorf("%s logs no routes: %s", name, format)
		}
	}
}
