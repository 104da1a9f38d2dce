"""patches/queues.py"""

import pytest
from botocore.exceptions import ClientError


def test_a_batch_is_authorized_as_what_it_is_a_batch_of(as_role, stack):
    sqs = as_role("sqs", stack["QueueRole"])
    entries = [{"Id": "1", "MessageBody": "hello"}]
    sent = sqs.send_message_batch(
        QueueUrl=stack["Queue"], Entries=entries
    )
    assert [s["Id"] for s in sent["Successful"]] == ["1"]
    with pytest.raises(ClientError, match="AccessDenied"):
        sqs.delete_message_batch(
            QueueUrl=stack["Queue"],
            Entries=[{"Id": "1", "ReceiptHandle": "x"}],
        )
