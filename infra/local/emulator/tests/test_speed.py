"""patches/speed.py"""

import io
import socket
import sys
import time
import uuid
import zipfile
from urllib.parse import urlsplit

import pytest


BOOTSTRAP = f"""#!{sys.executable}
import http.client, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    event = api.getresponse()
    request_id = event.headers["Lambda-Runtime-Aws-Request-Id"]
    api.request("POST", base + request_id + "/response", event.read())
    api.getresponse().read()
"""


@pytest.fixture
def custom_runtime(client, stack):
    """A provided.al2023 function, the runtime that Go functions use."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        package.writestr(entry, BOOTSTRAP)
    function = client("lambda")
    name = f"f-{uuid.uuid4().hex}"
    function.create_function(
        FunctionName=name,
        Runtime="provided.al2023",
        Handler="bootstrap",
        Role=stack["MachineRole"],
        Code={"ZipFile": archive.getvalue()},
    )
    yield name
    function.delete_function(FunctionName=name)


def test_a_warm_invocation_is_fast(client, custom_runtime):
    function = client("lambda")
    durations = []
    for _ in range(12):
        began = time.monotonic()
        function.invoke(FunctionName=custom_runtime, Payload="{}")
        durations.append(time.monotonic() - began)
    # Without the patches: 40 ms of stall and 50 ms of waiting for logs.
    assert min(durations) < 0.04


def test_http_is_parsed_by_uvicorn(endpoint):
    address = urlsplit(endpoint)
    with socket.create_connection((address.hostname, address.port)) as server:
        server.settimeout(20)
        server.sendall(b"no HTTP\r\n\r\n")
        assert b"Invalid HTTP request received." in server.recv(4096)
