"""Floods, tokens that are none, forms of other sites, a database that is away, what was erased: rows 70 to 74 of section 4."""

import base64
import json
import sqlite3
import time

import pytest

from service.actors import MACHINE
from service.services import accounts, erasure
from tests.service.views.test_bad_input import is_problem
from tests.service.views.test_tenants import ask, tokens, walled  # noqa: F401  fixtures


@pytest.mark.row(70)
def test_a_flood_is_slowed_down_and_told_when_to_come_back(make_app):
    client = make_app(rate_limit="20/second").test_client()
    answers = [client.get("/api/v1/demo-data/A") for _ in range(30)]
    assert {answer.status_code for answer in answers} == {200, 429}
    is_problem(answers[-1], 429, "too-many-requests")
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.row(70)
def test_a_hundred_wrong_sign_ins_get_the_same_text_for_known_and_unknown_people(make_app):
    app = make_app(access="accounts")
    accounts.add_account(app.extensions["cohort_opt"], MACHINE, "anna@x.invalid", "planner")
    client = app.test_client()
    seen = [client.post("/sign-in", data={"mail": ("anna", "nobody")[n % 2] + "@x.invalid"}) for n in range(100)]
    assert {answer.status_code for answer in seen} == {200, 429}
    assert len({answer.data for answer in seen if answer.status_code == 200}) == 1
    slowed = {json.dumps({k: v for k, v in answer.json.items() if k != "request_id"}) for answer in seen[10:]}
    assert len(slowed) == 1


@pytest.mark.row(71)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/v1/jobs"), ("PUT", "/api/v1/rounds/spring"), ("GET", "/api/v1/jobs?limit=0")]
)
def test_who_asks_comes_before_what_is_wrong_with_the_body(walled, method, path):  # noqa: F811
    answer = walled.test_client().open(path, method=method, data=b"{", content_type="application/json")
    is_problem(answer, 401, "unauthorized")


def unsigned(claims):
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts) + "."


@pytest.mark.row(71)
def test_expired_forged_and_unsigned_tokens_and_those_of_removed_people_are_401(walled, tokens, clock):  # noqa: F811
    context, client = walled.extensions["cohort_opt"], walled.test_client()

    def status(token):
        answer = client.get("/api/v1/rounds", headers={"Authorization": f"Bearer {token}"})
        if answer.status_code == 401:
            is_problem(answer, 401, "unauthorized")
            assert answer.headers["WWW-Authenticate"] == "Bearer"
        return answer.status_code

    good = tokens["acme"]
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    assert [status(token) for token in (good, forged, good.upper(), unsigned({"role": "planner"}), "x" * 4_000)] == [
        200, 401, 401, 401, 401]  # fmt: skip
    accounts.remove_account(context, MACHINE, accounts.actor_of_token(context, tokens["bolt"]).account)
    assert status(tokens["bolt"]) == 401
    clock.move(days=31)
    assert status(good) == 401


@pytest.mark.row(71)
def test_a_token_for_one_part_of_the_interface_opens_no_other(walled, tokens, counts, base, ask):  # noqa: F811
    ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": base})
    context = walled.extensions["cohort_opt"]
    actor = accounts.actor_of_token(context, tokens["acme"])
    token = accounts.make_token(context, actor, "counts only", 30, writes=True, scopes=("counts",))
    client, headers = walled.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"), headers=headers).status_code == 201
    for path in ("/api/v1/jobs", "/api/v1/rounds", "/api/v1/rounds/spring/companies/acme/offers", "/account"):
        is_problem(client.get(path, headers=headers), 403, "forbidden")


@pytest.mark.row(72)
def test_a_form_of_another_site_without_the_token_of_the_session_is_403(walled):  # noqa: F811
    context, client = walled.extensions["cohort_opt"], walled.test_client()
    account = accounts.add_account(context, MACHINE, "p@x.invalid", "planner")
    with context.store.write() as connection:
        client.set_cookie("cohort", accounts.start_session(context, connection, account))
    is_problem(client.post("/rounds", data={"id": "x", "demo": "1"}), 403, "csrf")
    is_problem(client.post("/rounds", data={"id": "x"}, headers={"Sec-Fetch-Site": "cross-site"}), 403, "csrf")
    assert client.get("/api/v1/rounds").json["rounds"] == []


@pytest.mark.row(73)
def test_a_database_that_somebody_else_holds_is_busy_within_two_seconds(client, round_with_base, counts, settings):
    other = sqlite3.connect(settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        answer = client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
        assert time.monotonic() - began < 5
        is_problem(answer, 503, "busy")
        assert int(answer.headers["Retry-After"]) >= 1
        assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0  # reading goes on
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme")).status_code == 201


@pytest.mark.row(73)
def test_a_full_disk_is_busy_and_leaves_nothing_half_done(client, round_with_base, counts, app):
    from sqlalchemy import event

    engine = app.extensions["cohort_opt"].store._writer

    def full(connection, _):
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(engine, "connect", full)
    engine.dispose()
    lines = [{**counts("acme")["lines"][0], "line": f"line-{n}"} for n in range(400)]
    answer = client.put("/api/v1/rounds/spring/demands/acme", json={"lines": lines})
    event.remove(engine, "connect", full)
    engine.dispose()
    is_problem(answer, 503, "busy")
    assert "Retry-After" in answer.headers
    assert client.get("/api/v1/rounds/spring/demands/acme").json["version"] == 0


@pytest.mark.row(73)
def test_a_full_queue_is_busy(make_app, instance):
    from tests.service.fakes import LazyExecutor

    client = make_app(executor=LazyExecutor(), max_queued=1).test_client()
    sent = [client.post("/api/v1/jobs", json=instance, headers={"Idempotency-Key": key}) for key in ("a", "b")]
    assert [answer.status_code for answer in sent] == [202, 503]
    is_problem(sent[1], 503, "busy")
    assert "Retry-After" in sent[1].headers


@pytest.mark.row(74)
def test_a_company_that_was_erased_is_404_to_others_and_410_to_the_planner(walled, ask, base, counts):  # noqa: F811
    ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": base})
    ask("acme", "PUT", "/api/v1/rounds/spring/demands/acme", counts("acme"))
    erasure.erase_company(walled.extensions["cohort_opt"], MACHINE, "acme")
    path = "/api/v1/rounds/spring/demands/acme"
    is_problem(ask("planner", "GET", path), 410, "gone")
    is_problem(ask("bolt", "GET", path), 404, "not-found")
    is_problem(ask("acme", "GET", path), 401, "unauthorized")  # its tokens went with it
    is_problem(ask("planner", "DELETE", "/api/v1/companies/acme"), 410, "gone")
    again = ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": base})
    is_problem(again, 409, "already-exists")
