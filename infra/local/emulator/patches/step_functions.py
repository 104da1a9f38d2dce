"""Step Functions: timeouts, task tokens and repeated starts."""

import contextvars
import json
import threading
from dataclasses import dataclass
from datetime import datetime

from ministack.core import iam_actions, responses
from ministack.services import stepfunctions as sfn

from patches.replacing import override


@dataclass
class TaskScope:
    """The Task state that the current thread is executing."""

    state: dict
    raw_input: object
    execution: dict
    context: dict


task_scope = contextvars.ContextVar("task_scope", default=None)
callback_token = contextvars.ContextVar("callback_token", default=None)
token_lock = threading.Lock()
issued_tokens = {}  # task token -> its execution


def patch_start_execution_idempotency():
    """Let StartExecution be repeated."""
    # AWS: the same name and input as a RUNNING execution returns that
    # execution; MiniStack always answers ExecutionAlreadyExists.

    @override(sfn, "_start_execution")
    def start(original, data):
        response = original(data)
        if response[0] != 400 or not is_error(
            response, "ExecutionAlreadyExists"
        ):
            return response
        running = find_running_twin(data)
        if running is None:
            return response
        started = running["startDate"]
        if isinstance(started, str):
            started = datetime.fromisoformat(started.replace("Z", "+00:00"))
            started = started.timestamp()
        return responses.json_response(
            {"executionArn": running["executionArn"], "startDate": started}
        )


def is_error(response, code):
    """Whether one of MiniStack's (status, headers, body) is that error."""
    return code in str(json.loads(response[2]).get("__type", ""))


def find_running_twin(data):
    wanted = json.loads(data.get("input", "{}"))
    for _, execution in sfn._executions.items():
        if (
            execution["name"] == data.get("name")
            and execution["stateMachineArn"] == data.get("stateMachineArn")
            and execution["status"] == "RUNNING"
            and json.loads(execution["input"]) == wanted
        ):
            return execution
    return None


def patch_task_scope():
    """Remember the running Task state for the patches that follow."""

    @override(sfn, "_execute_task")
    def execute(original, state_def, raw_input, execution, ctx):
        scope = TaskScope(state_def, raw_input, execution, ctx)
        token = task_scope.set(scope)
        try:
            return original(state_def, raw_input, execution, ctx)
        finally:
            task_scope.reset(token)


def patch_task_timeouts():
    """Evaluate and enforce a TimeoutSeconds that is an expression."""
    # AWS: TimeoutSeconds may be a JSONata expression; MiniStack hands its
    # text to a timer.

    @override(sfn, "_invoke_resource_with_timeout")
    def invoke(original, resource, input_data, timeout):
        return original(resource, input_data, timeout_seconds())

    @override(sfn, "_invoke_with_callback")
    def wait_for_token(original, resource, input_data, token, state_def):
        timeout = timeout_seconds()
        if timeout is not None:
            state_def = {**state_def, "TimeoutSeconds": timeout}
        return original(resource, input_data, token, state_def)


def timeout_seconds():
    """The evaluated TimeoutSeconds of the running Task state, or None."""
    scope = task_scope.get()
    if "TimeoutSeconds" not in scope.state:
        return None
    value = sfn._jsonata_state_field(
        scope.state,
        "TimeoutSeconds",
        "number",
        scope.raw_input,
        scope.context,
    )
    if not sfn._is_num(value) or value <= 0:
        raise sfn._ExecutionError(
            "States.QueryEvaluationError",
            f"TimeoutSeconds must be a positive number, but was {value!r}",
        )
    return value


def fail_token(token, error, cause):
    info = sfn._task_tokens.get(token)
    if info and not info["event"].is_set():
        info["error"] = {"Error": error, "Cause": cause}
        info["event"].set()


def patch_callback_lambda_errors():
    """Fail a .waitForTaskToken task when its Lambda fails."""
    # AWS: the error of the invoked function fails the task at once;
    # MiniStack ignores it and waits for the token until the timeout.

    @override(sfn, "_invoke_with_callback")
    def wait_for_token(original, resource, input_data, token, state_def):
        previous = callback_token.set(token)
        try:
            return original(resource, input_data, token, state_def)
        finally:
            callback_token.reset(previous)

    @override(sfn, "_call_lambda")
    def call(original, func_ref, event):
        try:
            return original(func_ref, event)
        except sfn._ExecutionError as error:
            if callback_token.get():
                fail_token(callback_token.get(), error.error, error.cause)
            raise


def patch_task_token_errors():
    """Answer a late or false task token as Step Functions does."""
    # AWS: a token that was used, timed out or belongs to a stopped execution
    # gives TaskTimedOut, any other text InvalidToken; MiniStack answers
    # TaskDoesNotExist, and accepts a second answer that comes at once.

    @override(sfn, "_invoke_with_callback")
    def wait_for_token(original, resource, input_data, token, state_def):
        issued_tokens[token] = task_scope.get().execution
        return original(resource, input_data, token, state_def)

    for name in ("_send_task_success", "_send_task_failure"):
        override(sfn, name)(send_task_answer)


def send_task_answer(original, data):
    token = data.get("taskToken")
    with token_lock:
        info = sfn._task_tokens.get(token)
        if info is None and token not in issued_tokens:
            return responses.error_response_json(
                "InvalidToken", "Invalid Token: 'Invalid token'", 400
            )
        execution = issued_tokens.get(token)
        stopped = execution and execution["status"] != "RUNNING"
        if info is None or info["event"].is_set() or stopped:
            return responses.error_response_json(
                "TaskTimedOut",
                "Task Timed Out: 'Provided task does not exist anymore'",
                400,
            )
        return original(data)


def patch_task_token_per_attempt():
    """Issue a new task token for every retry."""
    # AWS: each attempt of a .waitForTaskToken task has its own token;
    # MiniStack reuses the first, so an old answer could end a new attempt.

    @override(sfn, "_apply_jsonata_arguments")
    def renew_token(original, state_def, raw_input, ctx=None):
        task = (ctx or {}).get("Task") or {}
        if task.get("Token") in issued_tokens:
            ctx["Task"] = {"Token": responses.new_uuid()}
        return original(state_def, raw_input, ctx)


def patch_task_answer_authorization():
    """Authorize an answer on the state machine whose task waits for it."""
    # AWS: states:SendTaskSuccess, -Failure and -Heartbeat are checked on the
    # state machine's ARN; MiniStack checks "*", which denies a narrow policy.

    @override(iam_actions, "extract_resource_arn")
    def resource_arn(original, service, method, path, headers, body, *rest):
        arn = original(service, method, path, headers, body, *rest)
        if service != "states" or arn != "*":
            return arn
        token = json.loads(body or b"{}").get("taskToken")
        execution = issued_tokens.get(token)
        return execution["stateMachineArn"] if execution else arn


PATCHES = (
    patch_task_answer_authorization,
    patch_start_execution_idempotency,
    patch_task_timeouts,
    patch_callback_lambda_errors,
    patch_task_token_errors,
    patch_task_token_per_attempt,
    patch_task_scope,
)
