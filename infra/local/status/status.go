// Package status says what a running stack is busy with: what a wait in vain may
// have waited for.
package status

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	sfntypes "github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// recent is how far back complaints are looked for.
const recent = 10 * time.Minute

// Report lists what stands in the queues, how many executions the state machines
// (ARNs) have, and what each function complained of last. What it cannot see, it
// says.
func Report(ctx context.Context, cfg aws.Config, machines ...string) string {
	var lines []string
	add := func(found []string, err error) {
		lines = append(lines, found...)
		if err != nil {
			lines = append(lines, fmt.Sprintf("(more cannot be seen: %v)", err))
		}
	}
	add(Queued(ctx, cfg))
	for _, machine := range machines {
		add(running(ctx, cfg, machine))
	}
	add(complaints(ctx, cfg))
	return strings.Join(lines, "\n")
}

// Queued lists the queues in which something stands.
func Queued(ctx context.Context, cfg aws.Config) ([]string, error) {
	api := sqs.NewFromConfig(cfg)
	list, err := api.ListQueues(ctx, &sqs.ListQueuesInput{})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, url := range list.QueueUrls {
		got, err := api.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []types.QueueAttributeName{
			types.QueueAttributeNameApproximateNumberOfMessages, types.QueueAttributeNameApproximateNumberOfMessagesNotVisible}})
		if err != nil {
			return lines, err
		}
		waiting, taken := got.Attributes["ApproximateNumberOfMessages"], got.Attributes["ApproximateNumberOfMessagesNotVisible"]
		if waiting != "0" || taken != "0" {
			lines = append(lines, fmt.Sprintf("queue %s: %s wait, %s are taken or hidden", last(url, "/"), waiting, taken))
		}
	}
	return lines, nil
}

// running counts a machine's executions that have not ended.
func running(ctx context.Context, cfg aws.Config, machine string) ([]string, error) {
	n := 0
	pages := sfn.NewListExecutionsPaginator(sfn.NewFromConfig(cfg),
		&sfn.ListExecutionsInput{StateMachineArn: &machine, StatusFilter: sfntypes.ExecutionStatusRunning})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		n += len(page.Executions)
	}
	return []string{fmt.Sprintf("state machine %s: %d executions run", last(machine, ":"), n)}, nil
}

// signs are in the lines of a function's log that are complaints: those of the
// functions, and of Lambda about them.
var signs = []string{`"level":"ERROR"`, `"level":"WARN"`, "Task timed out", "errorMessage"}

// complaints gives each function's last one.
func complaints(ctx context.Context, cfg aws.Config) ([]string, error) {
	api := cloudwatchlogs.NewFromConfig(cfg)
	groups, err := api.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/aws/lambda/")})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, group := range groups.LogGroups {
		var complaint string
		pages := cloudwatchlogs.NewFilterLogEventsPaginator(api, &cloudwatchlogs.FilterLogEventsInput{
			LogGroupName: group.LogGroupName, StartTime: aws.Int64(time.Now().Add(-recent).UnixMilli())})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return lines, err
			}
			for _, e := range page.Events {
				text := aws.ToString(e.Message)
				if slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(text, sign) }) {
					complaint = time.UnixMilli(aws.ToInt64(e.Timestamp)).UTC().Format(time.TimeOnly) + " " + strings.TrimSpace(text)
				}
			}
		}
		if complaint != "" {
			lines = append(lines, fmt.Sprintf("function %s, last complaint: %s", last(*group.LogGroupName, "/"), complaint))
		}
	}
	return lines, nil
}

func last(text, separator string) string { return text[strings.LastIndex(text, separator)+1:] }
