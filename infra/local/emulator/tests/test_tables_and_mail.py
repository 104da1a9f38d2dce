"""patches/tables.py and patches/mail.py"""

import pytest
from botocore.exceptions import ClientError


def test_time_to_live_of_the_template_is_enabled(client, stack):
    ttl = client("dynamodb").describe_time_to_live(TableName=stack["Table"])
    assert ttl["TimeToLiveDescription"] == {
        "TimeToLiveStatus": "ENABLED",
        "AttributeName": "ttl",
    }


def test_send_email_is_authorized_on_the_identity(client, stack):
    credentials = client("sts").assume_role(
        RoleArn=stack["SenderRole"], RoleSessionName="tests"
    )["Credentials"]
    ses = client(
        "sesv2",
        credentials["AccessKeyId"],
        credentials["SecretAccessKey"],
        credentials["SessionToken"],
    )

    def send(sender):
        ses.send_email(
            FromEmailAddress=sender,
            Destination={"ToAddresses": ["b@example.net"]},
            Content={"Simple": {"Subject": {"Data": "s"}, "Body": {}}},
        )

    send("App <a@example.com>")
    with pytest.raises(ClientError, match="AccessDenied"):
        send("a@example.org")
