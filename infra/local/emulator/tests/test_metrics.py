"""patches/metrics.py"""

import json
import time
import uuid

from conftest import wait_until


def test_a_logged_metric_is_counted_and_raises_its_alarm(client, stack):
    namespace = f"n{uuid.uuid4().hex}"
    cloudwatch = client("cloudwatch")
    cloudwatch.put_metric_alarm(
        AlarmName=namespace,
        Namespace=namespace,
        MetricName="Decided",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=2,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    directive = {
        "Namespace": namespace,
        "Dimensions": [[]],
        "Metrics": [{"Name": "Decided", "Unit": "Count"}],
    }
    line = {
        "_aws": {
            "Timestamp": int(time.time() * 1000),
            "CloudWatchMetrics": [directive],
        },
        "Decided": 3,
    }
    client("lambda").invoke(
        FunctionName=stack["TaskFunction"],
        Payload=json.dumps({"log": json.dumps(line)}),
    )

    def state():
        alarms = cloudwatch.describe_alarms(AlarmNames=[namespace])
        return alarms["MetricAlarms"][0]["StateValue"] == "ALARM"

    wait_until(state)
    metrics = cloudwatch.list_metrics(Namespace=namespace)["Metrics"]
    assert [metric["MetricName"] for metric in metrics] == ["Decided"]
