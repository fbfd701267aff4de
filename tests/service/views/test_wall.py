"""Every answer, whatever its route and status, carries the same protecting headers."""

import datetime as dt

import pytest

from service.actors import MACHINE
from service.services import accounts
from service.views.pages import REPORT_POLICY
from service.views.wall import HEADERS, POLICY


def addresses(app):
    """Return every route once, with made-up values for its parts."""
    values = {"date": "2026-11-24", "who": "planner", "round_id": "spring", "company_id": "acme", "night": "latest", "size": "A",
              "code": "not-found", "filename": "app.css", "name": "swagger-ui.css"}  # fmt: skip
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        path = adapter.build(
            rule.endpoint, {name: values.get(name, "x") for name in rule.arguments}, method=rule.methods and None
        )
        yield from ((path, method) for method in sorted(rule.methods - {"OPTIONS"}))


def test_every_route_answers_with_all_headers(app):
    client = app.test_client()
    seen = set()
    for path, method in addresses(app):
        answer = client.open(path, method=method, buffered=True)
        assert answer.status_code != 500, (method, path)
        for name in HEADERS:
            assert name in answer.headers, (method, path, name)
        assert answer.headers["X-Request-Id"]
        assert "Server" not in answer.headers
        seen.add(answer.status_code)
    assert {200, 303, 404, 415, 422} <= seen


@pytest.mark.parametrize("part", ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
def test_the_policy_allows_nothing_from_outside_and_nothing_inline(part):
    assert part in POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_the_report_may_style_itself_and_nothing_else():
    assert "sandbox" in REPORT_POLICY
    assert "script-src" not in REPORT_POLICY
    assert REPORT_POLICY.startswith("default-src 'none'")


def test_behind_a_proxy_that_ends_tls_cookies_and_headers_are_those_of_https(make_app):
    app = make_app(public_url="https://localhost", access="accounts")
    context = app.extensions["cohort_opt"]
    account = accounts.add_account(context, MACHINE, "p@x.invalid", "planner")
    with context.store.write() as connection:
        link = accounts.new_link(context, connection, account, "sign-in", dt.timedelta(minutes=15))
    answer = app.test_client().post(f"/sign-in/{link}", base_url="http://localhost")  # the proxy speaks plain to us
    assert answer.status_code == 303
    assert "Strict-Transport-Security" in answer.headers
    (cookie,) = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("__Host-cohort=")]
    assert all(f"; {part}" in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


def test_over_tls_browsers_are_told_to_stay_there(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    header = client.get("/healthz", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert int(header.split(";")[0].split("=")[1]) >= 365 * 24 * 3600
