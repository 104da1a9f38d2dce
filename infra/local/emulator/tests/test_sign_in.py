"""patches/sign_in.py"""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
import uuid

import pytest
from conftest import wait_until


@pytest.fixture
def signed_in(client):
    """Someone's session: the pool, the client, and the tokens."""
    cognito = client("cognito-idp")
    pool = cognito.create_user_pool(PoolName=f"p{uuid.uuid4().hex}")
    pool = pool["UserPool"]["Id"]
    app = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName="portal",
        ExplicitAuthFlows=[
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
        ],
    )["UserPoolClient"]["ClientId"]
    cognito.admin_create_user(
        UserPoolId=pool, Username="ana", MessageAction="SUPPRESS"
    )
    cognito.admin_set_user_password(
        UserPoolId=pool,
        Username="ana",
        Password="Correct-Horse-1",
        Permanent=True,
    )
    tokens = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=app,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ana", "PASSWORD": "Correct-Horse-1"},
    )["AuthenticationResult"]
    return pool, app, tokens


def post(address, **form):
    """Posts a form; returns the status and what the answer says."""
    data = urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.urlopen(address, data) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["error"]


def test_a_revoked_refresh_token_gives_no_tokens(endpoint, signed_in):
    pool, app, tokens = signed_in
    discovery = f"{endpoint}/{pool}/.well-known/openid-configuration"
    with urllib.request.urlopen(discovery) as response:
        document = json.load(response)
    refresh = {
        "grant_type": "refresh_token",
        "client_id": app,
        "refresh_token": tokens["RefreshToken"],
    }
    assert post(document["token_endpoint"], **refresh)[0] == 200
    revoked = post(
        document["revocation_endpoint"],
        token=tokens["RefreshToken"],
        client_id=app,
    )
    assert revoked == (200, "")
    again = post(document["token_endpoint"], **refresh)
    assert again == (400, "invalid_grant")


def test_what_is_no_refresh_token_is_not_revoked(endpoint, signed_in):
    _, app, tokens = signed_in
    address = f"{endpoint}/oauth2/revoke"
    for form, answer in (
        ({"client_id": app}, (400, "invalid_request")),
        (
            {"client_id": app, "token": tokens["IdToken"]},
            (400, "unsupported_token_type"),
        ),
        (
            {"client_id": "nobody", "token": tokens["RefreshToken"]},
            (401, "invalid_client"),
        ),
    ):
        assert post(address, **form) == answer


def claims(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=="))


def test_renewed_tokens_say_when_the_person_signed_in(endpoint, signed_in):
    _, app, tokens = signed_in
    before = claims(tokens["IdToken"])

    def renewed():
        status, text = post(
            f"{endpoint}/oauth2/token",
            grant_type="refresh_token",
            client_id=app,
            refresh_token=tokens["RefreshToken"],
        )
        assert status == 200
        return claims(json.loads(text)["id_token"])

    later = wait_until(
        lambda: (now := renewed())["iat"] > before["iat"] and now
    )
    assert later["auth_time"] == before["auth_time"]
