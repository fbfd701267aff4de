"""Waiting jobs are promised to hands, once each, whatever is lost on the way."""

import json
import threading
import time

import pytest

from service.actors import OPEN
from service.jobs import Dispatcher, ThreadHands
from service.schemas import JobRequest
from service.services import jobs as verbs
from service.services.answers import once
from tests.builders import make_instance
from tests.service.fakes import FakeSolver, InlineExecutor, LazyExecutor, PatientSolver

INSTANCE = make_instance().canonical_json()


@pytest.fixture
def queued(context, instance):
    """Queue a job and return its id."""
    answer = verbs.submit_job(context, OPEN, JobRequest(instance=instance), "", once("POST", "key", b""))
    return json.loads(answer.body)["id"]


def state(context, job_id):
    return verbs.get_job(context, OPEN, job_id)


def test_dispatching_twice_runs_a_job_once(context, queued):
    solver, executor = FakeSolver(), LazyExecutor()
    dispatcher = Dispatcher(context, ThreadHands(context, solver, executor))
    assert (dispatcher.dispatch(), dispatcher.dispatch()) == (1, 0)
    executor.run()
    assert len(solver.asked) == 1
    assert state(context, queued).state == "done"


def test_two_dispatchers_of_two_processes_run_a_job_once(context, queued):
    solver = FakeSolver()
    first, second = (Dispatcher(context, ThreadHands(context, solver, InlineExecutor())) for _ in range(2))
    assert first.dispatch() + second.dispatch() == 1
    assert len(solver.asked) == 1


def test_a_job_whose_worker_vanished_is_given_to_another_when_its_lease_ends(context, queued, clock):
    Dispatcher(context, ThreadHands(context, FakeSolver(), LazyExecutor())).dispatch()  # promised to a worker that never comes
    other = Dispatcher(context, ThreadHands(context, FakeSolver(), InlineExecutor()))
    assert other.dispatch() == 0
    clock.move(seconds=context.settings.lease_seconds + 1)
    assert other.dispatch() == 1
    assert (state(context, queued).state, state(context, queued).attempt) == ("done", 2)


def test_a_late_ghost_changes_nothing(context, queued, clock):
    assert [job[:2] for job in verbs.promise_jobs(context, 1)] == [(queued, 1)]
    verbs.claim_job(context, queued, 1, "ghost")
    clock.move(seconds=context.settings.lease_seconds + 1)
    Dispatcher(context, ThreadHands(context, FakeSolver(), InlineExecutor())).dispatch()
    done = state(context, queued)
    from tests.service.fakes import plan_of

    assert not verbs.finish_job(context, queued, 1, json.dumps({**plan_of(INSTANCE), "objective_cents": 1}))
    assert not verbs.fail_job(context, queued, 1, "solver-failed", "too late")
    assert not verbs.record_progress(context, queued, 1, {"phase": "search"})
    assert state(context, queued) == done
    assert done.attempt == 2


def test_three_lost_workers_put_a_job_aside(context, queued, clock):
    for attempt in (1, 2, 3):
        assert [job[:2] for job in verbs.promise_jobs(context, 1)] == [(queued, attempt)]
        verbs.claim_job(context, queued, attempt, "vanishing")
        clock.move(seconds=context.settings.lease_seconds + 1)
    assert verbs.promise_jobs(context, 1) == []
    assert state(context, queued).failure.code == "quarantined"


def test_a_stopping_service_gives_its_jobs_back(context, queued):
    solver = PatientSolver()
    dispatcher = Dispatcher(context, ThreadHands(context, solver))
    dispatcher.dispatch()
    assert solver.started.wait(5)
    dispatcher.close()
    assert solver.ended.wait(5)
    deadline = time.monotonic() + 5
    while state(context, queued).state != "queued" and time.monotonic() < deadline:
        time.sleep(0.02)
    assert state(context, queued).state == "queued"


def test_urgent_jobs_go_first(context, instance, queued):
    late = json.loads(verbs.submit_job(context, OPEN, JobRequest(instance=instance), "", once("POST", "b", b"")).body)["id"]
    with context.store.write() as connection:
        connection.exec_driver_sql("UPDATE jobs SET priority = -10 WHERE id = ?", (queued,))
    assert [job.id for job in verbs.promise_jobs(context, 2)] == [late, queued]


def test_a_database_that_is_locked_for_a_while_does_not_stop_an_attempt(context, queued, monkeypatch):
    import sqlite3

    monkeypatch.setattr("service.store.sqlite.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(context.settings.database, isolation_level=None, check_same_thread=False)

    class Locking(FakeSolver):
        def __call__(self, instance, params, heard, start=""):
            other.execute("BEGIN IMMEDIATE")
            threading.Timer(0.5, lambda: other.execute("ROLLBACK")).start()
            return super().__call__(instance, params, heard)

    Dispatcher(context, ThreadHands(context, Locking(), InlineExecutor())).dispatch()
    assert state(context, queued).state == "done"
    other.close()
