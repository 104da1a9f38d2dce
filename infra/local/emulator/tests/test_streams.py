"""patches/streams.py"""

import itertools
import json
import uuid

import pytest

from conftest import wait_until

batch_numbers = itertools.count()


@pytest.fixture
def stream(client, stack):
    return Stream(client, stack)


class Stream:
    """A table, the Lambda on its stream, and what that Lambda saw."""

    def __init__(self, client, stack):
        self.functions = client("lambda")
        self.dynamodb = client("dynamodb")
        self.sqs = client("sqs")
        self.stack = stack

    def put_batch(self, *kinds):
        """Write items while the mapping is off, so they form one batch."""
        self.enable_mapping(False)
        prefix = f"b{next(batch_numbers)}-{uuid.uuid4().hex[:6]}"
        for index, kind in enumerate(kinds):
            item = {"pk": {"S": f"{prefix}.{index}{kind}"}}
            self.dynamodb.put_item(TableName=self.stack["Table"], Item=item)
        self.enable_mapping(True)
        return prefix

    def enable_mapping(self, enabled):
        mapping = self.functions.list_event_source_mappings(
            FunctionName=self.stack["StreamFunction"]
        )["EventSourceMappings"][0]
        self.functions.update_event_source_mapping(
            UUID=mapping["UUID"], Enabled=enabled
        )

    def invocations(self, prefix):
        """The batches the Lambda saw, as lists like ['0ok', '1poison']."""
        items = self.dynamodb.scan(
            TableName=self.stack["SeenTable"], ConsistentRead=True
        )["Items"]
        batches = [
            item["keys"]["S"].split(",")
            for item in sorted(items, key=lambda item: item["pk"]["S"])
        ]
        return [
            [key.split(".")[1] for key in batch]
            for batch in batches
            if batch[0].startswith(prefix)
        ]

    def all_invocations(self, prefix):
        """As invocations, once a later item has been seen too."""
        last = self.put_batch("end")
        wait_until(lambda: self.invocations(last), 30)
        return self.invocations(prefix)

    def failure_record(self):
        url = self.stack["FailQueue"]

        def read():
            return self.sqs.receive_message(QueueUrl=url).get("Messages")

        message = wait_until(read, 30)[0]
        self.sqs.delete_message(
            QueueUrl=url, ReceiptHandle=message["ReceiptHandle"]
        )
        return json.loads(message["Body"])


def test_a_partial_failure_is_retried_from_the_first_failed_record(stream):
    prefix = stream.put_batch("ok", "ok", "poison")
    record = stream.failure_record()
    assert record["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert record["DDBStreamBatchInfo"]["batchSize"] == 1
    assert stream.all_invocations(prefix) == [
        ["0ok", "1ok", "2poison"],
        ["2poison"],
        ["2poison"],
    ]


def test_records_after_a_poison_record_are_processed(stream):
    prefix = stream.put_batch("ok", "poison", "ok")
    assert stream.failure_record()["DDBStreamBatchInfo"]["batchSize"] == 1
    assert stream.all_invocations(prefix) == [
        ["0ok", "1poison", "2ok"],
        ["1poison", "2ok"],
        ["1poison"],
        ["1poison"],
        ["2ok"],
    ]


def test_a_function_error_bisects_the_batch(stream):
    prefix = stream.put_batch("ok", "ok", "throw", "ok")
    record = stream.failure_record()
    assert record["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert record["DDBStreamBatchInfo"]["batchSize"] == 1
    assert stream.all_invocations(prefix) == [
        ["0ok", "1ok", "2throw", "3ok"],
        ["0ok", "1ok"],
        ["2throw", "3ok"],
        ["2throw"],
        ["2throw"],
        ["3ok"],
    ]


def test_a_slow_consumer_of_one_table_delays_no_other(client, stack, seen):
    table, mark = client("dynamodb"), uuid.uuid4().hex
    late = {"pk": {"S": f"late-{mark} after soon-{mark}"}}
    table.put_item(TableName=stack["OneTable"], Item=late)
    soon = {"pk": {"S": f"soon-{mark}"}}
    table.put_item(TableName=stack["OtherTable"], Item=soon)
    seen(soon["pk"]["S"])
    seen(late["pk"]["S"])
