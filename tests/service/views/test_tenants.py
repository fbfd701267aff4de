"""The matrix of walls: every route, role and target, as declared below; a route that is not declared fails.

Roles: anonymous, a company (acme), another company (bolt), planner, reader, operator. Targets: acme's objects and absent ones.
A cell is what the role gets for acme's object: the statuses that mean *done or understood*, or the one refusal.
"""

import json

import pytest

from service.actors import MACHINE
from service.services import accounts
from service.views.workbooks import WORKBOOK

SMALLER = {"format": "cohort-opt-scenario/1", "name": "Classes of 3",
           "changes": [{"kind": "set_class_size", "course": "drilling", "min_seats": 3}]}  # fmt: skip

DONE = "done"
"""Anything but 401, 403 and 404: the wall lets it through, and what is behind may still refuse the content."""

ROLES = ("anonymous", "acme", "bolt", "planner", "reader", "operator")
# Every operation of the API: the answer for each role, in the order of ROLES.
MATRIX = {
    "GET /api/v1/demo-data/A": (DONE, DONE, DONE, DONE, DONE, DONE),
    "POST /api/v1/validate": (401, DONE, DONE, DONE, DONE, DONE),
    "POST /api/v1/jobs": (401, DONE, DONE, DONE, 403, 403),
    "POST /api/v1/webhooks": (401, DONE, DONE, DONE, 403, 403),
    "GET /api/v1/webhooks": (401, DONE, DONE, DONE, 403, 403),
    "DELETE /api/v1/webhooks/{webhook}": (401, DONE, 404, 404, 403, 403),
    "GET /api/v1/jobs": (401, DONE, DONE, DONE, DONE, DONE),
    "POST /api/v1/jobs/{job}/finish": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/jobs/{job}": (401, DONE, 404, DONE, 404, 404),
    "DELETE /api/v1/jobs/{job}": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/jobs/{job}/proposal": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds": (401, DONE, DONE, DONE, DONE, 403),
    "PUT /api/v1/rounds/spring": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/aggregate": (401, 403, 403, DONE, DONE, 403),
    "PUT /api/v1/rounds/spring/demands/acme": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/demands/acme": (401, DONE, 404, DONE, 404, 404),
    "DELETE /api/v1/rounds/spring/demands/acme": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/proposals": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest": (401, 403, 403, DONE, 403, 403),
    "PUT /api/v1/rounds/spring/publication": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/publication": (401, 403, 403, DONE, 403, 403),
    "DELETE /api/v1/rounds/spring/publication": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/companies/acme/offers": (401, DONE, 404, DONE, 404, 404),
    "PUT /api/v1/rounds/spring/companies/acme/offers/{offer}/answer": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/proposals/latest/companies/acme": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/me": (401, DONE, DONE, DONE, DONE, DONE),
    "GET /api/v1/accounts": (401, 403, 403, DONE, 403, DONE),
    "POST /api/v1/accounts": (401, 403, 403, DONE, 403, DONE),
    "DELETE /api/v1/accounts/{account}": (401, 403, 403, DONE, 403, DONE),
    "GET /api/v1/tokens": (401, DONE, DONE, DONE, DONE, DONE),
    "POST /api/v1/tokens": (401, DONE, DONE, DONE, DONE, DONE),
    "DELETE /api/v1/tokens/{token}": (401, DONE, 404, 404, 404, 404),
    "POST /api/v1/sign-ups": (DONE, DONE, DONE, DONE, DONE, DONE),
    "DELETE /api/v1/companies/acme": (401, 403, 403, DONE, 403, DONE),
    "GET /api/v1/rounds/spring/companies": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/companies": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/statistics": (401, 403, 403, DONE, DONE, 403),
    "DELETE /api/v1/rounds/spring": (401, 403, 403, DONE, 403, DONE),
    "POST /api/v1/rounds/spring/demands/acme/validate": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/demands/acme/workbook": (401, DONE, 404, DONE, 404, 404),
    "PUT /api/v1/rounds/spring/demands/acme/workbook": (401, DONE, 404, DONE, 404, 404),
    "POST /api/v1/rounds/spring/demands/acme/workbook/preview": (401, DONE, 404, DONE, 404, 404),
    "POST /api/v1/rounds/spring/demands/acme/workbook/marked": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/jobs/{job}/instance": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/jobs/{job}/explanation": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/jobs/{job}/verification": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/proposals/latest/lines/acme.drilling/repairs": (401, 403, 403, 404, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/what-ifs": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/what-ifs": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/what-ifs/{what_if}": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/what-ifs/{what_if}/adopt": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/bill": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/changes": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/waiting-list": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/late-requests/fits": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/late-requests": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/moves": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/moves": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/sweep": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/settlements": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/proposals/latest/questions": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/approval": (401, 403, 403, DONE, 403, 403),
    "POST /api/v1/rounds/spring/publication/withdrawal": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/publication/outlook": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/comparison": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/comparison/figures.csv": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/comparison": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/comparison/figures.csv": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/map": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/timeline": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds.csv": (401, DONE, DONE, DONE, DONE, 403),
    "GET /api/v1/jobs.csv": (401, DONE, DONE, DONE, DONE, DONE),
    "GET /api/v1/rounds/spring/lists/companies.csv": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/companies/acme/offers.csv": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/companies/acme/statement": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/companies/acme/statement.pdf": (401, DONE, 404, DONE, 404, 404),
    "GET /api/v1/rounds/spring/proposals/latest/files": (401, 403, 403, DONE, 403, 403),
    "GET /api/v1/rounds/spring/proposals/latest/files/classes.csv": (401, 403, 403, DONE, 403, 403),
}
CELLS = [(name, role, row[i]) for name, row in MATRIX.items() for i, role in enumerate(ROLES)]


@pytest.fixture
def walled(make_app):
    return make_app(access="accounts", webhook_inside_hosts=("inside.invalid",))


@pytest.fixture
def tokens(walled):
    """Return a token for each role that has an account."""
    context = walled.extensions["cohort_opt"]

    def token(role, company):
        account = accounts.add_account(context, MACHINE, f"{company or role}@x.invalid", role, company)
        with context.store.write() as connection:
            secret = accounts.start_session(context, connection, account)
        return accounts.make_token(context, accounts.actor_of_session(context, secret), "test", 30, writes=True)

    people = {"acme": ("company", "acme"), "bolt": ("company", "bolt")}
    return {role: token(*people.get(role, (role, None))) for role in ROLES if role != "anonymous"}


@pytest.fixture
def ask(walled, tokens):
    """Return a function that sends a request as a role."""

    def send(role, method, path, body=None):
        headers = {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}
        headers |= {"Idempotency-Key": f"{role}-{method}-{path}"[:200]} if method == "POST" else {}
        headers |= {"If-Match": "*"} if method in ("PUT", "DELETE") else {}
        if isinstance(body, bytes):
            return walled.test_client().open(path, method=method, data=body, headers=headers | {"Content-Type": WORKBOOK})
        return walled.test_client().open(path, method=method, json=body, headers=headers)

    return send


@pytest.fixture
def world(walled, tokens, ask, base, counts, instance, monkeypatch):
    """Set up a round with counts of both, a night, and a job of acme; return the ids of the job and of acme's offer."""
    assert ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": base}).status_code == 201
    for company in ("acme", "bolt"):
        assert ask(company, "PUT", f"/api/v1/rounds/spring/demands/{company}", counts(company)).status_code == 201
    assert ask("planner", "POST", "/api/v1/rounds/spring/proposals", {"date": "2026-11-24"}).status_code == 202
    published = ask("planner", "PUT", "/api/v1/rounds/spring/publication", {"date": "2026-11-24", "note": "First"})
    assert published.status_code == 201
    offer = ask("acme", "GET", "/api/v1/rounds/spring/companies/acme/offers").json["offers"][0]["id"]
    monkeypatch.setattr("service.services.webhooks.resolve", lambda host, port: ["192.0.2.1"])
    made = ask("acme", "POST", "/api/v1/webhooks", {"address": "https://inside.invalid/hook"})
    context = walled.extensions["cohort_opt"]
    acme = accounts.actor_of_token(context, tokens["acme"])
    what_if = ask("planner", "POST", "/api/v1/rounds/spring/proposals/2026-11-24/what-ifs", {"scenario": SMALLER})
    assert what_if.status_code == 202, what_if.json
    return {
        "account": acme.account,
        "token": accounts.list_tokens(context, acme)[0]["id"],
        "what_if": what_if.json["job"]["id"],
        "webhook": made.json["id"],
        "job": ask("acme", "POST", "/api/v1/jobs", {"instance": instance}).json["id"],
        "offer": offer,
    }


BODIES = {
    "/accounts": {"mail": "new@x.invalid", "role": "reader"},
    "/tokens": {"label": "new"},
    "/sign-ups": {"company": "New", "mail": "new@x.invalid"},
    "/companies": {"id": "carve", "name": "Carve", "municipality": "Delft", "latitude": 52.0, "longitude": 4.4},
    "/what-ifs": {"scenario": SMALLER},
    "/late-requests/fits": {"company": "acme", "course": "drilling", "count": 1},
    "/late-requests": {"company": "acme", "course": "drilling", "count": 1, "class_id": "run#1"},
    "/moves": {"name": "By hand", "moves": [{"demand": "acme.drilling", "from_run": "run", "to_run": "other", "count": 1}]},
    "/bill": {"form": "consortium"},
    "/sweep": {"figure": "min-seats", "first": 9, "last": 6, "step": 1},
    "/questions": {"question": "pooling"},
    "/settlements": {"company": "acme", "left_on": "2026-11-30", "days": 28, "percent": 50},
    "/withdrawal": {"note": "Wrong"},
}
"""What is posted, by the end of its address."""


def body_for(method, path, base, counts, instance):
    if "/workbook" in path and method != "GET":
        return b"no workbook"
    for end, body in BODIES.items():
        if method == "POST" and path.endswith(end):
            return body
    if path.endswith("/demands/acme/validate"):
        return counts("bolt")  # of the one who asks: its answer repeats what was sent
    if path.endswith(("/jobs", "/validate")):
        return {"instance": instance}
    if path.endswith("/demands/acme") and method == "PUT":
        return counts("acme")
    if path.endswith("/webhooks"):
        return {"address": "https://inside.invalid/other"}
    if path.endswith("/answer"):
        return {"answer": "accept"}
    if path.endswith("/publication") and method == "PUT":
        return {"date": "2026-11-24", "note": "Again"}
    if path.endswith("/proposals") and method == "POST":
        return {"date": "2026-11-25"}
    return {"name": "Spring", "base": base} if method == "PUT" else None


@pytest.mark.parametrize(("name", "role", "expected"), CELLS, ids=[f"{name} as {role}" for name, role, _ in CELLS])
def test_the_wall_stands_as_declared(ask, world, base, counts, instance, name, role, expected):
    method, path = name.format(**world).split(" ")
    answer = ask(role, method, path, body_for(method, path, base, counts, instance))
    if expected == DONE:
        assert answer.status_code not in (401, 403, 404), answer.get_data(as_text=True)
        assert answer.status_code < 500, answer.get_data(as_text=True)
    else:
        assert answer.status_code == expected, answer.get_data(as_text=True)


def test_every_operation_is_declared(walled):
    """A new route that nobody thought about in the matrix fails here."""
    values = {
        "job_id": "{job}",
        "offer_id": "{offer}",
        "round_id": "spring",
        "company_id": "acme",
        "night": "latest",
        "size": "A",
        "webhook_id": "{webhook}",
        "account_id": "{account}",
        "token_id": "{token}",
        "demand_id": "acme.drilling",
        "form": "csv",
    }
    found = set()
    for path, operations in walled.test_client().get("/openapi.json").json["paths"].items():
        path = path.replace("what-ifs/{job_id}", "what-ifs/{what_if}")
        path = path.replace("lists/{name}", "lists/companies").replace("files/{name}", "files/classes.csv")
        path = path.replace("comparison/{name}", "comparison/figures")
        for part, value in values.items():
            path = path.replace(f"{{{part}}}", value)
        found |= {f"{method.upper()} {path}" for method in operations}
    assert found == set(MATRIX)


FOREIGN = [
    ("GET", "/api/v1/rounds/spring/demands/{}", "acme", "absent"),
    ("DELETE", "/api/v1/rounds/spring/demands/{}", "acme", "absent"),
    ("GET", "/api/v1/rounds/spring/proposals/latest/companies/{}", "acme", "absent"),
    ("GET", "/api/v1/rounds/spring/companies/{}/offers", "acme", "absent"),
    ("PUT", "/api/v1/rounds/spring/companies/bolt/offers/{}/answer", "{offer}", "0" * 32),
    ("GET", "/api/v1/jobs/{}", "{job}", "0" * 32),
    ("DELETE", "/api/v1/webhooks/{}", "{webhook}", "0" * 32),
    ("POST", "/api/v1/jobs/{}/finish", "{job}", "0" * 32),
    ("DELETE", "/api/v1/jobs/{}", "{job}", "0" * 32),
    ("GET", "/api/v1/jobs/{}/proposal", "{job}", "0" * 32),
]


@pytest.mark.parametrize(("method", "path", "foreign", "absent"), FOREIGN, ids=[f"{row[0]} {row[1]}" for row in FOREIGN])
def test_somebody_elses_object_is_answered_as_one_that_does_not_exist(ask, world, method, path, foreign, absent):
    body = {"answer": "accept"} if method == "PUT" else None
    one = ask("bolt", method, path.format(foreign.format(**world)), body)
    other = ask("bolt", method, path.format(absent), body)
    assert one.status_code == other.status_code == 404
    same = [{name: value for name, value in answer.json.items() if name != "request_id"} for answer in (one, other)]
    assert same[0] == same[1]
    names = [set(dict(answer.headers)) for answer in (one, other)]
    assert names[0] == names[1]


def test_a_company_sees_only_the_rounds_that_it_takes_part_in(ask, world, base):
    others = {**base, **{name: [row for row in base[name] if "acme" not in row.values()] for name in ("companies", "distances")}}
    ask("planner", "PUT", "/api/v1/rounds/autumn", {"name": "Autumn", "base": others})
    assert [row["id"] for row in ask("acme", "GET", "/api/v1/rounds").json["rounds"]] == ["spring"]
    assert [row["id"] for row in ask("bolt", "GET", "/api/v1/rounds").json["rounds"]] == ["autumn", "spring"]


def test_two_worlds_that_differ_only_in_bolts_counts_look_the_same_to_acme(ask, base, counts):
    """Until a proposal is made, acme's answers are the same bytes whatever bolt does."""
    seen = []
    for bolts in (counts("bolt"), counts("bolt", count=9)):
        ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": base})
        ask("bolt", "PUT", "/api/v1/rounds/spring/demands/bolt", bolts)
        seen.append([ask("acme", "GET", path).get_data() for path in (
            "/api/v1/rounds/spring/demands/acme", "/api/v1/rounds/spring/proposals/latest/companies/acme")])  # fmt: skip
    same = [[{k: v for k, v in json.loads(text).items() if k != "request_id"} for text in texts] for texts in seen]
    assert same[0] == same[1]


@pytest.mark.parametrize("header", ["Bearer x", "Bearer", "Basic abc", "Bearer co_" + "a" * 43])
def test_a_token_that_is_none_is_401(walled, header):
    answer = walled.test_client().get("/api/v1/rounds", headers={"Authorization": header})
    assert (answer.status_code, answer.json["code"], answer.headers["WWW-Authenticate"]) == (401, "unauthorized", "Bearer")


def test_a_token_that_only_reads_changes_nothing(walled, tokens, world):
    context = walled.extensions["cohort_opt"]
    actor = accounts.actor_of_token(context, tokens["acme"])
    token = accounts.make_token(context, actor, "reads", 30, writes=False)
    client, headers = walled.test_client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/rounds", headers=headers).status_code == 200
    assert client.delete("/api/v1/rounds/spring/demands/acme", headers=headers).status_code == 403


@pytest.mark.row(51)
def test_the_same_key_of_two_companies_is_two_jobs(walled, tokens, instance):
    client = walled.test_client()
    ids = {
        client.post(
            "/api/v1/jobs", json=instance, headers={"Idempotency-Key": "same", "Authorization": f"Bearer {tokens[role]}"}
        ).json["id"]
        for role in ("acme", "bolt")
    }
    assert len(ids) == 2


def test_sums_for_readers_leave_out_what_tells_about_too_few(ask, world):
    # Two companies, 9 trainees: fewer than 3 companies and 10 persons.
    assert ask("reader", "GET", "/api/v1/rounds/spring/aggregate").json == {
        "round": "spring", "trainees": None,
        "courses": [{"course": "drilling", "course_name": "Drilling", "trainees": None, "companies": None}],
    }  # fmt: skip
