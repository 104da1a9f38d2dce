"""patches/capacity.py"""

import json
from concurrent.futures import ThreadPoolExecutor

from conftest import LAMBDAS_AT_ONCE


def test_so_many_lambdas_run_at_once_and_no_more(client, stack):
    functions = client("lambda")

    def invoke(_):
        answer = functions.invoke(
            FunctionName=stack["PatientFunction"], Payload='{"sleep": 0.5}'
        )
        return json.load(answer["Payload"])

    calls = 3 * LAMBDAS_AT_ONCE
    with ThreadPoolExecutor(calls) as pool:
        times = list(pool.map(invoke, range(calls)))
    changes = sorted(
        [(began, 1) for began, _ in times] + [(ended, -1) for _, ended in times]
    )
    running = most = 0
    for _, change in changes:
        running += change
        most = max(most, running)
    assert most == LAMBDAS_AT_ONCE
