"""CloudWatch metrics that Lambda functions log."""

import json

from ministack.services import cloudwatch, lambda_svc

from patches.replacing import override


def patch_embedded_metrics():
    """Turn embedded-metric-format log lines into CloudWatch metrics."""
    # AWS: CloudWatch Logs extracts the metrics that a JSON log line declares
    # in its "_aws" member; MiniStack only stores the line.

    @override(lambda_svc, "_emit_lambda_logs")
    def emit(original, func, request_id, log_text, *args, **kwargs):
        original(func, request_id, log_text, *args, **kwargs)
        found = [record_embedded(line) for line in log_text.splitlines()]
        if any(found):
            cloudwatch._evaluate_all_alarms()


def record_embedded(line):
    """Record the metrics of one log line; True if there were any."""
    try:
        document = json.loads(line) if '"_aws"' in line else {}
        directives = document.get("_aws", {}).get("CloudWatchMetrics", [])
        for directive in directives:
            record_directive(document, directive)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return bool(directives)


def record_directive(document, directive):
    for dimension_set in directive.get("Dimensions", [[]]):
        dimensions = {name: str(document[name]) for name in dimension_set}
        for metric in directive["Metrics"]:
            values = document[metric["Name"]]
            for value in values if isinstance(values, list) else [values]:
                cloudwatch.record_metric(
                    directive["Namespace"],
                    metric["Name"],
                    value,
                    metric.get("Unit", "None"),
                    dimensions,
                )


PATCHES = (patch_embedded_metrics,)
