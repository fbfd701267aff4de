"""Finished parts in the database: kept once, found again, forgotten when there is no room, and never a reason to fail."""

import json
import sqlite3

import pytest

from service.actors import MACHINE
from service.children import ChildSolver
from service.jobs import Dispatcher, ThreadHands
from service.schemas import Params
from service.services import demo, jobs, nights, retention, what_ifs
from service.services.context import Context
from service.services.parts import KeptParts
from tests.benchmarks.country import country
from tests.service.fakes import InlineExecutor


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


def test_a_what_if_searches_only_the_part_that_it_changes(context, parts, monkeypatch):
    """Sixty companies in three regions; the what-if makes the classes of one course of the third one smaller."""
    document = country(3, "A")
    course = next(row for row in document["courses"] if row["id"].startswith("a003-"))
    demo.set_up_round(context, MACHINE, "spring", "Spring", document, with_counts=True)
    hands = ThreadHands(context, ChildSolver(8_192, 30, helpers=parts), InlineExecutor())
    night, _ = nights.propose_night(context, MACHINE, "spring", "2026-11-24", Params())
    Dispatcher(context, hands).dispatch()
    before = set(rows(context))
    change = {"kind": "set_class_size", "course": course["id"], "min_seats": course["min_seats"] - 1}
    scenario = {"format": "cohort-opt-scenario/1", "name": "Smaller", "changes": [change]}
    asked = []
    recall = parts.recall
    monkeypatch.setattr(parts, "recall", lambda key: asked.append(key) or recall(key))
    job = what_ifs.ask(context, MACHINE, "spring", "2026-11-24", scenario)
    Dispatcher(context, hands).dispatch()
    proposals = [json.loads(jobs.get_proposal(context, MACHINE, name)) for name in (night.job.id, job)]
    first, second = ({part["input"]: part for part in proposal["parts"]} for proposal in proposals)
    same = first.keys() & second.keys()
    assert len(before) == len(first) == 5
    assert 3 <= len(same) < 5
    assert all(first[key] == second[key] for key in same)
    # Only what changed was asked for, found nowhere, and is kept from now on.
    assert len(asked) == len(second) - len(same) == len(set(rows(context)) - before)
