"""Signing in by a provider's word: only for addresses with an account, and only when every part of the word is right."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from service.actors import MACHINE
from service.config import SettingsError, check_settings
from service.services import accounts

SECRET = "a-secret-of-the-client-1234"


@pytest.fixture(scope="module")
def keys():
    return KeySet([RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})])


@pytest.fixture
def provider(keys, clock):
    """A provider on this machine; `changes` are what it says differently, `signer` is what it signs with."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            own = f"http://127.0.0.1:{server.server_port}"
            names = {"issuer": own, "authorization_endpoint": f"{own}/authorize", "token_endpoint": f"{own}/token",
                     "jwks_uri": f"{own}/keys"}  # fmt: skip
            self.answer(keys.as_dict(private=False) if self.path == "/keys" else names)

        def do_POST(self):
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            server.asked.append({name: values[0] for name, values in asked.items()})
            now = int(clock().timestamp())
            claims = {"iss": f"http://127.0.0.1:{server.server_port}", "aud": "cohort", "exp": now + 300, "sub": "1",
                      "nonce": server.nonce, "email": "Anna@x.invalid", "email_verified": True, **server.changes}  # fmt: skip
            token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, server.signer or keys)
            self.answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

        def answer(self, document):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.changes, server.signer, server.nonce = [], {}, None, ""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def app(make_app, provider):
    issuer = f"http://127.0.0.1:{provider.server_port}"
    app = make_app(access="accounts", oidc_issuer=issuer, oidc_client_id="cohort", oidc_client_secret=SECRET)
    accounts.add_account(app.extensions["cohort_opt"], MACHINE, "anna@x.invalid", "planner")
    return app


def begun(client, provider):
    """Begin a sign-in and return the state that the provider was given."""
    answer = client.get("/sign-in-elsewhere")
    assert answer.status_code == 303
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.nonce = asked["nonce"]
    return asked["state"]


def ended(client, state):
    return client.get(f"/sign-in-elsewhere/back?code=c&state={state}")


def test_whoever_the_provider_vouches_for_and_has_an_account_is_signed_in(app, provider):
    client = app.test_client()
    assert ended(client, begun(client, provider)).status_code == 303
    assert client.get("/rounds").status_code == 200
    assert provider.asked[0]["code_verifier"]


@pytest.mark.parametrize(
    "changes",
    [{"email": "nobody@x.invalid"}, {"email_verified": False}, {"aud": "other"}, {"iss": "https://evil.example"}, {"exp": 1},
     {"nonce": "another"}, {"email": None}],
    ids=str,
)  # fmt: skip
def test_a_word_that_is_wrong_in_one_part_signs_nobody_in(app, provider, changes):
    client = app.test_client()
    state = begun(client, provider)
    provider.changes = changes
    answer = ended(client, state)
    assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")
    assert client.get("/rounds").status_code == 401


def test_a_word_signed_by_somebody_else_signs_nobody_in(app, provider):
    client = app.test_client()
    state = begun(client, provider)
    provider.signer = RSAKey.generate_key(2048, {"kid": "one"})
    assert ended(client, state).status_code == 401


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(app, provider):
    client = app.test_client()
    state = begun(client, provider)
    assert ended(client, state + "x").status_code == 401
    assert ended(app.test_client(), state).status_code == 401


def test_an_answer_after_ten_minutes_is_too_late(app, provider, monkeypatch):
    import itsdangerous.timed

    client = app.test_client()
    state = begun(client, provider)
    real = itsdangerous.timed.time.time
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: real() + 601)
    assert ended(client, state).status_code == 401


def test_without_a_provider_there_is_no_such_sign_in(make_app):
    assert make_app().test_client().get("/sign-in-elsewhere").status_code == 404


@pytest.mark.parametrize(
    "changes", [{"oidc_issuer": "http://sso.example"}, {"oidc_client_secret": "short"}, {"oidc_client_id": ""}], ids=str
)
def test_a_start_with_an_unsafe_provider_is_refused(settings, changes):
    good = {"oidc_issuer": "https://sso.example", "oidc_client_id": "cohort", "oidc_client_secret": SECRET}
    check_settings(settings.model_copy(update=good))
    with pytest.raises(SettingsError, match="oidc"):
        check_settings(settings.model_copy(update={**good, **changes}))
