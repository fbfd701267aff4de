"""The service over a database of its own, with a stopped clock and a solver that answers at once."""

import json

import pytest

from service import create_app
from service.config import Settings
from service.schemas import CompanyLine
from service.services.context import Context
from service.store.database import SqliteStore, initialise
from tests.builders import make_instance
from tests.service import postgres
from tests.service.fakes import FakeSolver, InlineExecutor, StoppedClock


@pytest.fixture(scope="session")
def postgres_server():
    """Return a running PostgreSQL server."""
    with postgres.running_server() as server:
        yield server


@pytest.fixture
def postgres_address(postgres_server):
    """Return the address of an empty database in PostgreSQL."""
    return postgres.fresh_database(postgres_server, "cohort_test")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in ("FLASK_DEBUG", "COHORT_OPT_SERVICE_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return Settings(database=tmp_path / "service.sqlite3", preview_nights=True)


@pytest.fixture
def clock():
    return StoppedClock()


@pytest.fixture
def make_app(settings, clock):
    """Return a maker of apps; everything it made is closed afterwards."""
    made = []

    def make(solver=None, executor=None, **changes):
        own = settings.model_copy(update=changes)
        initialise(own.database)
        app = create_app(own, clock=clock, solver=solver or FakeSolver(), executor=executor or InlineExecutor(), work=False)
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["cohort_opt_jobs"].close()
        app.extensions["cohort_opt"].store.close()


@pytest.fixture
def app(make_app):
    return make_app()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def context(settings, clock):
    initialise(settings.database)
    store = SqliteStore(settings.database)
    yield Context(store, clock, settings)
    store.close()


@pytest.fixture
def instance():
    """Return two companies, 5 + 4 trainees, as a document."""
    return make_instance().model_dump(mode="json")


@pytest.fixture
def base(instance):
    """Return the academy side of the instance."""
    return {**instance, "demands": []}


@pytest.fixture
def counts(instance):
    """Return the counts of a company of the instance as it would send them."""

    def of(company, /, **changes):
        lines = [
            {name: value for name, value in line.items() if name in CompanyLine.model_fields} | changes
            for line in instance["demands"]
            if line["company"] == company
        ]
        return {"lines": lines}

    return of


@pytest.fixture
def submit(client):
    """Return a function that submits a body as a job."""

    def send(body, key="key-1", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        names = {"Idempotency-Key": key, "Content-Type": "application/json"} | headers
        return client.post("/api/v1/jobs", data=data, headers={k: v for k, v in names.items() if v is not None})

    return send


@pytest.fixture
def round_with_base(client, base):
    """Set up round `spring`."""
    assert client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base}).status_code == 201
    return "spring"
