"""What-ifs: the cheapest repair of who waits, a change beside the night, and its adoption as the plan of the night."""

import json

import pytest

from service.actors import MACHINE
from service.jobs import Dispatcher, ThreadHands
from service.problems import Refusal
from service.schemas import CompanyCounts, Params, PublicationRequest, RoundRequest
from service.services import health, jobs, nights, publications, rounds, what_ifs
from tests.service.fakes import InlineExecutor
from tests.service.services.test_offers import ACME, BOLT, PLANNER

NIGHT = "2026-11-24"
SMALLER = {"format": "cohort-opt-scenario/1", "name": "Classes of 3",
           "changes": [{"kind": "set_class_size", "course": "drilling", "min_seats": 3}]}  # fmt: skip
LATER = {"format": "cohort-opt-scenario/1", "name": "Acme later",
         "changes": [{"kind": "set_start_window", "demand": "acme.drilling", "latest_start": "2027-04-05"}]}  # fmt: skip


def real(instance, params, heard, start=""):
    """Solve in this process."""
    from cohort_opt import Instance, propose

    return propose(Instance.model_validate_json(instance)).to_json()


def work(context):
    Dispatcher(context, ThreadHands(context, real, InlineExecutor())).dispatch()


@pytest.fixture
def waiting(context, base, counts):
    """acme asks for 2 and bolt for 1: 3 trainees cannot fill a class of 8 to 12, so all of them wait."""
    rounds.put_round(context, PLANNER, "spring", RoundRequest(name="Spring", base=base))
    for actor, count in ((ACME, 2), (BOLT, 1)):
        lines = CompanyCounts.model_validate(counts(actor.company, count=count))
        rounds.submit_counts(context, actor, "spring", actor.company, lines)
    nights.propose_night(context, MACHINE, "spring", NIGHT, Params())
    work(context)
    return context


def test_a_waiting_line_is_told_what_would_place_it(waiting):
    found = what_ifs.repairs(waiting, PLANNER, "spring", NIGHT, "acme.drilling")
    assert found["waiting"] == 2
    assert found["repairs"]
    assert all(repair["scenario"]["changes"] for repair in found["repairs"])


def test_a_line_that_does_not_wait_has_no_repairs(waiting):
    with pytest.raises(Refusal) as refused:
        what_ifs.repairs(waiting, PLANNER, "spring", NIGHT, "absent.drilling")
    assert refused.value.code == "not-found"


def test_companies_look_for_no_repairs(waiting):
    with pytest.raises(Refusal) as refused:
        what_ifs.repairs(waiting, ACME, "spring", NIGHT, "acme.drilling")
    assert refused.value.status == 403


def test_a_change_is_shown_beside_its_night(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    work(waiting)
    shown = what_ifs.what_if(waiting, PLANNER, job)
    # 2 + 1 trainees fill a class of at least 3.
    assert [entry["size"] for entry in shown.after["classes"]] == [3]
    assert shown.before["classes"] == []
    assert [change.kind for change in shown.changes] == ["opened", "placed", "placed"]
    assert what_ifs.of_night(waiting, PLANNER, "spring", NIGHT) == [(job, "Classes of 3")]


def test_an_adopted_change_is_the_plan_of_the_night_and_can_be_published(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    work(waiting)
    night = what_ifs.adopt(waiting, PLANNER, job)
    assert (night.attempt, night.job.id, night.current) == (2, job, True)
    published = publications.publish(waiting, PLANNER, "spring", PublicationRequest(date=NIGHT, note="With smaller classes"))
    assert published.date == NIGHT
    # The academy's side has taken the change for the nights to come; counts and pins have not moved into it.
    with waiting.store.read() as connection:
        from service.store import rounds as rows

        kept = json.loads(rows.get_round(connection, "spring")["base"])
    assert (kept["courses"][0]["min_seats"], kept["demands"], kept["planning_date"]) == (3, [], None)
    assert health.faults(waiting) == []


def test_a_change_is_adopted_once(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    work(waiting)
    what_ifs.adopt(waiting, PLANNER, job)
    with pytest.raises(Refusal) as refused:
        what_ifs.adopt(waiting, PLANNER, job)
    assert refused.value.code == "state-changed"


def test_what_a_company_decides_is_not_adopted_for_it(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, LATER)
    work(waiting)
    assert what_ifs.what_if(waiting, PLANNER, job).asks_companies
    with pytest.raises(Refusal, match="Companies decide"):
        what_ifs.adopt(waiting, PLANNER, job)


def test_a_change_without_a_plan_yet_is_not_adopted(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    with pytest.raises(Refusal) as refused:
        what_ifs.adopt(waiting, PLANNER, job)
    assert refused.value.code == "not-verified"


def test_a_change_of_something_absent_is_refused_with_its_place(waiting):
    absent = {**SMALLER, "changes": [{**SMALLER["changes"][0], "course": "weaving"}]}
    with pytest.raises(Refusal) as refused:
        what_ifs.ask(waiting, PLANNER, "spring", NIGHT, absent)
    assert refused.value.flaws[0].pointer == "/changes/0/course"


def test_a_night_starts_from_the_plan_of_the_night_before(waiting):
    """Nothing has changed: the next night holds the same proposal, and says from where it started."""
    nights.propose_night(waiting, MACHINE, "spring", "2026-11-25", Params())
    asked = []

    def remember(instance, params, heard, start=""):
        asked.append(json.loads(start))
        return real(instance, params, heard)

    Dispatcher(waiting, ThreadHands(waiting, remember, InlineExecutor())).dispatch()
    before = nights.night_report(waiting, PLANNER, "spring", NIGHT)
    assert asked == [before.proposal]
    after = nights.night_report(waiting, PLANNER, "spring", "2026-11-25")
    assert [change.kind for change in after.changes] == ["nothing"]


def test_a_what_if_starts_from_its_night(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    with waiting.store.read() as connection:
        params = connection.exec_driver_sql("SELECT params FROM jobs WHERE id = ?", (job,)).scalar_one()
    night = nights.get_night(waiting, PLANNER, "spring", NIGHT)
    assert json.loads(params)["start"] == night.job.id


def test_a_plan_to_start_from_that_is_damaged_is_not_built_upon(waiting):
    job = what_ifs.ask(waiting, PLANNER, "spring", NIGHT, SMALLER)
    with waiting.store.write() as connection:
        connection.exec_driver_sql("INSERT INTO erasing VALUES (1)")  # so that the row lets itself be changed
        connection.exec_driver_sql("UPDATE proposals SET body = replace(body, 'true', 'false')")
        connection.exec_driver_sql("DELETE FROM erasing")
    work(waiting)
    found = jobs.get_job(waiting, PLANNER, job)
    assert (found.state, found.failure.code) == ("failed", "internal-error")
    assert "does not match its fingerprint" in found.failure.detail
