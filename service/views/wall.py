"""The wall: limits first, strict JSON, who asks, and the headers that every answer carries."""

from __future__ import annotations

import functools
import hmac
import secrets
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, request

from cohort_opt import read_json
from service.actors import ANONYMOUS, OPEN, Actor, Role
from service.config import Settings
from service.flood import FloodGate
from service.problems import Flaw, Refusal
from service.services import accounts
from service.services.context import Context, work_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MAX_ADDRESS_CHARACTERS = 8_192
MAX_HEADER_BYTES = 32_768
MAX_FORM_PARTS = 1_000
PARAMETERS = ("limit", "cursor")
PARAMETERS_OF = {
    **dict.fromkeys(("comparisons.nights", "comparisons.nights_table"), ("nights",)),
    **dict.fromkeys(("comparisons.what_ifs", "comparisons.what_ifs_table"), ("what_ifs",)),
}
"""Operation -> its parameters, where they are not those of lists."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Nothing inline and nothing from outside (ecosystem.md, section 5)."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class StrictRequest(Request):
    """A request whose JSON is read by the library's strict reader: the same refusals as for files."""

    max_form_parts = MAX_FORM_PARTS

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """Return the body as an object.

        Raises
        ------
        Refusal, InstanceError
            With the code of the first limit or rule that it breaks.
        """
        if self.mimetype != "application/json":
            raise Refusal("unsupported-media-type", "Send the body as application/json.")
        data = self.get_data(cache=True)
        if len(data) >= (self.max_content_length or sys.maxsize) and len(data) != self.content_length:
            raise too_large(len(data))  # a stream without a length is cut there, silently
        document = read_json(data)
        if not isinstance(document, dict):
            detail = "The body must be one JSON object."
            raise Refusal("wrong-type", detail, (Flaw("", "wrong-type", detail),))
        return document


def register(app: Flask, settings: Settings) -> None:
    """Put the wall around every route."""
    app.request_class = StrictRequest
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
    )
    app.extensions["cohort_opt_flood"] = FloodGate(settings.rate_limit)
    app.before_request(_name_request)
    app.before_request(_check_limits)
    app.before_request(_refuse_foreign_forms)
    app.before_request(_ask_who_comes)
    app.after_request(_add_headers)
    app.wsgi_app = HeaderWall(app.wsgi_app, behind_tls=settings.public_url.startswith("https://"))  # type: ignore[method-assign]  # Flask's own way to wrap itself


def visitor() -> Actor:
    """Return who asks, known or not: by token, by session, or as the open visitor of a service without accounts.

    Raises
    ------
    Refusal
        `unauthorized` for a token that is no longer one.
    """
    if "actor" not in g:
        g.actor = _recognise()
        work_for(g.actor)
    found: Actor = g.actor
    return found


def current_actor() -> Actor:
    """Return who asks.

    Raises
    ------
    Refusal
        `unauthorized` for somebody who is not known, `forbidden` for a change with a token that only reads.
    """
    actor = visitor()
    if actor.role is Role.ANONYMOUS:
        raise Refusal("unauthorized", "Sign in, or send a token.", (), {"WWW-Authenticate": "Bearer"})
    if not actor.writes and request.method not in SAFE_METHODS:
        raise Refusal("forbidden", "This token only reads.")
    if actor.scopes and scope_of(request.endpoint or "") not in actor.scopes:
        raise Refusal("forbidden", f"This token is for {', '.join(actor.scopes)} and nothing else.")
    return actor


def scope_of(endpoint: str) -> str:
    """Return the part of the interface that an operation belongs to; empty where no token made for a part may go."""
    return SCOPE_OF.get(endpoint) or SCOPE_OF.get(endpoint.partition(".")[0], "")


SCOPE_OF = {
    **{name: name for name in ("jobs", "rounds", "companies", "plans", "offers", "webhooks")},
    "workbooks": "counts",
    "studies": "plans",
    **dict.fromkeys(("nights", "comparisons", "pictures"), "plans"),
    "exports.own_offers": "offers",
    "exports.jobs": "jobs",
    **dict.fromkeys(("exports.rounds", "exports.round_list"), "rounds"),
    **dict.fromkeys(("exports.files", "exports.file"), "plans"),
    **dict.fromkeys(("rounds.put_counts", "rounds.get_counts", "rounds.withdraw_counts", "rounds.validate_counts"), "counts"),
    **dict.fromkeys(("rounds.company_proposal", "rounds.list_nights", "rounds.get_night", "rounds.propose_night"), "plans"),
}
"""Operation, or all of a group that are not named here -> scope."""


def _recognise() -> Actor:
    context: Context = current_app.extensions["cohort_opt"]
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind:
        if kind.lower() != "bearer" or not token:
            raise Refusal("unauthorized", "Send the token as `Authorization: Bearer ...`.", (), {"WWW-Authenticate": "Bearer"})
        return accounts.actor_of_token(context, token.strip())
    if (secret := session_secret()) and (actor := accounts.actor_of_session(context, secret)):
        return actor
    return OPEN if context.settings.access == "open" else ANONYMOUS


def session_cookie() -> str:
    """Return the name of the session cookie; over TLS with the prefix that pins it to this host."""
    return "__Host-cohort" if request.is_secure else "cohort"


def session_secret() -> str:
    """Return the secret of the session; empty without one."""
    return request.cookies.get(session_cookie(), "")


def form_token() -> str:
    """Return the token that forms of this session carry; empty without a session."""
    secret = session_secret()
    return accounts.form_token(secret) if secret else ""


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)
    work_for(None)


def _check_limits() -> None:
    environ = request.environ
    asked = environ.get("QUERY_STRING", "")
    if len(environ.get("PATH_INFO", "")) + len(asked) > MAX_ADDRESS_CHARACTERS:
        raise Refusal("uri-too-long", f"An address has at most {MAX_ADDRESS_CHARACTERS} characters.")
    if sum(len(name) + len(value) for name, value in environ.items() if name.startswith("HTTP_")) > MAX_HEADER_BYTES:
        raise Refusal("headers-too-large", f"The headers together have at most {MAX_HEADER_BYTES} bytes.")
    if environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in ("", "identity"):
        raise Refusal("unsupported-media-type", "Send the body as it is, without Content-Encoding.")
    _slow_down_floods()
    if asked and request.path.startswith("/api/"):
        _check_parameters()
    length = request.content_length
    limit = request.max_content_length
    if length is not None and limit is not None and length > limit:
        raise too_large(limit)


def _slow_down_floods() -> None:
    """Refuse an address that asks too often; files of the pages do not count."""
    if request.endpoint not in UNCOUNTED:
        _refuse_floods(current_app.extensions["cohort_opt_flood"])


def slow_down(app: Flask, endpoint: str) -> None:
    """Let one address ask an operation ten times in ten minutes, whoever it asks for."""
    inner, gate = app.view_functions[endpoint], FloodGate(ASKS_PER_ADDRESS)

    @functools.wraps(inner)
    def slowed(*args: Any, **named: Any) -> Any:
        _refuse_floods(gate)
        return inner(*args, **named)

    app.view_functions[endpoint] = slowed


def _refuse_floods(gate: FloodGate) -> None:
    if wait := gate.seconds_to_wait(request.remote_addr or ""):
        raise Refusal("too-many-requests", "Too many requests from this address.", (), {"Retry-After": str(wait)})


ASKS_PER_ADDRESS = "10 per 10 minutes"
UNCOUNTED = ("static", "documentation.asset")


def _check_parameters() -> None:
    """Refuse a parameter that stands twice, or that the address does not know."""
    for name, values in request.args.lists():
        if len(values) > 1:
            detail = "A parameter stands once."
            raise Refusal("repeated-parameter", detail, (Flaw(name[:64], "repeated-parameter", detail),))
        known = PARAMETERS_OF.get(request.endpoint or "", PARAMETERS)
        if name not in known:
            detail = f"The lists of the API take {' and '.join(PARAMETERS)}, and nothing else."
            if known is not PARAMETERS:
                detail = f"This address takes {', '.join(known)}, and nothing else."
            raise Refusal("unknown-field", detail, (Flaw("", "unknown-field", detail),))


def too_large(limit: int) -> Refusal:
    """Return the refusal of a body above the limit, with the way round."""
    return Refusal("too-large", f"A body has at most {limit} bytes; a larger one comes in by `cohort-opt-service put-round`.")


def _refuse_foreign_forms() -> None:
    """Refuse a change that another site's page sent; browsers say where a request comes from.

    `Sec-Fetch-Site` decides where it is sent, since our own `no-referrer` makes browsers send `Origin: null` with a form.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    own = origin in (None, request.host_url.rstrip("/")) if site is None else site in ("same-origin", "none")
    if not own:
        raise Refusal("csrf", "The request came from a page of another site; use the pages of this service.")
    if session_secret() and "Authorization" not in request.headers:
        sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
        if not hmac.compare_digest(sent.encode(), form_token().encode()):
            raise Refusal("csrf", "The form has no token of your session, or an old one; load the page again.")


def _ask_who_comes() -> None:
    """Refuse somebody who is not known before the body is read: what is wrong with it is nobody else's business."""
    if request.path.startswith("/api/v1/") and request.endpoint not in (None, *FOR_EVERYBODY) and request.method != "OPTIONS":
        current_actor()


FOR_EVERYBODY = ("jobs.demo_data", "companies.sign_up")
"""Operations that need no account."""


def _add_headers(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


class HeaderWall:
    """Adds the protecting headers to every answer of an application, as it leaves: whatever made it, they are there."""

    def __init__(self, inner: WSGIApplication, *, behind_tls: bool = False) -> None:
        """Stand before an application; `behind_tls`: people reach it by https, whatever the proxy in between speaks to it."""
        self._inner, self._behind_tls = inner, behind_tls
        self._plain = list(HEADERS.items())
        self._safe = [*self._plain, ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if self._behind_tls:
            environ["wsgi.url_scheme"] = "https"
        wanted = self._safe if environ.get("wsgi.url_scheme") == "https" else self._plain

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            given = {name.lower() for name, _ in headers}
            headers.extend((name, value) for name, value in wanted if name.lower() not in given)
            return start_response(status, headers, exc_info)

        return self._inner(environ, start)
