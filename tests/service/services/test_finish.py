"""Finish and cancel are two wishes: the one keeps the best plan, the other keeps nothing."""

import json
import threading
import time

import pytest

from service.actors import OPEN
from service.attempts import run_attempt
from service.children import ChildSolver
from service.problems import Refusal
from service.schemas import JobRequest
from service.services import jobs as verbs
from service.services import work
from service.services.answers import once
from tests.service.fakes import FakeSolver, plan_of

ENDLESS = """
import json, sys
order = json.loads(sys.stdin.readline())
print(json.dumps({"draft": %r}), flush=True)
for line in sys.stdin:
    if json.loads(line) == "finish" and %r:
        print(json.dumps({"proposal": %r}), flush=True)
"""


@pytest.fixture
def queued(context, instance):
    request = JobRequest(instance=instance)
    return json.loads(verbs.submit_job(context, OPEN, request, "", once("POST", "key", b"")).body)["id"]


def child(context, job, *, listens):
    """Return a solver whose child has a draft at once and ends only when it is asked to, or never."""
    instance = verbs.get_instance(context, OPEN, job)
    draft, last = (json.dumps({**plan_of(instance), "notes": [note]}) for note in ("draft", "last"))
    return ChildSolver(2_048, 60, ("-c", ENDLESS % (draft, listens, last)))


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


@pytest.mark.parametrize(("listens", "kept"), [(True, "last"), (False, "draft")], ids=["that listens", "that is deaf"])
def test_a_solver_is_stopped_with_its_best_plan(context, queued, monkeypatch, listens, kept):
    monkeypatch.setattr("service.children.FINISH_SECONDS", 0.5)
    (job,) = work.promise_jobs(context, 1)
    thread = threading.Thread(target=run_attempt, args=(context, child(context, queued, listens=listens), queued, job.attempt))
    thread.start()
    wait_for(lambda: verbs.get_draft(context, OPEN, queued) is not None)
    assert json.loads(verbs.get_draft(context, OPEN, queued))["notes"] == ["draft"]
    verbs.ask_to_finish(context, OPEN, queued)
    thread.join(30)
    assert verbs.get_job(context, OPEN, queued).state == "done"
    assert json.loads(verbs.get_proposal(context, OPEN, queued))["notes"] == [kept]
    assert verbs.get_draft(context, OPEN, queued) is None


def test_a_job_that_has_ended_cannot_be_finished(context, queued):
    (job,) = work.promise_jobs(context, 1)
    run_attempt(context, FakeSolver(), queued, job.attempt)
    with pytest.raises(Refusal, match="nothing to finish"):
        verbs.ask_to_finish(context, OPEN, queued)


def test_a_company_cannot_finish_the_job_of_another(context, queued):
    from service.actors import Actor, Role

    with pytest.raises(Refusal, match="no such object"):
        verbs.ask_to_finish(context, Actor(Role.COMPANY, "company:bolt", "bolt"), queued)
