"""patches/step_functions.py"""

import json
import time
import uuid

import pytest
from botocore.exceptions import ClientError

from conftest import wait_until


@pytest.fixture(scope="session")
def sfn(client):
    return client("stepfunctions")


@pytest.fixture
def start(sfn, stack):
    """Runs a state, then Caught if it timed out: (machine, execution)."""

    def run(state, data=None, name=None, machine="m"):
        catch = {"ErrorEquals": ["States.Timeout"], "Next": "Caught"}
        definition = {
            "QueryLanguage": "JSONata",
            "StartAt": "Only",
            "States": {
                "Only": {"End": True, "Catch": [catch], **state},
                "Caught": {"Type": "Succeed"},
            },
        }
        machine = sfn.create_state_machine(
            name=f"{machine}-{uuid.uuid4().hex}",
            definition=json.dumps(definition),
            roleArn=stack["MachineRole"],
        )["stateMachineArn"]
        execution = sfn.start_execution(
            stateMachineArn=machine,
            input=json.dumps(data or {}),
            name=name or uuid.uuid4().hex,
        )["executionArn"]
        return machine, execution

    return run


@pytest.fixture
def finish(sfn):
    """Waits for the end of an execution and describes it."""

    def wait(execution):
        def done():
            result = sfn.describe_execution(executionArn=execution)
            return result if result["status"] != "RUNNING" else None

        return wait_until(done)

    return wait


@pytest.fixture
def callback(client):
    """A .waitForTaskToken state whose token lands in an SQS queue."""
    sqs = client("sqs")
    url = sqs.create_queue(QueueName=f"q-{uuid.uuid4().hex}")["QueueUrl"]

    class Callback:
        state = {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Arguments": {
                "QueueUrl": url,
                "MessageBody": "{% $states.context.Task.Token %}",
            },
        }

        @staticmethod
        def token():
            def read():
                return sqs.receive_message(QueueUrl=url).get("Messages")

            message = wait_until(read)[0]
            sqs.delete_message(
                QueueUrl=url, ReceiptHandle=message["ReceiptHandle"]
            )
            return message["Body"]

    return Callback


@pytest.fixture
def answer_error(sfn):
    """Answers a task token; returns the error's code, None if accepted."""

    def answer(token, action="success"):
        try:
            if action == "success":
                sfn.send_task_success(taskToken=token, output="{}")
            else:
                sfn.send_task_failure(taskToken=token, error="E")
        except ClientError as error:
            return error.response["Error"]["Code"]
        return None

    return answer


def lambda_task(stack, payload, wait_for_token=False, timeout=None):
    suffix = ".waitForTaskToken" if wait_for_token else ""
    if wait_for_token:
        payload = {**payload, "token": "{% $states.context.Task.Token %}"}
    return {
        "Type": "Task",
        "Resource": f"arn:aws:states:::lambda:invoke{suffix}",
        "TimeoutSeconds": timeout or 60,
        "Arguments": {
            "FunctionName": stack["TaskFunction"],
            "Payload": payload,
        },
    }


def caught(result):
    return json.loads(result["output"]).get("Error")


def test_a_timeout_expression_ends_a_wait(callback, start, finish):
    state = {**callback.state, "TimeoutSeconds": "{% $states.input.limit %}"}
    began = time.monotonic()
    _, execution = start(state, {"limit": 1})
    assert caught(finish(execution)) == "States.Timeout"
    assert 0.9 < time.monotonic() - began < 5


def test_a_timeout_expression_ends_a_wait_after_a_lambda(stack, start, finish):
    limit = "{% $states.input.limit + 1 %}"
    state = lambda_task(stack, {}, wait_for_token=True, timeout=limit)
    began = time.monotonic()
    _, execution = start(state, {"limit": 1})
    assert caught(finish(execution)) == "States.Timeout"
    assert 1.9 < time.monotonic() - began < 8


def test_a_timeout_expression_ends_a_plain_task(stack, start, finish):
    limit = "{% $states.input.limit %}"
    _, execution = start(
        lambda_task(stack, {"sleep": 2.5}, timeout=limit), {"limit": 1}
    )
    assert caught(finish(execution)) == "States.Timeout"


def test_a_bad_timeout_expression_fails_the_task(callback, start, finish):
    _, execution = start({**callback.state, "TimeoutSeconds": "{% 'soon' %}"})
    result = finish(execution)
    assert result["status"] == "FAILED"
    assert result["error"] == "States.QueryEvaluationError"


def test_a_failed_lambda_fails_the_wait(stack, start, finish):
    _, execution = start(
        lambda_task(stack, {"fail": True}, wait_for_token=True)
    )
    result = finish(execution)
    assert result["status"] == "FAILED"
    assert "task failed" in result["cause"]


@pytest.mark.parametrize("action", ["success", "failure"])
def test_a_bogus_token_is_invalid(answer_error, action):
    assert answer_error("bogus", action) == "InvalidToken"


def test_a_used_token_has_timed_out(callback, start, finish, answer_error):
    _, execution = start({**callback.state, "TimeoutSeconds": 30})
    token = callback.token()
    assert answer_error(token) is None
    for action in ("success", "failure"):
        assert answer_error(token, action) == "TaskTimedOut"
    assert finish(execution)["status"] == "SUCCEEDED"


def test_an_expired_token_has_timed_out(callback, start, finish, answer_error):
    _, execution = start({**callback.state, "TimeoutSeconds": 1})
    token = callback.token()
    finish(execution)
    assert answer_error(token) == "TaskTimedOut"


def test_the_token_of_a_stopped_run_has_timed_out(
    sfn, callback, start, answer_error
):
    _, execution = start({**callback.state, "TimeoutSeconds": 30})
    token = callback.token()
    sfn.stop_execution(executionArn=execution)
    assert answer_error(token) == "TaskTimedOut"


def test_every_attempt_has_its_own_token(
    callback, start, finish, answer_error
):
    retry = {
        "ErrorEquals": ["States.Timeout"],
        "IntervalSeconds": 1,
        "MaxAttempts": 1,
    }
    state = {**callback.state, "TimeoutSeconds": 1, "Retry": [retry]}
    _, execution = start(state)
    first, second = callback.token(), callback.token()
    assert first != second
    assert answer_error(first) == "TaskTimedOut"
    assert answer_error(second) is None
    assert finish(execution)["status"] == "SUCCEEDED"


def test_start_execution_is_idempotent(sfn, callback, start):
    name = uuid.uuid4().hex
    machine, execution = start(
        {**callback.state, "TimeoutSeconds": 30}, {"a": 1}, name=name
    )
    again = {"stateMachineArn": machine, "name": name}
    twin = sfn.start_execution(input='{"a": 1}', **again)
    assert twin["executionArn"] == execution
    with pytest.raises(sfn.exceptions.ExecutionAlreadyExists):
        sfn.start_execution(input='{"a": 2}', **again)
    sfn.stop_execution(executionArn=execution)
    with pytest.raises(sfn.exceptions.ExecutionAlreadyExists):
        sfn.start_execution(input='{"a": 1}', **again)


def test_an_answer_is_authorized_on_its_machine(
    as_role, stack, start, callback
):
    answerer = as_role("stepfunctions", stack["AnswererRole"])
    waiting = {**callback.state, "TimeoutSeconds": 30}
    start(waiting, machine="other")
    with pytest.raises(ClientError, match="AccessDenied"):
        answerer.send_task_success(taskToken=callback.token(), output="{}")
    start(waiting, machine="answered")
    answerer.send_task_success(taskToken=callback.token(), output="{}")
