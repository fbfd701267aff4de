"""The child solver is a process that can be killed, and every way in which it ends has its own name."""

import json
import os
import sys
import threading
import time

import pytest

from service.actors import OPEN
from service.jobs import ChildSolver, Dispatcher, NotWantedError, SolveFailedError, SolverDiedError
from service.schemas import JobRequest, Params
from service.services import jobs as verbs
from service.services.answers import once
from tests.builders import make_instance
from tests.service.fakes import FakeSolver, InlineExecutor, LazyExecutor, PatientSolver

INSTANCE = make_instance().canonical_json()


def child(program, grace_seconds=5.0):
    """Return a solver whose child runs this program; `sys.stdin` holds the order."""
    return ChildSolver(2_048, grace_seconds, ("-c", program))


def quiet(progress):
    return None


def test_the_real_child_solves_and_tells_its_progress():
    heard = []
    body = ChildSolver(8_192, 30)(INSTANCE, Params(), heard.append)
    proposal = json.loads(body)
    # Worked out in builders.two_companies_one_class: 1,142,500 cents.
    assert (proposal["status"], proposal["objective_cents"], proposal["verified"]) == ("optimal", 1_142_500, True)
    assert [step["phase"] for step in heard if step]


def test_the_same_order_gives_the_same_bytes_in_two_processes():
    first, second = (ChildSolver(8_192, 30)(INSTANCE, Params(seed=3), quiet) for _ in range(2))
    assert first == second


def test_a_child_that_ends_without_a_word_has_died():
    with pytest.raises(SolverDiedError):
        child("import os; os._exit(1)")(INSTANCE, Params(), quiet)


def test_a_child_that_kills_itself_has_died():
    with pytest.raises(SolverDiedError):
        child("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")(INSTANCE, Params(), quiet)


def test_a_child_deaf_to_its_limit_is_killed():
    started = time.monotonic()
    with pytest.raises(SolveFailedError) as failed:
        child("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)", 0.2)(
            INSTANCE, Params(time_limit_seconds=0.1), quiet
        )
    assert failed.value.code == "solver-overran"
    assert time.monotonic() - started < 30


def test_a_child_that_says_why_it_failed_is_believed():
    said = '{"problem": {"code": "out-of-memory", "detail": "Too large."}}'
    with pytest.raises(SolveFailedError, match="Too large") as failed:
        child(f"print('{said}', flush=True); import time; time.sleep(60)")(INSTANCE, Params(), quiet)
    assert failed.value.code == "out-of-memory"


def test_a_child_that_needs_too_much_memory_says_so():
    program = "import service.child as c; c._solve = lambda order, out: ' ' * (3 * 1024 ** 3); c.main()"
    with pytest.raises(SolveFailedError) as failed:
        child(program)(INSTANCE, Params(), quiet)
    assert failed.value.code == "out-of-memory"


def test_a_child_that_is_not_wanted_is_killed_within_a_second(tmp_path):
    pid_file = tmp_path / "pid"
    program = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"

    def not_wanted(progress):
        if pid_file.exists() and pid_file.read_text():
            raise NotWantedError

    with pytest.raises(NotWantedError):
        child(program)(INSTANCE, Params(), not_wanted)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_a_child_dies_with_its_parent(tmp_path):
    """The parent starts a child that would run for a minute and is then gone; the pipe closes and the child ends."""
    import subprocess

    pid_file = tmp_path / "pid"
    slow = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid()));"
    program = f"{slow} import service.child as c; c._solve = lambda order, out: time.sleep(60); c.main()"
    parent = (
        "import os, threading, time\nfrom service.jobs import ChildSolver\nfrom service.schemas import Params\n"
        f"threading.Thread(target=ChildSolver(2048, 5, ('-c', {program!r})), args=({INSTANCE!r}, Params(), print)).start()\n"
        f"while not os.path.exists({str(pid_file)!r}): time.sleep(0.02)\ntime.sleep(0.5)\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", parent], timeout=30, check=False)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(int(pid_file.read_text()), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


@pytest.fixture
def queued(context, instance):
    """Queue a job and return its id."""
    answer = verbs.submit_job(context, OPEN, JobRequest(instance=instance), "", once("POST", "key", b""))
    return json.loads(answer.body)["id"]


def state(context, job_id):
    return verbs.get_job(context, OPEN, job_id)


def test_dispatching_twice_runs_a_job_once(context, queued):
    solver, executor = FakeSolver(), LazyExecutor()
    dispatcher = Dispatcher(context, solver, executor)
    assert (dispatcher.dispatch(), dispatcher.dispatch()) == (1, 0)
    executor.run()
    assert len(solver.asked) == 1
    assert state(context, queued).state == "done"


def test_two_dispatchers_of_two_processes_run_a_job_once(context, queued):
    solver = FakeSolver()
    first, second = (Dispatcher(context, solver, InlineExecutor()) for _ in range(2))
    assert first.dispatch() + second.dispatch() == 1
    assert len(solver.asked) == 1


def test_a_job_whose_worker_vanished_is_given_to_another_when_its_lease_ends(context, queued, clock):
    Dispatcher(context, FakeSolver(), LazyExecutor()).dispatch()  # promised to a worker that never comes
    other = Dispatcher(context, FakeSolver(), InlineExecutor())
    assert other.dispatch() == 0
    clock.move(seconds=context.settings.lease_seconds + 1)
    assert other.dispatch() == 1
    assert (state(context, queued).state, state(context, queued).attempt) == ("done", 2)


def test_a_late_ghost_changes_nothing(context, queued, clock):
    assert verbs.promise_jobs(context, 1) == [(queued, 1)]
    verbs.claim_job(context, queued, 1, "ghost")
    clock.move(seconds=context.settings.lease_seconds + 1)
    Dispatcher(context, FakeSolver(), InlineExecutor()).dispatch()
    done = state(context, queued)
    from tests.service.fakes import plan_of

    assert not verbs.finish_job(context, queued, 1, json.dumps({**plan_of(INSTANCE), "objective_cents": 1}))
    assert not verbs.fail_job(context, queued, 1, "solver-failed", "too late")
    assert not verbs.record_progress(context, queued, 1, {"phase": "search"})
    assert state(context, queued) == done
    assert done.attempt == 2


def test_three_lost_workers_put_a_job_aside(context, queued, clock):
    for attempt in (1, 2, 3):
        assert verbs.promise_jobs(context, 1) == [(queued, attempt)]
        verbs.claim_job(context, queued, attempt, "vanishing")
        clock.move(seconds=context.settings.lease_seconds + 1)
    assert verbs.promise_jobs(context, 1) == []
    assert state(context, queued).failure.code == "quarantined"


def test_a_stopping_service_gives_its_jobs_back(context, queued):
    solver = PatientSolver()
    dispatcher = Dispatcher(context, solver)
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
    assert [job for job, _ in verbs.promise_jobs(context, 2)] == [late, queued]


def test_a_database_that_is_locked_for_a_while_does_not_stop_an_attempt(context, queued, monkeypatch):
    import sqlite3

    monkeypatch.setattr("service.store.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(context.settings.database, isolation_level=None, check_same_thread=False)

    class Locking(FakeSolver):
        def __call__(self, instance, params, heard):
            other.execute("BEGIN IMMEDIATE")
            threading.Timer(0.5, lambda: other.execute("ROLLBACK")).start()
            return super().__call__(instance, params, heard)

    Dispatcher(context, Locking(), InlineExecutor()).dispatch()
    assert state(context, queued).state == "done"
    other.close()
