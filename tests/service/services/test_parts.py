"""Finished parts in the database: kept once, found again, forgotten when there is no room, and never a reason to fail."""

import sqlite3

import pytest

from service.actors import MACHINE
from service.children import ChildSolver
from service.schemas import Params
from service.services import retention
from service.services.context import Context
from service.services.parts import KeptParts
from tests.benchmarks.country import country


@pytest.fixture
def parts(context):
    return KeptParts(context)


def rows(context):
    with context.store.read() as connection:
        return dict(connection.exec_driver_sql("SELECT key, used_on FROM parts").all())


def test_what_is_kept_is_found_and_what_is_not_is_not(parts):
    parts.keep("a", "text")
    assert (parts.recall("a"), parts.recall("b")) == ("text", None)


def test_a_key_keeps_its_first_text(parts):
    parts.keep("a", "first")
    parts.keep("a", "second")
    assert parts.recall("a") == "first"


def test_a_full_table_forgets_what_was_of_use_longest_ago(context, clock):
    small = KeptParts(Context(context.store, clock, context.settings.model_copy(update={"parts_mb": 1})))
    third = "x" * (1024 * 1024 // 3)
    for key in ("a", "b", "c"):
        small.keep(key, third)
    clock.move(days=1)
    assert small.recall("a") == third
    small.keep("d", third)
    # b and c were not of use today; b is as old as c, and goes first by its name.
    assert set(rows(context)) == {"a", "c", "d"}
    small.keep("too large for any room", third * 4)
    assert set(rows(context)) == {"a", "c", "d"}


def test_no_room_keeps_nothing(context, clock):
    none = KeptParts(Context(context.store, clock, context.settings.model_copy(update={"parts_mb": 0})))
    none.keep("a", "text")
    assert rows(context) == {}


def test_a_locked_database_costs_a_part_and_not_the_solve(parts, context, monkeypatch):
    monkeypatch.setattr("service.store.sqlite.BUSY_SECONDS", 0.05)
    fresh = KeptParts(Context(type(context.store)(context.settings.database), context.clock, context.settings))
    other = sqlite3.connect(context.settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    fresh.keep("a", "text")
    other.execute("ROLLBACK")
    other.close()
    assert parts.recall("a") is None


def test_a_sweep_drops_parts_that_were_of_no_use_for_a_month(parts, context, clock):
    parts.keep("old", "text")
    clock.move(days=20)
    parts.keep("young", "text")
    clock.move(days=20)
    assert retention.sweep(context, MACHINE)["parts"] == 1
    assert set(rows(context)) == {"young"}


@pytest.fixture
def regions():
    """Return three regions of twenty companies that share nothing, as the text of an instance."""
    from cohort_opt import instance_from_dict

    return instance_from_dict(country(3, "A")).canonical_json()


def test_a_child_takes_from_the_database_what_another_has_finished(context, parts, regions):
    helped = ChildSolver(8_192, 30, helpers=parts)
    first = helped(regions, Params(), lambda _: False)
    assert len(rows(context)) == 5  # three regions, of which one falls in two, and the lines that may attend nothing
    asked = []
    parts.keep = lambda key, text: asked.append(key)
    assert helped(regions, Params(), lambda _: False) == first
    assert asked == []
    assert ChildSolver(8_192, 30)(regions, Params(), lambda _: False) == first


def test_a_damaged_row_is_seen_and_its_part_is_solved_again(context, parts, regions):
    helped = ChildSolver(8_192, 30, helpers=parts)
    first = helped(regions, Params(), lambda _: False)
    with context.store.write() as connection:
        connection.exec_driver_sql("UPDATE parts SET body = replace(body, 'open', 'infeasible')")
    assert helped(regions, Params(), lambda _: False) == first


def test_a_child_with_processes_of_its_own_gives_the_same_bytes(regions):
    alone = ChildSolver(8_192, 30)(regions, Params(), lambda _: False)
    assert ChildSolver(8_192, 30, processes=2)(regions, Params(), lambda _: False) == alone
