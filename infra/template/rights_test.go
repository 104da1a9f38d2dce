package template_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"latchkey/infra/template"
)

// What each role may do, action by action and resource by resource. A right
// that is not here must not be in the template, and the other way round.
const (
	logs   = "logs:CreateLogStream logs:PutLogEvents"
	query  = "dynamodb:Query"
	commit = "dynamodb:GetItem dynamodb:PutItem dynamodb:DeleteItem"
	hold   = "dynamodb:PutItem dynamodb:DeleteItem"
	reply  = "states:StartExecution states:SendTaskSuccess"
	start  = "states:StartExecution"
	stop   = "states:StopExecution"
	stream = "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator"

	approval     = "states:stateMachine:${AWS::StackName}-approval"
	revocation   = "states:stateMachine:${AWS::StackName}-revocation"
	approvalRuns = "states:execution:${AWS::StackName}-approval:*"

	webhookSecrets = "secretsmanager:secret:${AWS::StackName}/webhooks/*"
)

var rights = map[string]map[string]string{
	"ApiRole": {
		"ApiLogs":                     logs,
		"Requests":                    commit + " dynamodb:BatchGetItem dynamodb:Query",
		"Requests/index/by_requester": query,
		"Requests/index/by_resource":  query,
		"Requests/index/by_flow":      query,
		"Requests/index/by_status":    query,
		"Entitlements":                hold + " dynamodb:GetItem dynamodb:Query",
		"Directory":                   commit + " dynamodb:BatchGetItem dynamodb:Query dynamodb:UpdateItem dynamodb:ConditionCheckItem",
		"Directory/index/by_group":    query,
		"Directory/index/by_type":     query,
		"Catalog":                     commit + " dynamodb:BatchGetItem dynamodb:Query",
		"Catalog/index/by_type":       query,
		approval:                      reply,
		revocation:                    start,
		approvalRuns:                  stop,
	},
	"DevicesRole": {
		"DevicesLogs":                         logs,
		"Requests":                            "dynamodb:GetItem",
		"Entitlements":                        "dynamodb:GetItem dynamodb:Query",
		"Entitlements where leading DEVICE#*": "dynamodb:PutItem",
		"Directory":                           "dynamodb:GetItem",
		"Directory where leading DEVICE#*":    "dynamodb:PutItem",
	},
	"SlackRole": {
		"SlackLogs":                       logs,
		"SlackSecret":                     "secretsmanager:GetSecretValue",
		"Requests":                        commit + " dynamodb:BatchGetItem dynamodb:Query",
		"Requests/index/by_requester":     query,
		"Entitlements":                    hold + " dynamodb:Query",
		"Directory":                       "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query dynamodb:ConditionCheckItem",
		"Directory where leading SLACK_*": hold,
		"Directory/index/by_group":        query,
		"Catalog":                         "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Catalog/index/by_type":           query,
		approval:                          reply,
		revocation:                        start,
		approvalRuns:                      stop,
	},
	"LinksRole": {
		"LinksLogs":                logs,
		"Requests":                 commit,
		"Entitlements":             hold,
		"Directory":                "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Directory/index/by_group": query,
		"Catalog":                  "dynamodb:GetItem",
		approval:                   reply,
		revocation:                 start,
		approvalRuns:               stop,
	},
	"PortalRole": {
		"PortalLogs": logs,
	},
	"ApprovalsRole": {
		"ApprovalsLogs":            logs,
		"Requests":                 commit,
		"Entitlements":             hold,
		"Directory":                "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Directory/index/by_group": query,
		"Catalog":                  "dynamodb:GetItem",
		approval:                   reply,
		revocation:                 start,
		approvalRuns:               stop,
	},
	"ProvisionerRole": {
		"ProvisionerLogs":                  logs,
		"ProvisionerDeadLetters":           "sqs:SendMessage",
		"Requests":                         commit,
		"Entitlements":                     hold + " dynamodb:GetItem dynamodb:Query dynamodb:UpdateItem",
		"Directory":                        "dynamodb:GetItem dynamodb:Query",
		"Directory where leading PERSON#*": "dynamodb:PutItem dynamodb:DeleteItem",
		"Catalog":                          "dynamodb:GetItem",
		webhookSecrets:                     "secretsmanager:GetSecretValue",
		approval:                           reply,
		revocation:                         start,
		approvalRuns:                       stop,
	},
	"RelayRole": {
		"RelayLogs":                logs,
		"Requests.StreamArn":       stream,
		"Requests/stream/*":        "dynamodb:ListStreams",
		"Requests":                 "dynamodb:GetItem dynamodb:Query",
		"Directory":                "dynamodb:GetItem dynamodb:BatchGetItem",
		"Directory/index/by_group": query,
		"Catalog":                  "dynamodb:GetItem",
		"MailQueue":                "sqs:SendMessage",
		"SlackQueue":               "sqs:SendMessage",
		"RelayDeadLetters":         "sqs:SendMessage",

		"Requests where leading SLACK_OWED#*": "dynamodb:PutItem",

		"AlarmTopic": "sns:Publish",
		approval:     reply,
		revocation:   start,
		approvalRuns: stop,
	},
	"CourierRole": {
		"CourierLogs":                       logs,
		"MailQueue":                         "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
		"Requests":                          "dynamodb:GetItem",
		"Requests where leading MAIL#*":     "dynamodb:PutItem",
		"Requests where leading MAILLINK#*": "dynamodb:PutItem",
		"Directory":                         "dynamodb:GetItem",
		"Catalog":                           "dynamodb:GetItem",
		"ses:identity/${Identity}":          "ses:SendEmail",
		// SES asks for the right to both.
		"ses:configuration-set/${MailEvents}": "ses:SendEmail",
	},
	"FeedbackRole": {
		"FeedbackLogs":                      logs,
		"FeedbackQueue":                     "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes",
		"Directory":                         "dynamodb:GetItem dynamodb:BatchGetItem",
		"Directory/index/by_group":          query,
		"Directory where leading MAILBOX#*": "dynamodb:UpdateItem",
		"MailQueue":                         "sqs:SendMessage",
	},
	"SlackCourierRole": {
		"SlackCourierLogs":                    logs,
		"SlackQueue":                          "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes sqs:ChangeMessageVisibility",
		"SlackSecret":                         "secretsmanager:GetSecretValue",
		"Requests":                            "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Requests where leading SLACK#*":      "dynamodb:PutItem dynamodb:DeleteItem",
		"Requests where leading MAIL#slack#*": "dynamodb:PutItem",
		"Requests where leading SLACK_OWED#*": "dynamodb:PutItem",
		"Requests/index/by_requester":         query,
		"Entitlements":                        query,
		"Directory":                           "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Directory/index/by_group":            query,
		"Catalog":                             "dynamodb:GetItem",
		"Catalog/index/by_type":               query,
	},
	"ReconcilerRole": {
		"ReconcilerLogs":             logs,
		"Directory.StreamArn":        stream,
		"Directory/stream/*":         "dynamodb:ListStreams",
		"Catalog.StreamArn":          stream,
		"Catalog/stream/*":           "dynamodb:ListStreams",
		"Requests":                   commit + " dynamodb:BatchGetItem dynamodb:Query",
		"Requests/index/by_resource": query,
		"Requests/index/by_flow":     query,
		"Entitlements":               "dynamodb:GetItem dynamodb:Query dynamodb:DeleteItem",
		"Directory":                  "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Directory/index/by_group":   query,
		"Catalog":                    "dynamodb:GetItem",
		"Catalog/index/by_type":      query,
		"ReconcilerDeadLetters":      "sqs:SendMessage",
		"SlackQueue":                 "sqs:SendMessage",
		approval:                     "states:SendTaskSuccess",
		revocation:                   start,
		approvalRuns:                 stop,
	},
	"SweeperRole": {
		"SweeperLogs":                 logs,
		"Requests":                    commit + " dynamodb:BatchGetItem dynamodb:Query",
		"Requests/index/by_due":       query,
		"Entitlements":                hold,
		"Entitlements/index/by_check": query,
		"ProvisionerFunction":         "lambda:InvokeFunction",
		"Directory":                   "dynamodb:GetItem dynamodb:BatchGetItem dynamodb:Query",
		"Directory/index/by_group":    query,
		"Catalog":                     "dynamodb:GetItem",
		"SlackQueue":                  "sqs:SendMessage",
		"SweeperDeadLetters":          "sqs:SendMessage",
		approval:                      reply,
		revocation:                    start,
		approvalRuns:                  stop,
	},
	"MachineRole": {
		"ApprovalsFunction":   "lambda:InvokeFunction",
		"ProvisionerFunction": "lambda:InvokeFunction",
		// Log delivery knows no resources.
		"*": "logs:CreateLogDelivery logs:GetLogDelivery logs:UpdateLogDelivery logs:DeleteLogDelivery" +
			" logs:ListLogDeliveries logs:PutResourcePolicy logs:DescribeResourcePolicies logs:DescribeLogGroups",
	},
}

// identityCenter is what the provisioner may do besides, where the stack has an
// instance of IAM Identity Center.
var identityCenter = map[string]string{
	"IdentityCenterInstanceArn": "sso:CreateAccountAssignment sso:DeleteAccountAssignment sso:ListAccountAssignments" +
		" sso:DescribeAccountAssignmentCreationStatus sso:DescribeAccountAssignmentDeletionStatus",
	"sso:::permissionSet/${Instance}/*":                 assign,
	"sso:::account/*":                                   assign,
	"identitystore::*:identitystore/${IdentityStoreId}": "identitystore:GetUserId " + members,
	"identitystore:::user/*":                            "identitystore:GetUserId " + members,
	"identitystore:::group/*":                           members,
	"identitystore:::membership/*":                      members,
}

const (
	assign  = "sso:CreateAccountAssignment sso:DeleteAccountAssignment sso:ListAccountAssignments"
	members = "identitystore:CreateGroupMembership identitystore:DeleteGroupMembership" +
		" identitystore:GetGroupMembershipId identitystore:IsMemberInGroups"
)

// writes are the actions that change an item.
var writes = []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"}

func TestEachRoleMayDoWhatItNeedsAndNothingElse(t *testing.T) {
	roles := load(t).OfType("AWS::IAM::Role")
	if got, want := slices.Sorted(maps.Keys(roles)), slices.Sorted(maps.Keys(rights)); !slices.Equal(got, want) {
		t.Fatalf("roles %v, want %v", got, want)
	}
	for name, role := range roles {
		are(t, name, granted(t, role), rights[name])
	}
}

func are(t *testing.T, name string, got map[string][]string, rights map[string]string) {
	t.Helper()
	want := map[string][]string{}
	for resource, actions := range rights {
		want[resource] = slices.Sorted(slices.Values(strings.Fields(actions)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (- expected, + in the template):\n%s", name, diff)
	}
}

// TestOnlyTheProvisionerMayUseIdentityCenter: where there is an instance, in that
// alone, and by the only policy that stands beside the roles.
func TestOnlyTheProvisionerMayUseIdentityCenter(t *testing.T) {
	loaded := load(t)
	for name, r := range loaded.Resources {
		if strings.HasPrefix(r.Type, "AWS::IAM::") && r.Type != "AWS::IAM::Role" && name != "IdentityCenterPolicy" {
			t.Errorf("%s is a %s", name, r.Type)
		}
	}
	policy := loaded.Resources["IdentityCenterPolicy"]
	if condition := policy.Attributes["Condition"]; policy.Type != "AWS::IAM::Policy" || condition != "HasIdentityCenter" {
		t.Errorf("a %s if %v", policy.Type, condition)
	}
	if roles := list(policy.Properties["Roles"]); len(roles) != 1 || template.Name(roles[0]) != "ProvisionerRole" {
		t.Errorf("for %v", roles)
	}
	are(t, "IdentityCenterPolicy", allowed(t, policy.Properties), identityCenter)
}

func TestNoRoleTakesManagedPoliciesOrWildcards(t *testing.T) {
	for name, role := range load(t).OfType("AWS::IAM::Role") {
		for _, shortcut := range []string{"ManagedPolicyArns", "PermissionsBoundary"} {
			if role.Properties[shortcut] != nil {
				t.Errorf("%s: %s; rights are written by hand", name, shortcut)
			}
		}
		for resource, actions := range granted(t, role) {
			for _, action := range actions {
				if strings.Contains(action, "*") {
					t.Errorf("%s: %s on %s", name, action, resource)
				}
			}
		}
	}
}

func TestOnlyTheAPIWritesAllOfTheDirectory(t *testing.T) {
	for name, role := range load(t).OfType("AWS::IAM::Role") {
		for resource, actions := range granted(t, role) {
			for _, action := range actions {
				if !strings.HasPrefix(resource, "Directory") || !slices.Contains(writes, action) {
					continue
				}
				limited := name == "ProvisionerRole" && resource == "Directory where leading PERSON#*" ||
					name == "DevicesRole" && resource == "Directory where leading DEVICE#*" ||
					name == "FeedbackRole" && resource == "Directory where leading MAILBOX#*" ||
					name == "SlackRole" && resource == "Directory where leading SLACK_*"
				if name != "ApiRole" && !limited {
					t.Errorf("%s: %s on %s", name, action, resource)
				}
			}
		}
	}
}

func TestEachSecretIsReadByWhoNeedsIt(t *testing.T) {
	for name, role := range load(t).OfType("AWS::IAM::Role") {
		for resource, actions := range granted(t, role) {
			for _, action := range actions {
				reads := name == "ProvisionerRole" && resource == webhookSecrets || (name == "SlackRole" || name == "SlackCourierRole") && resource == "SlackSecret"
				if strings.HasPrefix(action, "secretsmanager:") && !reads {
					t.Errorf("%s: %s on %s", name, action, resource)
				}
			}
		}
	}
}

func TestTheSweeperInvokesTheProvisionerAndNobodyElseAnything(t *testing.T) {
	for name, role := range load(t).OfType("AWS::IAM::Role") {
		for resource, actions := range granted(t, role) {
			for _, action := range actions {
				invokes := action == "lambda:InvokeFunction"
				if invokes && name != "MachineRole" && (name != "SweeperRole" || resource != "ProvisionerFunction") {
					t.Errorf("%s: %s on %s", name, action, resource)
				}
			}
		}
	}
}

func TestTheRelayAndTheCouriersWriteNothingButWhatIsTheirs(t *testing.T) {
	for name, may := range map[string][]string{"CourierRole": {"MAIL#*", "MAILLINK#*"}, "SlackCourierRole": {"MAIL#slack#*", "SLACK#*", "SLACK_OWED#*"},
		"RelayRole": {"SLACK_OWED#*"}} {
		for resource, actions := range granted(t, load(t).Resources[name]) {
			leading, _ := strings.CutPrefix(resource, "Requests where leading ")
			for _, action := range actions {
				if slices.Contains(writes, action) && !slices.Contains(may, leading) {
					t.Errorf("%s: %s on %s", name, action, resource)
				}
			}
		}
	}
}

func TestEachFunctionHasARoleOfItsOwn(t *testing.T) {
	owners := map[string]string{}
	for name, function := range functions(t) {
		role := template.Name(function.Properties["Role"])
		if want := strings.TrimSuffix(name, "Function") + "Role"; role != want {
			t.Errorf("%s acts as %q, want %q", name, role, want)
		}
		if other, taken := owners[role]; taken {
			t.Errorf("%s and %s share %s", name, other, role)
		}
		owners[role] = name
		if function.Properties["Policies"] != nil {
			t.Errorf("%s has policies beside its role", name)
		}
	}
}

// granted is what a role's policies allow: resource to sorted actions. A
// condition is part of the resource's name.
func granted(t *testing.T, role template.Resource) map[string][]string {
	t.Helper()
	return allowed(t, list(role.Properties["Policies"])...)
}

func allowed(t *testing.T, policies ...any) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, policy := range policies {
		for _, each := range list(at(policy, "PolicyDocument", "Statement")) {
			statement := each.(map[string]any)
			if statement["Effect"] != "Allow" {
				t.Fatalf("statement %v does not allow", statement["Sid"])
			}
			for unread := range statement {
				if !slices.Contains([]string{"Sid", "Effect", "Action", "Resource", "Condition"}, unread) {
					t.Fatalf("statement %v: %s is not understood", statement["Sid"], unread)
				}
			}
			for _, resource := range list(statement["Resource"]) {
				name := short(t, resource) + condition(t, statement["Condition"])
				for _, action := range list(statement["Action"]) {
					found[name] = append(found[name], action.(string))
				}
				slices.Sort(found[name])
			}
		}
	}
	return found
}

func short(t *testing.T, resource any) string {
	t.Helper()
	if text, ok := resource.(string); ok {
		return text
	}
	function := resource.(map[string]any)
	if attribute, ok := function["Fn::GetAtt"].(string); ok {
		return strings.TrimSuffix(strings.TrimSuffix(attribute, ".Arn"), ".Id") // a secret's Id is its ARN
	}
	if name, ok := function["Ref"].(string); ok {
		return name
	}
	text, ok := function["Fn::Sub"].(string)
	if !ok {
		text, _ = list(function["Fn::Sub"])[0].(string)
	}
	if text == "" {
		t.Fatalf("resource %v is not understood", resource)
	}
	for _, table := range []string{"Requests", "Entitlements", "Directory", "Catalog"} {
		text = strings.Replace(text, fmt.Sprintf("${%s.Arn}", table), table, 1)
	}
	text = strings.Replace(text, ":${AWS::Region}:${AWS::AccountId}", "", 1)
	return strings.TrimPrefix(text, "arn:${AWS::Partition}:")
}

func condition(t *testing.T, value any) string {
	t.Helper()
	if value == nil {
		return ""
	}
	keys := list(at(value, "ForAllValues:StringLike", "dynamodb:LeadingKeys"))
	if len(value.(map[string]any)) != 1 || len(keys) != 1 {
		t.Fatalf("condition %v is not understood", value)
	}
	return fmt.Sprintf(" where leading %s", keys[0])
}
