"""Waiting jobs are promised to hands, once each, whatever is lost on the way."""

import json
import threading
import time

import pytest

from service.actors import MACHINE, OPEN, Actor, Role
from service.jobs import Dispatcher, ThreadHands
from service.problems import Refusal
from service.schemas import JobRequest
from service.services import jobs as verbs
from service.services import work
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
    assert [job[:2] for job in work.promise_jobs(context, 1)] == [(queued, 1)]
    work.claim_job(context, queued, 1, "ghost")
    clock.move(seconds=context.settings.lease_seconds + 1)
    Dispatcher(context, ThreadHands(context, FakeSolver(), InlineExecutor())).dispatch()
    done = state(context, queued)
    from tests.service.fakes import plan_of

    assert not work.finish_job(context, queued, 1, json.dumps({**plan_of(INSTANCE), "objective_cents": 1}))
    assert not work.fail_job(context, queued, 1, "solver-failed", "too late")
    assert not work.record_progress(context, queued, 1, {"phase": "search"})
    assert state(context, queued) == done
    assert done.attempt == 2


def test_three_lost_workers_put_a_job_aside(context, queued, clock):
    for attempt in (1, 2, 3):
        assert [job[:2] for job in work.promise_jobs(context, 1)] == [(queued, attempt)]
        work.claim_job(context, queued, attempt, "vanishing")
        clock.move(seconds=context.settings.lease_seconds + 1)
    assert work.promise_jobs(context, 1) == []
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
    assert [job.id for job in work.promise_jobs(context, 2)] == [late, queued]


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


# ---- whose turn it is ------------------------------------------------------------------------------------------------------

ACME, BOLT = (Actor(Role.COMPANY, f"company:{name}", name) for name in ("acme", "bolt"))


@pytest.fixture
def ask(context, instance, clock):
    """Return a function that submits a job of somebody, a second later than the one before, and returns its id."""

    def submit(actor, number=0):
        clock.move(seconds=1)
        answer = verbs.submit_job(context, actor, JobRequest(instance=instance), "", once("POST", f"{actor.owner}-{number}", b""))
        return json.loads(answer.body)["id"]

    return submit


def test_a_company_that_asks_for_much_lets_another_go_second(context, ask):
    first, *others = (ask(ACME, number) for number in range(4))
    late = ask(BOLT)
    assert [job.id for job in work.promise_jobs(context, 3)] == [first, late, others[0]]
    # One of each is with a worker, and one more of acme: bolt has none left, acme has two.
    assert [job.id for job in work.promise_jobs(context, 9)] == others[1:]


def test_who_has_fewer_jobs_with_workers_goes_first(context, ask):
    assert len(work.promise_jobs(context, 9)) == 0
    ask(ACME)
    work.promise_jobs(context, 1)
    ask(ACME, 1)
    late = ask(BOLT)
    assert [job.id for job in work.promise_jobs(context, 1)] == [late]


def test_a_company_has_its_share_of_the_queue_and_no_more(context, ask, instance):
    mine = [ask(ACME, number) for number in range(context.settings.max_queued_by_company)]
    with pytest.raises(Refusal) as refused:
        ask(ACME, "more")
    assert (refused.value.code, refused.value.headers["Retry-After"]) == ("too-many-requests", "60")
    ask(BOLT)
    for number in range(9):
        ask(MACHINE, number)  # the academy's own work has no such share
    verbs.cancel_job(context, ACME, mine[0])
    ask(ACME, "again")


def test_the_urgent_go_first_whoever_asks(context, ask):
    jobs = {kind: ask(MACHINE, kind) for kind in ("night", "what_if", "interactive")}
    with context.store.write() as connection:
        for kind, job in jobs.items():
            connection.exec_driver_sql("UPDATE jobs SET kind = ?, priority = ? WHERE id = ?", (kind, verbs.PRIORITY[kind], job))
    assert [job.id for job in work.promise_jobs(context, 3)] == [jobs["interactive"], jobs["what_if"], jobs["night"]]


def test_an_attempt_leaves_one_line_that_names_nobody(context, queued, caplog):
    caplog.set_level("INFO", "service.attempts")
    Dispatcher(context, ThreadHands(context, FakeSolver(), InlineExecutor())).dispatch()
    (line,) = (json.loads(record.getMessage()) for record in caplog.records if record.name == "service.attempts")
    assert (line["event"], line["job"], line["attempt"], line["end"]) == ("attempt", queued, 1, "done")
    assert set(line) == {"event", "job", "attempt", "end", "seconds", "timestamp"}
