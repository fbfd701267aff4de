"""Attempts on a Dask cluster, and the parts of their problems on its workers."""

import json
import time

import pytest

from service.actors import OPEN
from service.children import ChildSolver
from service.clock import system_clock
from service.jobs import ClusterHands, Dispatcher
from service.schemas import JobRequest, Params
from service.services import jobs as verbs
from service.services.answers import once
from service.services.context import Context
from service.store.database import SqliteStore, initialise
from tests.benchmarks.country import country
from tests.service.machines import WAIT_SECONDS, Machines


def state(context, job_id):
    return verbs.get_job(context, OPEN, job_id)


def test_a_cluster_inside_this_process_solves_a_job_in_a_child(real_time, queued_for_machines):
    dispatcher = Dispatcher(real_time, ClusterHands(real_time.settings))
    try:
        dispatch_until(dispatcher, lambda: verbs.has_ended(state(real_time, queued_for_machines)))
        found = state(real_time, queued_for_machines)
        assert (found.state, found.status, found.objective_cents) == ("done", "optimal", 1_142_500)
    finally:
        dispatcher.close()


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


REGIONS, PARTS = 3, 5
"""One of the regions falls in two, and lines that may attend nothing are one more."""


@pytest.fixture
def queued_country(real_time):
    """Queue a job over regions of twenty companies that share nothing; return its id."""
    instance = country(REGIONS, "A")
    answer = verbs.submit_job(real_time, OPEN, JobRequest(instance=instance), "", once("POST", "country", b""))
    return json.loads(answer.body)["id"]


@pytest.fixture
def tls_machines(real_time, tmp_path):
    made = Machines(real_time.settings, tmp_path, tls=True)
    yield made
    made.close()


def proposal_of(context, job):
    return verbs.get_proposal(context, OPEN, job)


def alone(context, job):
    """Return the proposal that one child makes of a job by itself."""
    return ChildSolver(8_192, 30)(verbs.get_instance(context, OPEN, job), Params(), lambda _: False)


def keys_of_parts(context):
    with context.store.read() as connection:
        return set(connection.exec_driver_sql("SELECT key FROM parts").scalars())


def test_parts_spread_over_two_machines_behind_tls_give_the_same_bytes(real_time, queued_country, tls_machines):
    remote = real_time.settings.model_copy(update=tls_machines.client_settings())
    hands = ClusterHands(remote)
    dispatcher = Dispatcher(real_time, hands)
    try:
        for name in ("scheduler", "first", "second"):
            tls_machines.start(name)
        dispatch_until(dispatcher, lambda: hands.free() == 2)
        dispatch_until(dispatcher, lambda: verbs.has_ended(state(real_time, queued_country)))
        assert state(real_time, queued_country).state == "done"
        assert proposal_of(real_time, queued_country) == alone(real_time, queued_country)
        assert len(keys_of_parts(real_time)) == PARTS
        done = hands._open().run(lambda dask_worker: dask_worker.state.executed_count)
        # The attempt, and every part but the largest, which its own child solves.
        assert sum(done.values()) == 1 + PARTS - 1
        assert min(done.values()) >= 1
    finally:
        dispatcher.close()


def test_one_worker_alone_solves_the_parts_of_its_own_attempt(real_time, queued_country, machines):
    remote = real_time.settings.model_copy(update={"scheduler": machines.address})
    dispatcher = Dispatcher(real_time, ClusterHands(remote))
    try:
        machines.start("scheduler")
        machines.start("only")
        dispatch_until(dispatcher, lambda: verbs.has_ended(state(real_time, queued_country)))
        assert proposal_of(real_time, queued_country) == alone(real_time, queued_country)
    finally:
        dispatcher.close()
