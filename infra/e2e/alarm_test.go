package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// alarms subscribes to the stack's alarms for as long as the story, and gives
// all that came so far each time it is called.
func (s *stage) alarms() func() []string {
	s.Helper()
	queues, topics := sqs.NewFromConfig(s.config()), sns.NewFromConfig(s.config())
	name := s.name("alarms")
	policy := fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
		"Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":%q}}}]}`, s.AlarmTopic)
	made, err := queues.CreateQueue(s.Context(), &sqs.CreateQueueInput{QueueName: &name, Attributes: map[string]string{"Policy": policy}})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		_, _ = queues.DeleteQueue(context.Background(), &sqs.DeleteQueueInput{QueueUrl: made.QueueUrl})
	})
	asked, err := queues.GetQueueAttributes(s.Context(), &sqs.GetQueueAttributesInput{QueueUrl: made.QueueUrl,
		AttributeNames: []types.QueueAttributeName{types.QueueAttributeNameQueueArn}})
	if err != nil {
		s.Fatal(err)
	}
	subscribed, err := topics.Subscribe(s.Context(), &sns.SubscribeInput{TopicArn: &s.AlarmTopic, Protocol: aws.String("sqs"),
		Endpoint: aws.String(asked.Attributes["QueueArn"])})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		_, _ = topics.Unsubscribe(context.Background(), &sns.UnsubscribeInput{SubscriptionArn: subscribed.SubscriptionArn})
	})
	var came []string
	return func() []string {
		out, err := queues.ReceiveMessage(s.Context(), &sqs.ReceiveMessageInput{QueueUrl: made.QueueUrl, MaxNumberOfMessages: 10})
		if err != nil {
			s.Fatal(err)
		}
		for _, m := range out.Messages {
			var notice struct{ Subject, Message string }
			if err := json.Unmarshal([]byte(aws.ToString(m.Body)), &notice); err != nil {
				s.Fatal(err)
			}
			came = append(came, notice.Subject+"\n"+notice.Message)
		}
		return came
	}
}

// names tells whether one of several texts has a name in it.
func names(name string) func([]string) bool {
	return func(texts []string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, name) })
	}
}
