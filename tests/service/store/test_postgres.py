"""PostgreSQL by its address alone: the same tables and promises, and a second wall that the first one does not hold up."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from service import create_app
from service.actors import MACHINE, OPEN, Actor, Role
from service.config import Settings, SettingsError
from service.problems import Refusal
from service.services.context import work_for
from service.store import ledger
from service.store.database import fault_of, initialise, open_store, shown
from service.store.tables import demands, metadata, rounds
from tests.service import postgres

pytestmark = pytest.mark.postgres

ACME, BOLT = (Actor(Role.COMPANY, f"company:{name}", name, f"account-{name}") for name in ("acme", "bolt"))
COUNTS = {"round": "spring", "version": 1, "lines": "[]", "created_at": "2026", "created_by": "x"}
SHARED = {"alembic_version"}
"""Tables without rows of anybody."""


@pytest.fixture
def store(postgres_address):
    assert initialise(postgres_address) is True
    store = open_store(postgres_address)
    yield store
    work_for(None)
    store.close()


def engine_of(address):
    return create_engine(address.replace("postgresql://", "postgresql+psycopg://"))


def test_the_revisions_from_empty_lead_to_the_tables(store, postgres_address):
    assert initialise(postgres_address) is False
    engine = engine_of(postgres_address)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
    engine.dispose()


def test_the_service_starts_on_its_address_alone(store, postgres_address, tmp_path):
    app = create_app(Settings(database=postgres_address, outbox_folder=tmp_path), work=False)
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/v1/rounds").json["rounds"] == []
    app.extensions["cohort_opt"].store.close()


def test_every_table_stands_behind_the_second_wall_for_its_owner_too(store, postgres_server):
    with postgres.as_superuser(postgres_server, "cohort_test") as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert {name for name, walled in rows if not walled} == SHARED
    assert {name for name, _ in rows} == {*metadata.tables, *SHARED}


def test_who_has_bound_nobody_sees_no_row(store):
    work_for(MACHINE)
    with store.write() as connection:
        connection.execute(insert(demands).values(company="acme", **COUNTS))
    work_for(None)
    with store.read() as connection:
        assert connection.execute(select(demands)).all() == []
    with store.read(whole=True) as connection:
        assert len(connection.execute(select(demands)).all()) == 1


def test_a_company_reads_and_writes_its_own_rows_only(store):
    for actor in (ACME, BOLT):
        work_for(actor)
        with store.write() as connection:
            connection.execute(insert(demands).values(company=actor.company, **COUNTS))
        with store.read() as connection:
            assert connection.execute(select(demands.c.company)).scalars().all() == [actor.company]
    with pytest.raises(Refusal, match="no such object"), store.write() as connection:
        connection.execute(insert(demands).values(company="acme", **{**COUNTS, "version": 2}))
    with pytest.raises(Refusal, match="no such object"), store.write() as connection:
        connection.execute(insert(rounds).values(id="x", version=1, name="x", base="{}", created_at="", created_by=""))


def test_the_scope_of_one_transaction_does_not_reach_the_next_on_its_connection(store):
    work_for(OPEN)
    with store.read() as connection:
        connection.execute(select(demands))
    work_for(None)
    with store.read() as connection:
        assert connection.execute(text("SELECT current_setting('cohort_opt.whole', true)")).scalar_one() == "off"


def test_the_audit_chain_of_a_company_continues_that_of_others(store):
    for number, actor in enumerate((ACME, BOLT, MACHINE), start=1):
        work_for(actor)
        with store.write() as connection:
            ledger.write_line(connection, "2026", actor.owner, "test", str(number), {})
    with store.read() as connection:
        assert list(ledger.broken_lines(connection)) == []
        assert connection.execute(text("SELECT max(number) FROM audit")).scalar_one() == 3


@pytest.mark.parametrize("change", [update(rounds).values(name="x"), delete(rounds)], ids=["update", "delete"])
def test_a_stored_version_cannot_be_changed(store, change):
    work_for(MACHINE)
    with store.write() as connection:
        connection.execute(insert(rounds).values(id="x", version=1, name="x", base="{}", created_at="", created_by=""))
    with pytest.raises(DBAPIError, match="immutable"), store.write() as connection:
        connection.execute(change)


def test_a_reader_cannot_write(store):
    work_for(MACHINE)
    with pytest.raises(DBAPIError, match="read-only"), store.read() as connection:
        connection.execute(insert(demands).values(company="acme", **COUNTS))


def test_a_commit_is_on_disk_before_it_returns(store):
    with store.write(whole=True) as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"


def test_a_writer_waits_for_another_and_then_says_busy(store, postgres_address):
    entered, leave = threading.Event(), threading.Event()

    def hold():
        with store.write(whole=True):
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(10)
    with pytest.raises(Refusal) as refused, store.write(whole=True):
        pass
    leave.set()
    thread.join()
    assert (refused.value.code, refused.value.headers["Retry-After"]) == ("busy", "5")


def test_a_server_that_is_away_is_busy():
    store = open_store("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(Refusal) as refused, store.read():
        pass
    store.close()
    assert refused.value.code == "busy"


def test_a_role_that_goes_past_the_second_wall_is_refused_at_the_start(store, postgres_server):
    address = f"postgresql://postgres@{postgres_server.host}:{postgres_server.port}/cohort_test"
    assert "use one without SUPERUSER" in fault_of(address)
    with pytest.raises(SettingsError, match="row-level security"):
        create_app(Settings(database=address), work=False)


def test_messages_about_an_address_name_no_secret(postgres_address):
    assert shown(postgres_address).startswith("postgresql://127.0.0.1:")
    assert postgres.SECRET not in shown(postgres_address)
    assert postgres.ROLE not in shown(postgres_address)
