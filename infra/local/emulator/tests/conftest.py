"""An emulator and a stack (template.yaml) for one run of these tests."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

import boto3
import pytest
from botocore.config import Config

HERE = pathlib.Path(__file__).parent
REGION = "eu-west-2"
LAMBDAS_AT_ONCE = 4


def wait_until(check, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"{check} did not come true in {seconds} s")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def endpoint():
    """The address of an emulator that is started for these tests."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": home,
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "MINISTACK_HOST": "localhost",
            "MINISTACK_REGION": REGION,
            "MINISTACK_FAST_LOGS": "1",
            "LAMBDAS_AT_ONCE": str(LAMBDAS_AT_ONCE),
            "AWS_ENDPOINT_URL": address,
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "AUTH": "true",
        }
        log = pathlib.Path(home, "emulator.log")
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, HERE.parent / "emulator.py"],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

        def healthy():
            assert process.poll() is None, log.read_text()
            try:
                with urllib.request.urlopen(f"{address}/_ministack/health"):
                    return True
            except OSError:
                return False

        try:
            wait_until(healthy, 60)
            yield address
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def client(endpoint):
    """Makes a boto3 client of a service of the emulator."""

    def make(service, key="test", secret="test", token=None):
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name=REGION,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            aws_session_token=token,
            config=Config(retries={"max_attempts": 1}),
        )

    return make


@pytest.fixture(scope="session")
def stack(client):
    """The outputs of the stack."""
    cloudformation = client("cloudformation")
    name = f"emulator-test-{uuid.uuid4().hex[:8]}"
    cloudformation.create_stack(
        StackName=name,
        TemplateBody=(HERE / "template.yaml").read_text(),
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    waiter = cloudformation.get_waiter("stack_create_complete")
    waiter.wait(StackName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    described = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    return {o["OutputKey"]: o["OutputValue"] for o in described["Outputs"]}


@pytest.fixture
def seen(client, stack):
    """Waits until the PatientFunction has seen a key."""
    table = client("dynamodb")

    def wait(key):
        wait_until(
            lambda: "Item" in table.get_item(
                TableName=stack["SeenTable"],
                Key={"pk": {"S": key}},
                ConsistentRead=True,
            )
        )

    return wait


@pytest.fixture
def as_role(client):
    """A client of a service with a role's rights alone."""

    def assume(service, role):
        credentials = client("sts").assume_role(
            RoleArn=role, RoleSessionName="tests"
        )["Credentials"]
        return client(
            service,
            credentials["AccessKeyId"],
            credentials["SecretAccessKey"],
            credentials["SessionToken"],
        )

    return assume
