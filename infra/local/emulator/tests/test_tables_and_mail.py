"""patches/tables.py and patches/mail.py"""

import json

import pytest
from botocore.exceptions import ClientError
from conftest import wait_until


def test_time_to_live_of_the_template_is_enabled(client, stack):
    ttl = client("dynamodb").describe_time_to_live(TableName=stack["Table"])
    assert ttl["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "ttl",
    }


def test_send_email_is_authorized_on_the_identity(as_role, stack):
    ses = as_role("sesv2", stack["SenderRole"])

    def send(sender):
        ses.send_email(
            FromEmailAddress=sender,
            Destination={"ToAddresses": ["b@example.net"]},
            Content={"Simple": {"Subject": {"Data": "s"}, "Body": {}}},
        )

    send("App <a@example.com>")
    with pytest.raises(ClientError, match="AccessDenied"):
        send("a@example.org")


def test_what_comes_back_from_the_mailbox_simulator_is_published(
    client, stack
):
    sqs, ses = client("sqs"), client("sesv2")
    seen = []

    def said(count):
        def look():
            answer = sqs.receive_message(
                QueueUrl=stack["FeedbackQueue"], MaxNumberOfMessages=10
            )
            seen.extend(m["Body"] for m in answer.get("Messages", []))
            return len(seen) >= count

        wait_until(look)
        return seen

    assert said(1)[0].startswith("Successfully validated SNS topic")
    for to in ["success", "bounce+ana", "ooto", "complaint"]:
        ses.send_email(
            FromEmailAddress="a@example.com",
            ConfigurationSetName=stack["Set"],
            Destination={"ToAddresses": [f"{to}@simulator.amazonses.com"]},
            Content={"Simple": {"Subject": {"Data": "s"}, "Body": {}}},
        )
    events = [json.loads(body) for body in said(4)[1:]]
    assert [
        (e["eventType"], e["mail"]["destination"][0].partition("@")[0])
        for e in events
    ] == [
        ("Bounce", "bounce+ana"),
        ("Bounce", "ooto"),
        ("Complaint", "complaint"),
    ]
    assert [e["bounce"]["bounceType"] for e in events[:2]] == [
        "Permanent",
        "Transient",
    ]


def test_a_topic_that_ses_may_not_publish_to_is_refused(client, stack):
    with pytest.raises(ClientError, match="Could not publish"):
        client("sesv2").create_configuration_set_event_destination(
            ConfigurationSetName=stack["Set"],
            EventDestinationName="closed",
            EventDestination={
                "Enabled": True,
                "MatchingEventTypes": ["BOUNCE"],
                "SnsDestination": {"TopicArn": stack["ClosedTopic"]},
            },
        )
