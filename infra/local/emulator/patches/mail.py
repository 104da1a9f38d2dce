"""SES."""

import json
from datetime import UTC, datetime
from email.utils import parseaddr

from ministack.core import iam_actions
from ministack.core.responses import get_account_id
from ministack.services import ses, ses_v2, sns

from patches.replacing import override


def patch_ses_send_authorization():
    """Authorize SES v2 SendEmail on the sending identity (with AUTH=true)."""
    # AWS: ses:SendEmail is checked on the ARN of the verified identity of
    # the From address; MiniStack checks "*", which denies a narrow policy.

    @override(iam_actions, "_ses_v2_resource_arn")
    def resource_arn(original, method, path, body, region, account):
        if method != "POST" or path != "/v2/email/outbound-emails":
            return original(method, path, body, region, account)
        sender = json.loads(body).get("FromEmailAddress", "")
        identity = sending_identity(parseaddr(sender)[1])
        return f"arn:aws:ses:{region}:{account}:identity/{identity}"


def sending_identity(address):
    """The verified address, domain or parent domain that may send."""
    domain = address.rpartition("@")[2]
    labels = domain.split(".")
    parents = [".".join(labels[index:]) for index in range(len(labels))]
    for candidate in [address, *parents]:
        if candidate in ses._identities:
            return candidate
    return domain


SIMULATOR = "simulator.amazonses.com"
HARD = {"bounceType": "Permanent", "bounceSubType": "General"}
SOFT = {"bounceType": "Transient", "bounceSubType": "General"}
REPORTS = {
    "bounce": ("BOUNCE", HARD),
    "ooto": ("BOUNCE", SOFT),
    "complaint": ("COMPLAINT", {"complaintFeedbackType": "abuse"}),
}


def patch_ses_events():
    """Publish what comes back from SES's mailbox simulator to SNS."""
    # AWS: a configuration set's SNS destinations are told of its mails; mail
    # to bounce@, ooto@ and complaint@simulator.amazonses.com, with any
    # +label, comes back so.  MiniStack records destinations and tells none.

    @override(ses_v2, "handle_request")
    async def handle(original, method, path, headers, body, query):
        answer = await original(method, path, headers, body, query)
        sends = method == "POST" and path == "/v2/email/outbound-emails"
        if sends and answer[0] == 200:
            message_id = json.loads(answer[2])["MessageId"]
            report_back(json.loads(body), message_id)
        return answer


def report_back(sent, message_id):
    name = sent.get("ConfigurationSetName", "")
    for address in sent["Destination"].get("ToAddresses", []):
        mailbox, _, domain = parseaddr(address)[1].partition("@")
        scenario = mailbox.partition("+")[0]
        if domain != SIMULATOR or scenario not in REPORTS:
            continue
        kind, report = REPORTS[scenario]
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        now = now.replace("+00:00", "Z")
        what = kind.lower()
        event = {
            "eventType": kind.capitalize(),
            what: {**report, "timestamp": now, "feedbackId": message_id},
            "mail": {
                "timestamp": now,
                "messageId": message_id,
                "source": sent.get("FromEmailAddress", ""),
                "destination": [address],
                "tags": {"ses:configuration-set": [name]},
            },
        }
        publish_event(name, kind, json.dumps(event))


def publish_event(name, kind, message):
    """To the set's destinations for this kind, as their policies allow."""
    record = ses_v2._config_sets.get(name) or {}
    source = ses_v2._resource_arn("configuration-set", name)
    for destination in (record.get("EventDestinations") or {}).values():
        topic = (destination.get("SnsDestination") or {}).get("TopicArn")
        wanted = kind in destination["MatchingEventTypes"]
        if not (topic and wanted and destination["Enabled"]):
            continue
        if sns.topic_policy_allows(
            topic, "ses.amazonaws.com", source, get_account_id()
        ):
            sns.publish_internal(topic, message)


def patch_ses_greeting():
    """Try a new SNS destination out, as SES does."""
    # AWS: SES publishes this text to the topic of an event destination that
    # is made, and refuses one that it may not publish to.

    @override(ses_v2, "_put_event_destination")
    def put(original, name, dest_name, definition, *, create):
        topic = (definition.get("SnsDestination") or {}).get("TopicArn")
        source = ses_v2._resource_arn("configuration-set", name)
        if topic and not sns.topic_policy_allows(
            topic, "ses.amazonaws.com", source, get_account_id()
        ):
            return ses_v2._json_err(
                "BadRequestException",
                f"Could not publish to SNS topic <{topic}>.",
            )
        error = original(name, dest_name, definition, create=create)
        if topic and not error:
            sns.publish_internal(
                topic,
                "Successfully validated SNS topic for "
                "Amazon SES event publishing.",
            )
        return error


PATCHES = (
    patch_ses_send_authorization,
    patch_ses_events,
    patch_ses_greeting,
)
