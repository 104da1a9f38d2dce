"""The speed of a Lambda invocation."""

import os
import socketserver

import hypercorn.asyncio
import uvicorn
import uvloop

from ministack.core import lambda_runtime

from patches.replacing import override


def patch_runtime_api_latency():
    """Remove a 40 ms stall from every Lambda invocation."""
    # AWS: a warm invocation adds about a millisecond; MiniStack's Runtime
    # API server waits for delayed ACKs because Nagle's algorithm is on.
    socketserver.StreamRequestHandler.disable_nagle_algorithm = True


def patch_log_drain():
    """Shorten the wait for log lines of a Lambda that prints nothing."""
    # AWS: logs are collected after the response; MiniStack holds each
    # response for 50 ms to wait for a first log line.
    if not os.environ.get("MINISTACK_FAST_LOGS"):
        return
    for cls in vars(lambda_runtime).values():
        drain = isinstance(cls, type) and vars(cls).get(
            "_drain_stderr_bounded"
        )
        if drain:
            drain.__defaults__ = tuple(
                0.003 if value == 0.05 else value
                for value in drain.__defaults__
            )


def patch_http_server():
    """Serve HTTP by uvicorn, with parser and event loop in C."""
    # AWS: has as many servers as it takes; MiniStack is one process, and
    # spends a third of it in Hypercorn and h11, which are pure Python.
    uvloop.install()

    @override(hypercorn.asyncio, "serve")
    async def serve(_original, application, config):
        host, _, port = config.bind[0].rpartition(":")
        await uvicorn.Server(
            uvicorn.Config(
                application,
                host=host,
                port=int(port),
                http="httptools",
                timeout_keep_alive=config.keep_alive_timeout,
                timeout_graceful_shutdown=1,
                access_log=False,
                log_level="warning",
                server_header=False,
                date_header=False,  # the application sends one
            )
        ).serve()


PATCHES = (patch_runtime_api_latency, patch_log_drain, patch_http_server)
