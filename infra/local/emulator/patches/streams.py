"""Lambda event sources on DynamoDB streams."""

import contextlib
import json
import time
from dataclasses import dataclass, field

from ministack.core import responses
from ministack.services import dynamodb, lambda_svc

from patches.replacing import override


@dataclass
class StreamProgress:
    """Where a mapping stands between two attempts at the same records."""

    slice_ends: list = field(default_factory=list)  # last one is current
    failed_attempts: int = 0


stream_progress = {}  # event source mapping UUID -> StreamProgress


def patch_dynamodb_stream_retries():
    """Poll DynamoDB streams side by side, with Lambda's failure handling."""
    # AWS: batchItemFailures moves the checkpoint to the first failed record,
    # BisectBatchOnFunctionError halves a failed batch at no cost of retries,
    # and after MaximumRetryAttempts or MaximumRecordAgeInSeconds the batch
    # goes to OnFailure; MiniStack retries the whole batch for ever.
    # Assumed where AWS documents nothing: the retry count starts again when
    # the checkpoint moves, and a batch whose first record fails is bisected.

    @override(lambda_svc, "_poll_dynamodb_streams")
    def poll(_original):
        for account, region, esm in lambda_svc._iter_all_esms():
            with request_scope(account, region):
                if not lambda_svc._esm_inflight.get(esm["UUID"]):
                    start_reading(esm)
        return False  # who has read wakes the poller itself


def start_reading(esm):
    """Let a mapping work off its stream, beside the other mappings."""
    # AWS: each mapping has a poller of its own; with one thread for all, a
    # slow consumer of one table would delay those of the others.
    table_name = stream_table_name(esm)
    if not table_name or is_backing_off(esm):
        return
    end = dynamodb.stream_end_position(table_name)
    if stream_position(esm, table_name) != end:
        lambda_svc._dispatch_esm_batch(esm["UUID"], read_stream, esm)


def read_stream(esm):
    while poll_stream_mapping(esm):
        pass


@contextlib.contextmanager
def request_scope(account, region):
    account_token = responses._request_account_id.set(account)
    region_token = responses._request_region.set(region)
    try:
        yield
    finally:
        responses._request_account_id.reset(account_token)
        responses._request_region.reset(region_token)


def poll_stream_mapping(esm):
    """Process the next slice of one mapping; True if it moved forward."""
    table_name = stream_table_name(esm)
    if not table_name or is_backing_off(esm):
        return False
    func, _ = lambda_svc._get_func_record_for_qualifier(
        esm["FunctionName"], esm.get("Qualifier")
    )
    if func is None:
        return False

    progress = stream_progress.setdefault(esm["UUID"], StreamProgress())
    start = stream_position(esm, table_name)
    numbered, end = read_slice(esm, progress, table_name, start)
    if end == start:
        progress.slice_ends.clear()
        return False
    if not numbered:
        finish_slice(esm, progress, end)
        return True

    result = lambda_svc._execute_function(
        func, {"Records": [record for _, record in numbered]}
    )
    failed_at = first_failure(esm, numbered, result)
    if failed_at is None:
        esm["LastProcessingResult"] = "OK"
        finish_slice(esm, progress, end)
        return True
    esm["LastProcessingResult"] = "PROBLEM: Function call failed"
    return handle_failure(
        esm, func, progress, numbered, end, failed_at, result
    )


def stream_table_name(esm):
    """The table behind an enabled DynamoDB stream mapping, else None."""
    arn = esm.get("EventSourceArn", "")
    if not esm.get("Enabled", True) or ":dynamodb:" not in arn:
        return None
    table_name = arn.split("/stream/")[0].rsplit("/", 1)[-1]
    table = dynamodb._tables.get(table_name)
    current = table and table.get("LatestStreamArn") == arn
    return table_name if current else None


def stream_position(esm, table_name):
    horizon = dynamodb.stream_start_position(table_name)
    with lambda_svc._dynamodb_stream_positions_lock:
        position = lambda_svc._dynamodb_stream_positions.get(esm["UUID"])
        if position is None:
            latest = esm.get("StartingPosition", "LATEST") == "LATEST"
            position = (
                dynamodb.stream_end_position(table_name) if latest else horizon
            )
        position = max(position, horizon)
        lambda_svc._dynamodb_stream_positions[esm["UUID"]] = position
    return position


def read_slice(esm, progress, table_name, start):
    """Return ([(position, record) that match the filters], end position)."""
    ends = progress.slice_ends
    size = ends[-1] - start if ends else int(esm.get("BatchSize", 100))
    records = dynamodb.stream_records_since(table_name, start, max(size, 0))
    numbered = [
        (start + offset, record)
        for offset, record in enumerate(records)
        if lambda_svc._apply_filter_criteria([record], esm)
    ]
    return numbered, start + len(records)


def first_failure(esm, numbered, result):
    """The position of the first record to retry, or None on success."""
    first_position = numbered[0][0]
    if result.get("error"):
        return first_position
    if "ReportBatchItemFailures" not in esm.get("FunctionResponseTypes", []):
        return None
    try:
        failures = batch_item_failures(result.get("body"))
        positions = {
            record["dynamodb"]["SequenceNumber"]: position
            for position, record in numbered
        }
        failed = [positions[item["itemIdentifier"]] for item in failures]
    except (KeyError, TypeError, ValueError, AttributeError):
        # AWS: an unreadable response or unknown item fails the whole batch.
        return first_position
    return min(failed, default=None)


def batch_item_failures(body):
    if isinstance(body, (str, bytes)) and body:
        body = json.loads(body)
    return (body or {}).get("batchItemFailures") or []


def handle_failure(esm, func, progress, numbered, end, failed_at, result):
    ends = progress.slice_ends
    if not ends:
        ends.append(end)
    if failed_at > numbered[0][0]:
        set_stream_position(esm, failed_at)
        progress.failed_attempts = 0
        back_off(esm)
        return True

    records = [record for _, record in numbered]
    condition = None
    if too_old(esm, records):
        condition = "MaxRecordAgeExceeded"
    elif is_true(esm.get("BisectBatchOnFunctionError")) and len(records) > 1:
        ends.append(numbered[len(numbered) // 2][0])
        progress.failed_attempts = 0
    else:
        progress.failed_attempts += 1
        if retries_exhausted(esm, progress):
            condition = "RetryAttemptsExhausted"
    if condition:
        lambda_svc._send_ddb_stream_failure_record(
            esm, func, records, esm["EventSourceArn"], result, condition
        )
        finish_slice(esm, progress, end)
        return True
    back_off(esm)
    return False


def too_old(esm, records):
    limit = int(esm.get("MaximumRecordAgeInSeconds", -1))
    created = float(
        records[0]["dynamodb"].get("ApproximateCreationDateTime", time.time())
    )
    return limit > 0 and time.time() - created > limit


def is_true(value):
    return str(value).lower() == "true"


def retries_exhausted(esm, progress):
    limit = int(esm.get("MaximumRetryAttempts", -1))
    return limit >= 0 and progress.failed_attempts > limit


def finish_slice(esm, progress, end):
    set_stream_position(esm, end)
    progress.failed_attempts = 0
    while progress.slice_ends and progress.slice_ends[-1] <= end:
        progress.slice_ends.pop()
    lambda_svc._esm_backoff_until.pop(esm["UUID"], None)


def set_stream_position(esm, position):
    with lambda_svc._dynamodb_stream_positions_lock:
        lambda_svc._dynamodb_stream_positions[esm["UUID"]] = position


def is_backing_off(esm):
    return lambda_svc._esm_backoff_until.get(esm["UUID"], 0) > time.time()


def back_off(esm):
    delay = lambda_svc._ESM_BACKOFF_SECONDS
    lambda_svc._esm_backoff_until[esm["UUID"]] = time.time() + delay


PATCHES = (patch_dynamodb_stream_retries,)
