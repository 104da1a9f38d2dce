// Package dynamo stores everything in DynamoDB: it implements the stores of
// package app on the four tables of template.yaml.
//
// Each command is one transaction. What it may not do is refused by the
// conditions of its writes, not by what was read before: versions, legal
// transitions, the one open request for each person and resource, unique
// emails, the last admin.
//
// Items are written for an administrator who reads them in the console: plain
// attributes, times in RFC 3339. The keys are
//
//	Requests      REQUEST#id            SNAPSHOT | EVENT#000001 | TOKEN
//	              PERSON#id             OPEN#resource           the guard of one open request
//	              TASKS#principal       request id              waits for a decision of theirs
//	              IDEMPOTENCY#person#key  RECORD
//	              MAIL#key              MARK                    this mail was sent
//	              ONCE#name             MARK                    this call was taken
//	              MAILLINK#id           LINK                    what a link in a mail stands for
//	              SLACK#id              COPY#person             the request's message in their Slack
//	              SLACK_OWED#shard      request id#000001#kind  an event that Slack was not told of yet
//	              TICKET#hash           TICKET                  lets one person finish a sign-in with Slack
//	Entitlements  PERSON#id             ENTITLEMENT#target | HOLDER#target#request id | GIFT#target
//	              DEVICE#id             CONTACT                 what its agent said last
//	Directory     PERSON#id | GROUP#id | DEVICE#id  PROFILE | EVENT#000001
//	              PERSON#id             MEMBER#group#source
//	              MAILBOX#lowercase     REPORT                  what came back from an email address
//	              EMAIL#lowercase | BINDING#subject key | SLACK_USER#team#id  PERSON
//	              SLACK_LINK#id | DELEGATION#id  DOCUMENT | EVENT#000001
//	              GROUP#id              RESOURCE#id             a connector owns the group
//	              GROUP#admins          COUNT                   of active admins
//	Catalog       RESOURCE#id | FLOW#id | SETTINGS  DOCUMENT | EVENT#000001
//	              FLOW#id               VERSION#000001
//	              RESOURCE#id           FLOW#id                 the flow serves the resource
//
// It imports app, access and the AWS SDK.
package dynamo
