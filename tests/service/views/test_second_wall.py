"""The matrix of walls once more with the first wall off: row-level security alone keeps companies apart.

The rights that verbs check are switched off, so that everybody who has signed in may ask for everything, as after a bug in a
verb. What is left is the scope of the session and the policies of PostgreSQL.
"""

import pytest
from sqlalchemy import select, text

from service.actors import MACHINE, Actor
from service.services.context import work_for
from service.store.database import initialise
from service.store.tables import metadata
from tests.service import postgres
from tests.service.views.test_tenants import MATRIX, ROLES, ask, body_for, tokens, world  # noqa: F401  fixtures

pytestmark = pytest.mark.postgres

CANARY = "acme-canary-7f3a"
"""Stands in what acme alone has sent: the name of its line, and of the instance of its job."""
INTRUDERS = ("bolt", "reader", "operator")


@pytest.fixture(scope="module")
def made_once(postgres_server):
    """Return the name of a database whose tables are made, for others to copy."""
    initialise(postgres.fresh_database(postgres_server, "cohort_made"))
    return "cohort_made"


@pytest.fixture
def walled(make_app, postgres_server, made_once):
    app = make_app(
        access="accounts",
        webhook_inside_hosts=("inside.invalid",),
        database=postgres.fresh_database(postgres_server, "cohort_wall", made_once),
    )
    work_for(MACHINE)
    yield app
    work_for(None)


@pytest.fixture
def counts(counts):
    return lambda company, /, **changes: counts(company, **{**changes, **({"line": CANARY} if company == "acme" else {})})


@pytest.fixture
def instance(instance):
    return {**instance, "name": CANARY}


@pytest.fixture
def base(base):
    return {**base, "name": "Base"}


@pytest.fixture
def without_first_wall(world, monkeypatch):  # noqa: F811
    """Return the world, in which every role may do everything."""
    monkeypatch.setattr(Actor, "plans", property(lambda self: True))
    monkeypatch.setattr(Actor, "speaks_for", lambda self, company: True)
    return world


def rows_of_others(app, owner):
    """Return every row that does not belong to the one who asks; left out are tables that hold hashes or that never change."""
    found = []
    with app.extensions["cohort_opt"].store.read(whole=True) as connection:
        for table in metadata.sorted_tables:
            if table.name in ("audit", "snapshots", "idempotency", "proposals", "tokens"):
                continue
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
                keys = (row.get("owner"), f"company:{row.get('company')}", row.get("created_by"))
                if not any(str(key).startswith(owner) for key in keys):
                    found.append(f"{table.name} {dict(row)}")
    return found


@pytest.mark.parametrize("role", INTRUDERS)
@pytest.mark.parametrize("name", MATRIX)
def test_row_level_security_alone_holds(walled, ask, without_first_wall, base, counts, instance, name, role):  # noqa: F811
    if MATRIX[name][ROLES.index(role)] not in (403, 404):
        pytest.skip("the role may do that")
    world = without_first_wall  # noqa: F811
    owner = "company:bolt" if role == "bolt" else role
    before = rows_of_others(walled, owner)
    method, path = name.format(**world).split(" ")
    answer = ask(role, method, path, body_for(method, path, base, counts, {**instance, "name": "Mine"}))
    assert CANARY not in answer.get_data().decode("utf-8", "replace")
    assert all(CANARY not in value for value in answer.headers.values())
    assert answer.status_code < 500, answer.get_data().decode("utf-8", "replace")
    assert rows_of_others(walled, owner) == before


def test_the_switch_really_switches_the_first_wall_off(walled, ask, without_first_wall):  # noqa: F811
    """As a planner, the same requests do show the canary: the test above would see a leak."""
    job = ask("planner", "GET", f"/api/v1/jobs/{without_first_wall['job']}")
    assert job.status_code == 200
    assert CANARY in ask("planner", "GET", "/api/v1/rounds/spring/demands/acme").get_data(as_text=True)
    context = walled.extensions["cohort_opt"]
    work_for(None)
    with context.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM demands")).scalar_one() == 0
    with context.store.read(whole=True) as connection:
        assert connection.execute(text("SELECT count(*) FROM demands")).scalar_one() == 2
