"""patches/queues.py"""

import uuid

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


def test_groups_of_a_fifo_queue_are_consumed_side_by_side(
    client, stack, seen
):
    sqs, mark = client("sqs"), uuid.uuid4().hex
    bodies = [f"late-{mark} after soon-{mark}", f"soon-{mark}"]
    for body in bodies:
        sqs.send_message(
            QueueUrl=stack["Fifo"], MessageBody=body, MessageGroupId=body
        )
    for body in reversed(bodies):
        seen(body)


def test_a_group_of_a_fifo_queue_is_consumed_in_order(client, stack, seen):
    sqs, mark = client("sqs"), uuid.uuid4().hex
    first, second = f"first-{mark}", f"second-{mark} after first-{mark}"
    for body in (second.split(" after ")[1], second):
        sqs.send_message(
            QueueUrl=stack["Fifo"], MessageBody=body, MessageGroupId=mark
        )
    seen(second)
    seen(first)
