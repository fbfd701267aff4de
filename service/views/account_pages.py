"""Signing in by mail link, out, languages, tokens for programs, and the accounts that the academy makes."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actors import Role
from service.problems import not_found
from service.services import accounts, demo, oidc, outbox
from service.views import speech
from service.views.jobs import context
from service.views.wall import current_actor, session_cookie, session_secret, visitor

pages = Blueprint("accounts", __name__)

SLOWED = ("accounts.ask_link", "accounts.sign_in", "accounts.oidc_start")
"""Where those who guess addresses or links are slowed down."""


@pages.get("/sign-in")
def sign_in_form() -> str:
    """Return the form that asks for a link."""
    return render_template("sign_in.html", oidc=oidc.is_on(context()))


@pages.post("/sign-in")
def ask_link() -> str:
    """Mail a link if the address has an account; the answer is the same either way."""
    accounts.ask_link(context(), request.form.get("mail", ""), _address())
    outbox.deliver_quietly(context())
    return render_template("sign_in_sent.html", folder=None if context().settings.smtp_host else context().settings.outbox)


@pages.get("/sign-in/<string:token>")
def confirm_form(token: str) -> str:
    """Return the page that a mail link leads to; opening it changes nothing."""
    accounts.peek_link(context(), token)
    return render_template("sign_in_confirm.html", token=token)


@pages.post("/sign-in/<string:token>")
def sign_in(token: str) -> AnyResponse:
    """Use the link up and start a session."""
    return _with_session(accounts.sign_in(context(), token))


@pages.get("/sign-in-elsewhere")
def oidc_start() -> AnyResponse:
    """Send the visitor to the provider of sign-ins."""
    found = oidc.start(context(), f"{_address()}{url_for('accounts.oidc_finish')}")
    response = redirect(found.address, 303)
    response.set_cookie(
        OIDC_COOKIE, found.cookie, secure=request.is_secure, httponly=True, samesite="Lax", max_age=oidc.COOKIE_SECONDS,
        path=url_for("accounts.oidc_finish"),
    )  # fmt: skip
    return response


@pages.get("/sign-in-elsewhere/back")
def oidc_finish() -> AnyResponse:
    """Start a session for whoever the provider vouches for."""
    cookie, state, code = request.cookies.get(OIDC_COOKIE, ""), request.args.get("state", ""), request.args.get("code", "")
    back = f"{_address()}{url_for('accounts.oidc_finish')}"
    response = _with_session(oidc.finish(context(), cookie, state, code, back))
    response.delete_cookie(OIDC_COOKIE, path=url_for("accounts.oidc_finish"))
    return response


OIDC_COOKIE = "cohort-sign-in"


@pages.post("/demo/<string:who>")
def demo_sign_in(who: str) -> AnyResponse:
    """Sign in as one of the demo's people; only where the service runs as a demo."""
    if not context().settings.demo:
        raise not_found()
    response = _with_session(demo.sign_in(context(), who))
    # The demo's people read what their visitor reads.
    response.set_cookie("language", speech.language(), secure=request.is_secure, httponly=True, samesite="Lax")
    return response


@pages.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session."""
    if secret := session_secret():
        accounts.sign_out(context(), secret)
    response = redirect(url_for("pages.home"), 303)
    response.delete_cookie(session_cookie(), secure=request.is_secure, httponly=True, samesite="Lax")
    return response


@pages.post("/language")
def language() -> AnyResponse:
    """Choose the language of the pages."""
    chosen = request.form.get("language", "")
    accounts.choose_language(context(), visitor(), chosen)
    response = redirect(_back(), 303)
    response.set_cookie("language", chosen, secure=request.is_secure, httponly=True, samesite="Lax", max_age=31_536_000)
    return response


@pages.get("/account")
def account() -> str:
    """Return the actor's own page: who they are to the service, and their tokens."""
    actor = current_actor()
    return render_template("account.html", tokens=accounts.list_tokens(context(), actor))


@pages.post("/account/tokens")
def make_token() -> str:
    """Make a token and show it this once."""
    actor = current_actor()
    days = request.form.get("days", "90")
    token = accounts.make_token(
        context(), actor, request.form.get("label", ""), int(days) if days.isascii() and days.isdigit() else 90,
        writes=bool(request.form.get("writes")),
    )  # fmt: skip
    return render_template("account.html", tokens=accounts.list_tokens(context(), actor), made=token)


@pages.post("/account/tokens/<string:token_id>/revoke")
def revoke_token(token_id: str) -> AnyResponse:
    """Revoke a token."""
    accounts.revoke_token(context(), current_actor(), token_id)
    return redirect(url_for("accounts.account"), 303)


@pages.get("/accounts")
def all_accounts() -> str:
    """Return the accounts, for the academy."""
    return render_template("accounts.html", accounts=accounts.list_accounts(context(), current_actor()))


@pages.post("/accounts")
def add_account() -> AnyResponse:
    """Make an account."""
    form = request.form
    accounts.add_account(
        context(), current_actor(), form.get("mail", ""), form.get("role", ""), form.get("company") or None,
        form.get("language", "nl"),
    )  # fmt: skip
    return redirect(url_for("accounts.all_accounts"), 303)


@pages.post("/accounts/<string:account_id>/remove")
def remove_account(account_id: str) -> AnyResponse:
    """Remove an account."""
    accounts.remove_account(context(), current_actor(), account_id)
    return redirect(url_for("accounts.all_accounts"), 303)


def _with_session(secret: str) -> AnyResponse:
    response = make_response(redirect(url_for("pages.home"), 303))
    response.set_cookie(session_cookie(), secret, secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    return response


def _address() -> str:
    """Return the address for links in mails: the configured one, or on loopback the one that was used."""
    settings = context().settings
    return settings.public_url.rstrip("/") or request.host_url.rstrip("/")


def _back() -> str:
    """Return the page of ours that the form stood on, never an address from outside."""
    path = request.form.get("next", "")
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else url_for("pages.home")


ROLES = tuple(role.value for role in (Role.COMPANY, Role.PLANNER, Role.READER, Role.OPERATOR))
