"""API Gateway HTTP APIs."""

import contextvars

from ministack import app
from ministack.services import apigateway, lambda_svc

from patches.replacing import override, override_resource

in_http_api_call = contextvars.ContextVar("in_http_api_call", default=False)


def patch_http_api_cors():
    """Obey the CorsConfiguration of AWS::ApiGatewayV2::Api."""
    # AWS: the API answers preflights and adds headers as configured;
    # MiniStack stores CloudFormation's AllowOrigins, ... but reads
    # allowOrigins, ...

    @override_resource("AWS::ApiGatewayV2::Api", "create")
    def create(original, logical_id, props, stack_name):
        return original(logical_id, with_api_cors(props), stack_name)

    @override_resource("AWS::ApiGatewayV2::Api", "update")
    def update(original, physical_id, old, new, stack_name, logical_id=None):
        return original(
            physical_id,
            old,
            with_api_cors(new),
            stack_name,
            logical_id=logical_id,
        )


def with_api_cors(props):
    cors = props.get("CorsConfiguration")
    if not cors:
        return props
    cors = {key[0].lower() + key[1:]: value for key, value in cors.items()}
    return {**props, "CorsConfiguration": cors}


def patch_http_api_lambda_errors():
    """Hide a failed Lambda's error from the HTTP client."""
    # AWS: an HTTP API answers a Lambda function error or timeout with 500
    # and a fixed body; MiniStack answers 502 with the error's details.

    @override(apigateway, "_invoke_lambda_proxy")
    async def invoke(original, *args, **kwargs):
        token = in_http_api_call.set(True)
        try:
            return await original(*args, **kwargs)
        finally:
            in_http_api_call.reset(token)

    @override(lambda_svc, "lambda_execute_result_to_api_proxy_response")
    def to_response(original, result):
        failed = result.get("error") and not result.get("throttle")
        if not (failed and in_http_api_call.get()):
            return original(result)
        return {
            "statusCode": 500,
            "headers": {"Content-Type": "application/json"},
            "body": '{"message":"Internal Server Error"}',
        }, None


def patch_http_api_cookies():
    """Deliver request cookies in the ``cookies`` array."""
    # AWS: payload format 2.0 moves the Cookie header into event["cookies"];
    # MiniStack leaves it in event["headers"].

    @override(lambda_svc, "_execute_function_with_config_scope")
    def execute(original, func, event):
        if is_http_event(event) and "cookie" in event["headers"]:
            headers = dict(event["headers"])
            cookies = headers.pop("cookie").split(";")
            cookies = [cookie.strip() for cookie in cookies]
            event = {**event, "headers": headers, "cookies": cookies}
        return original(func, event)


def is_http_event(event):
    return (
        isinstance(event, dict)
        and event.get("version") == "2.0"
        and "http" in event.get("requestContext", {})
        and isinstance(event.get("headers"), dict)
    )


def patch_http_api_host_paths():
    """Let an API answer every path of its own host."""
    # AWS: {api}.execute-api... serves only the API; MiniStack answers
    # /health, /logout, POST /login and /oauth2/* itself on every host.

    async def skip_on_api_host(original, method, path, headers, *rest):
        if app._EXECUTE_API_RE.match(headers.get("host", "")):
            return None
        return await original(method, path, headers, *rest)

    override(app, "_handle_pre_body_request")(skip_on_api_host)
    override(app, "_handle_post_body_shortcuts")(skip_on_api_host)


PATCHES = (
    patch_http_api_cors,
    patch_http_api_lambda_errors,
    patch_http_api_cookies,
    patch_http_api_host_paths,
)
