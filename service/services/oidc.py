"""Signing in by somebody else's word (OpenID Connect): the provider says whose mail address it is, and an account must have it.

Nobody gets an account by signing in. The code flow with PKCE (RFC 7636); state, nonce and verifier stand in a signed cookie for
ten minutes. What the provider says is believed only when its signature, issuer, audience, time and nonce are right.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from service.problems import Refusal
from service.services import accounts
from service.services.context import Context
from service.store import accounts as rows

SECONDS = 5
"""How long the provider may take."""
COOKIE_SECONDS = 600
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures that are believed; never `none`, and never one whose key is our own secret."""
LEEWAY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Start:
    """Where the visitor is sent, and what their browser keeps until they come back."""

    address: str
    cookie: str


def is_on(context: Context) -> bool:
    """Whether the operator has named a provider."""
    return bool(context.settings.oidc_issuer)


def start(context: Context, redirect: str) -> Start:
    """Return the provider's address for a sign-in, and the signed cookie that belongs to it.

    Raises
    ------
    Refusal
        `not-found` without a provider, `busy` while it does not answer.
    """
    from authlib.integrations.requests_client import OAuth2Session

    provider, verifier, nonce = _provider(context), secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    session = OAuth2Session(
        context.settings.oidc_client_id, redirect_uri=redirect, scope="openid email", code_challenge_method="S256"
    )
    address, state = session.create_authorization_url(provider["authorization_endpoint"], code_verifier=verifier, nonce=nonce)
    return Start(address, _signer(context).dumps({"state": state, "nonce": nonce, "verifier": verifier}))


def finish(context: Context, cookie: str, state: str, code: str, redirect: str) -> str:
    """Return the secret of a new session for whoever the provider vouches for.

    Raises
    ------
    Refusal
        `unauthorized`, whatever is wrong: a stale or foreign answer, a token that is not believed, an address without account.
    """
    try:
        kept = _signer(context).loads(cookie, max_age=COOKIE_SECONDS)
    except BadData:
        raise _refusal() from None
    if not secrets.compare_digest(str(kept["state"]).encode(), state.encode()):
        raise _refusal()
    provider = _provider(context)
    claims = _claims(context, provider, _id_token(context, provider, code, kept["verifier"], redirect), kept["nonce"])
    if claims.get("email_verified") is not True:
        raise _refusal()
    with context.store.write(whole=True) as connection:
        account = rows.by_mail(connection, str(claims.get("email", "")).lower())
        if account is None:
            raise _refusal()
        return accounts.start_session(context, connection, str(account["id"]))


# ---- inside --------------------------------------------------------------------------------------------------------------


def _signer(context: Context) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.settings.oidc_client_secret, salt="cohort-opt-oidc")


def _provider(context: Context) -> dict[str, Any]:
    """Return what the provider says about itself."""
    if not is_on(context):
        raise Refusal("not-found", "Signing in is by mail link here.")
    issuer = context.settings.oidc_issuer.rstrip("/")
    found = _get(f"{issuer}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise _refusal()
    return found


def _get(address: str) -> dict[str, Any]:
    import requests

    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    except (requests.RequestException, ValueError):
        raise Refusal(
            "busy", "The provider of sign-ins does not answer; use a mail link.", headers={"Retry-After": "30"}
        ) from None
    return found


def _id_token(context: Context, provider: dict[str, Any], code: str, verifier: str, redirect: str) -> str:
    import requests
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.requests_client import OAuth2Session

    settings = context.settings
    session = OAuth2Session(settings.oidc_client_id, settings.oidc_client_secret, redirect_uri=redirect)
    try:
        token = session.fetch_token(provider["token_endpoint"], code=code, code_verifier=verifier, timeout=SECONDS)
    except (AuthlibBaseError, requests.RequestException, ValueError):
        raise _refusal() from None
    return str(token.get("id_token", ""))


def _claims(context: Context, provider: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    settings = context.settings
    try:
        keys = KeySet.import_key_set(_get(provider["jwks_uri"]))  # type: ignore[arg-type]  # any JSON; joserfc checks
        claims = dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
        jwt.JWTClaimsRegistry(
            now=int(context.clock().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": provider["issuer"]},
            aud={"essential": True, "value": settings.oidc_client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
    except (JoseError, ValueError, KeyError, TypeError):
        raise _refusal() from None
    return claims


def _refusal() -> Refusal:
    return Refusal("unauthorized", "This sign-in was not completed. Start again, or use a mail link.")
