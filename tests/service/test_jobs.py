"""Waiting jobs are promised to hands, once each, whatever is lost on the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from service.actors import OPEN
from service.clock import system_clock
from service.jobs import ClusterHands, Dispatcher, ThreadHands
from service.schemas import JobRequest
from service.services import jobs as verbs
from service.services.answers import once
from service.services.context import Context
from service.store.database import SqliteStore, initialise
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


# ---- Dask ------------------------------------------------------------------------------------------------------------------

WAIT_SECONDS = 60


def test_a_cluster_inside_this_process_solves_a_job_in_a_child(real_time, queued_for_machines):
    dispatcher = Dispatcher(real_time, ClusterHands(real_time.settings))
    try:
        dispatch_until(dispatcher, lambda: verbs.has_ended(state(real_time, queued_for_machines)))
        found = state(real_time, queued_for_machines)
        assert (found.state, found.status, found.objective_cents) == ("done", "optimal", 1_142_500)
    finally:
        dispatcher.close()


class Machines:
    """A scheduler and workers as processes of their own on loopback, each as on a machine of its own."""

    def __init__(self, settings, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ},
            "COHORT_OPT_SERVICE_DATABASE": str(settings.database),
            "COHORT_OPT_SERVICE_LEASE_SECONDS": "2",
        }
        self.folder = folder
        self.running = {}

    def start(self, name):
        """Start `scheduler`, or a worker of any other name."""
        program = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        if name != "scheduler":
            program = ["-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
                       "--name", name, "--host", "127.0.0.1", "--local-directory", str(self.folder)]  # fmt: skip
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *program], env=self.environment, stdout=log, stderr=log, start_new_session=True, cwd=self.folder
            )

    def kill(self, name):
        """End a machine without a word."""
        process = self.running.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(WAIT_SECONDS)

    def close(self):
        for name in list(self.running):
            self.kill(name)


@pytest.fixture
def real_time(settings):
    """Return a context whose clock goes on and whose leases are short."""
    own = settings.model_copy(update={"lease_seconds": 2})
    initialise(own.database)
    store = SqliteStore(own.database)
    yield Context(store, system_clock, own)
    store.close()


@pytest.fixture
def queued_for_machines(real_time, instance):
    """Queue a job in a database that is read by other processes too."""
    answer = verbs.submit_job(real_time, OPEN, JobRequest(instance=instance), "", once("POST", "key", b""))
    return json.loads(answer.body)["id"]


@pytest.fixture
def machines(real_time, tmp_path):
    made = Machines(real_time.settings, tmp_path)
    yield made
    made.close()


def dispatch_until(dispatcher, wanted):
    """Dispatch every now and then until the condition holds."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not wanted() and time.monotonic() < deadline:
        dispatcher.dispatch()
        time.sleep(0.1)
    assert wanted()


def test_a_job_survives_the_death_of_its_worker_and_of_the_scheduler(real_time, queued_for_machines, machines):
    """No workers: the job waits. A worker that cannot claim dies, the scheduler dies; new ones finish it, and once."""
    job = queued_for_machines
    remote = real_time.settings.model_copy(update={"scheduler": machines.address})
    dispatcher = Dispatcher(real_time, ClusterHands(remote))
    try:
        assert dispatcher.dispatch() == 0  # nobody is there
        machines.start("scheduler")
        machines.start("first")
        dispatch_until(dispatcher, lambda: state(real_time, job).attempt >= 1)
        machines.kill("first")
        machines.kill("scheduler")
        machines.start("scheduler")
        machines.start("second")
        dispatch_until(dispatcher, lambda: verbs.has_ended(state(real_time, job)))
        assert (state(real_time, job).state, state(real_time, job).objective_cents) == ("done", 1_142_500)
        with real_time.store.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM proposals").scalar_one() == 1
    finally:
        dispatcher.close()
