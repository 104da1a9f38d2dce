"""What Cognito serves on a user pool's domain."""

import json
from urllib.parse import parse_qs

from ministack import app
from ministack.services import cognito

from patches.replacing import override


def patch_token_revocation():
    """Let a browser revoke its refresh token."""
    # AWS: POST /oauth2/revoke ends a refresh token and the access tokens that
    # came with it, and the discovery document names it; MiniStack has the
    # API action RevokeToken alone.
    # https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html

    @override(cognito, "well_known_openid_configuration")
    def discovery(original, *args, **kwargs):
        status, headers, body = original(*args, **kwargs)
        document = json.loads(body)
        token_endpoint = document["token_endpoint"]
        document["revocation_endpoint"] = (
            token_endpoint.removesuffix("/token") + "/revoke"
        )
        return status, headers, json.dumps(document).encode()

    @override(app, "_handle_cognito_body_request")
    async def handle(original, method, path, headers, body, query_params):
        if (method, path) == ("POST", "/oauth2/revoke"):
            return revoke(parse_qs(body.decode()))
        return await original(method, path, headers, body, query_params)


def revoke(form):
    token = form.get("token", [""])[0]
    if not token:
        return cognito._oauth2_error("invalid_request", "No token.")
    client = form.get("client_id", [""])[0]
    if not cognito._find_pool_by_client_id(client)[1]:
        return cognito._oauth2_error("invalid_client", "No such client.", 401)
    if cognito._token_claims(token).get("token_use") != "refresh":
        return cognito._oauth2_error(
            "unsupported_token_type", "Not a refresh token."
        )
    cognito._revoke_token({"Token": token, "ClientId": client})
    return 200, {}, b""


def patch_time_of_sign_in():
    """Keep auth_time when tokens are renewed."""
    # AWS: auth_time is when the person completed authentication, however
    # often the tokens are renewed, and clients hold it against the first one
    # (OpenID Connect Core 1.0, 12.2); MiniStack puts the time of the renewal.
    # https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
    began = {}

    @override(cognito, "_signed_jwt")
    def sign(original, claims, *args, **kwargs):
        session = claims.get("origin_jti")
        if session and "auth_time" in claims:
            first = began.setdefault(session, claims["auth_time"])
            claims = {**claims, "auth_time": first}
        return original(claims, *args, **kwargs)


PATCHES = (patch_token_revocation, patch_time_of_sign_in)
