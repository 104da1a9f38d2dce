"""patches/tables.py and patches/mail.py"""

import pytest
from botocore.exceptions import ClientError


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
