"""The walls of the pages: every route that is no operation of the API, for every role, as declared; an undeclared one fails.

As for the API: a cell is what the role gets for acme's object, `done` or the one refusal. Requests carry a token, so that no form
token is asked for.
"""

import pytest

from tests.service.views.test_tenants import DONE, ROLES, ask, tokens, walled, world  # noqa: F401  fixtures

PUBLIC = (DONE,) * 6
KNOWN = (401, DONE, DONE, DONE, DONE, DONE)
PLANNER = (401, 403, 403, DONE, 403, 403)
OWN = (401, DONE, 404, DONE, 404, 404)
NIGHT = "rounds/spring/nights/2026-11-24"
FORMS = {
    "POST /account/tokens": {"label": "test"},
    "POST /rounds": {"demo": "1", "id": "other"},
    "POST /rounds/spring/companies/acme/offers/{offer}": {"answer": "accept"},
    "POST /rounds/spring/propose": {"date": "2026-11-26"},
    "POST /rounds/spring/publish": {"date": "2026-11-24", "note": "Again"},
    "POST /rounds/spring/withdraw": {"note": "Wrong"},
    "POST /try": {"form": "one"},
    f"POST /{NIGHT}/what-ifs": {"scenario": '{"format":"cohort-opt-scenario/1","name":"Nothing","changes":[]}'},
}
# Every page: the answer for each role, in the order of ROLES.
PAGES = {
    "GET /": PUBLIC,
    "GET /favicon.ico": PUBLIC,
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /openapi.json": PUBLIC,
    "GET /outlines.geojson": PUBLIC,
    "GET /api/docs": PUBLIC,
    "GET /problems/not-found": PUBLIC,
    "GET /sign-in": PUBLIC,
    "POST /sign-in": PUBLIC,
    "POST /sign-out": PUBLIC,
    "POST /language": PUBLIC,
    "GET /account": KNOWN,
    "POST /account/tokens": KNOWN,
    "GET /rounds": (401, DONE, DONE, DONE, DONE, 403),
    "POST /rounds": PLANNER,
    "POST /try": (401, DONE, DONE, DONE, 403, 403),
    "GET /jobs/{job}": OWN,
    "POST /jobs/{job}/cancel": OWN,
    "POST /jobs/{job}/finish": OWN,
    "GET /jobs/{job}/progress": OWN,
    "GET /jobs/{job}/report": OWN,
    "GET /rounds/spring": PLANNER,
    "GET /rounds/spring/compare": PLANNER,
    "POST /rounds/spring/propose": PLANNER,
    "GET /rounds/spring/publication": PLANNER,
    "POST /rounds/spring/publish": PLANNER,
    "POST /rounds/spring/withdraw": PLANNER,
    "GET /rounds/spring/companies/acme": OWN,
    "POST /rounds/spring/companies/acme": OWN,
    "GET /rounds/spring/companies/acme/calendar.ics": OWN,
    "GET /rounds/spring/companies/acme/counts.xlsx": OWN,
    "POST /rounds/spring/companies/acme/counts.xlsx": OWN,
    "POST /rounds/spring/companies/acme/marked.xlsx": OWN,
    "GET /rounds/spring/companies/acme/statement": OWN,
    "GET /rounds/spring/companies/acme/statement.pdf": OWN,
    "POST /rounds/spring/companies/acme/feed": OWN,
    "POST /rounds/spring/companies/acme/offers/{offer}": OWN,
    "GET /rounds/spring/sums": (401, 403, 403, DONE, DONE, 403),
    "GET /companies/acme/erase": (401, 403, 403, DONE, 403, DONE),
    "POST /companies/acme/erase": (401, 403, 403, DONE, 403, DONE),
    f"GET /{NIGHT}": PLANNER,
    f"GET /{NIGHT}/alliance": PLANNER,
    f"GET /{NIGHT}/files": PLANNER,
    f"GET /{NIGHT}/leaving": PLANNER,
    f"GET /{NIGHT}/compare": PLANNER,
    f"GET /{NIGHT}/late": PLANNER,
    f"POST /{NIGHT}/late": PLANNER,
    f"GET /{NIGHT}/moves": PLANNER,
    f"POST /{NIGHT}/moves": PLANNER,
    f"GET /{NIGHT}/pictures": PLANNER,
    f"GET /{NIGHT}/questions": PLANNER,
    f"GET /{NIGHT}/repairs": PLANNER,
    f"GET /{NIGHT}/sweep": PLANNER,
    f"POST /{NIGHT}/what-ifs": PLANNER,
    "GET /what-ifs/{job}": PLANNER,
    "POST /what-ifs/{job}/adopt": PLANNER,
}
ELSEWHERE = frozenset({
    "static", "documentation.asset", "telemetry.metrics", "pages.feed", "offers_pages.confirm", "offers_pages.answer",
    "accounts.demo_sign_in", "accounts.confirm_form", "accounts.sign_in", "accounts.all_accounts", "accounts.add_account",
    "accounts.remove_account", "accounts.revoke_token", "accounts.oidc_start", "accounts.oidc_finish",
})  # fmt: skip
"""Files, and routes behind a secret or a right of their own; the tests of accounts, offers and telemetry know them."""
ABSENT = {f"GET /{NIGHT}/repairs", f"POST /{NIGHT}/late", "GET /what-ifs/{job}", "POST /what-ifs/{job}/adopt"}
"""What a planner asks for here is not there (nobody waits, acme's job is no what-if), and is told so: the wall let it through."""
CELLS = [(name, role, row[i]) for name, row in PAGES.items() for i, role in enumerate(ROLES)]
VALUES = {"round_id": "spring", "company_id": "acme", "date": "2026-11-24", "job_id": "{job}", "offer_id": "{offer}",
          "code": "not-found"}  # fmt: skip


@pytest.fixture
def browse(walled, tokens):  # noqa: F811
    """Return a function that asks for a page as a role."""

    def send(role, method, path, form=None):
        headers = {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}
        return walled.test_client().open(path, method=method, data=form, headers=headers)

    return send


@pytest.mark.parametrize(("name", "role", "expected"), CELLS, ids=[f"{name} as {role}" for name, role, _ in CELLS])
def test_the_wall_of_a_page_stands_as_declared(browse, world, name, role, expected):  # noqa: F811
    method, path = name.format(**world).split(" ")
    answer = browse(role, method, path, FORMS.get(name))
    said = answer.get_data().decode("utf-8", "replace")
    answer.close()
    refused = (401, 403) if name in ABSENT else (401, 403, 404)
    if expected == DONE:
        assert answer.status_code not in refused, said
    else:
        assert answer.status_code == expected, said


def test_every_page_is_declared(walled):  # noqa: F811
    """A new page that nobody thought about fails here."""
    found = set()
    for rule in walled.url_map.iter_rules():
        if rule.rule.startswith("/api/v1") or rule.endpoint in ELSEWHERE:
            continue
        path = rule.rule
        for name, value in VALUES.items():
            path = path.replace(f"<string:{name}>", value)
        found |= {f"{method} {path}" for method in rule.methods - {"HEAD", "OPTIONS"}}
    assert found == set(PAGES)
