"""patches/http_api.py"""

import json
import urllib.error
import urllib.request

import pytest


@pytest.fixture
def call(endpoint, stack):
    """Calls the API; returns the status, the headers and the text."""

    def send(path, headers=None, method="GET"):
        # Not every resolver knows *.localhost, so name the API in Host only.
        host = f"{stack['ApiId']}.execute-api.localhost"
        request = urllib.request.Request(
            endpoint + path,
            headers={"Host": host, **(headers or {})},
            method=method,
        )
        try:
            with urllib.request.urlopen(request) as response:
                text = response.read().decode()
                return response.status, response.headers, text
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    return send


def test_cors_answers_the_origins_of_the_template(call):
    wanted = {
        "Origin": "https://app.example.com",
        "Access-Control-Request-Method": "GET",
    }
    status, headers, _ = call("/echo", wanted, method="OPTIONS")
    assert status == 204
    assert headers["Access-Control-Allow-Methods"] == "GET"
    _, headers, _ = call("/echo", wanted)
    assert headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    _, headers, _ = call("/echo", {"Origin": "https://elsewhere.example.com"})
    assert "Access-Control-Allow-Origin" not in headers


def test_the_tag_pins_the_api_id(stack):
    assert stack["ApiId"] == "5b1a0001"


def test_a_failed_lambda_is_500_without_details(call):
    status, _, body = call("/boom")
    assert status == 500
    assert json.loads(body) == {"message": "Internal Server Error"}


def test_a_lambda_that_times_out_is_500(call):
    assert call("/sleep")[0] == 500


def test_cookies_are_an_array(call):
    _, _, body = call("/echo", {"Cookie": "a=1; b=2"})
    event = json.loads(body)
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]


@pytest.mark.parametrize("route", ["GET /health", "POST /login"])
def test_an_api_answers_every_path_of_its_host(call, route):
    method, path = route.split()
    _, _, body = call(path, method=method)
    assert json.loads(body)["requestContext"]["http"]["path"] == path
