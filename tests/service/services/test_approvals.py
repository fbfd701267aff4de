"""Two pairs of eyes: the first planner's wish is stored, the second one's publishes."""

import datetime as dt

import pytest

from service.actors import Actor, Role
from service.config import SettingsError, check_settings
from service.problems import Refusal
from service.schemas import PublicationRequest
from service.services import approvals, health, moves, publications, retention, what_ifs
from service.services.context import Context
from tests.service.services.planned import NIGHT, plan_a_night, work
from tests.service.services.test_moves import LATER_ALL
from tests.service.services.test_offers import ACME, PLANNER

OTHER = Actor(Role.PLANNER, "planner:q")
WANTED = PublicationRequest(date=dt.date.fromisoformat(NIGHT), note="First")


@pytest.fixture
def planned(context, base, counts):
    careful = context.settings.model_copy(update={"second_approval": True, "access": "accounts"})
    return plan_a_night(Context(context.store, context.clock, careful), base, counts)


def approve(context, actor):
    with pytest.raises(Refusal) as refused:
        publications.publish(context, actor, "spring", WANTED)
    return refused.value.code


def test_one_planner_alone_publishes_nothing_however_often(planned):
    assert [approve(planned, PLANNER) for _ in range(2)] == ["second-approval", "second-approval"]
    with pytest.raises(Refusal, match="no such object"):
        publications.overview(planned, PLANNER, "spring")
    assert health.faults(planned) == []


def test_the_second_planner_publishes(planned):
    approve(planned, PLANNER)
    assert (
        approvals.waiting(planned, PLANNER, "spring", NIGHT).is_own,
        approvals.waiting(planned, OTHER, "spring", NIGHT).is_own,
    ) == (True, False)
    published = publications.publish(planned, OTHER, "spring", WANTED)
    assert published.version == 1
    assert health.faults(planned) == []


def test_an_approval_is_of_one_plan_only(planned):
    """The night has got another plan since: both must look at the new one."""
    approve(planned, PLANNER)
    job = moves.ask(planned, PLANNER, "spring", NIGHT, LATER_ALL, "A week later", keep_others=True)
    work(planned)
    what_ifs.adopt(planned, PLANNER, job)
    assert approvals.waiting(planned, OTHER, "spring", NIGHT) is None
    assert approve(planned, OTHER) == "second-approval"


def test_without_the_setting_one_is_enough(context, base, counts):
    plan_a_night(context, base, counts)
    assert publications.publish(context, PLANNER, "spring", WANTED).version == 1


def test_companies_see_no_approvals(planned):
    with pytest.raises(Refusal) as refused:
        approvals.waiting(planned, ACME, "spring", NIGHT)
    assert refused.value.status == 403


def test_an_erased_round_leaves_no_approval(planned):
    approve(planned, PLANNER)
    retention.erase_round(planned, PLANNER, "spring")
    with planned.store.read(whole=True) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM approvals").scalar_one() == 0
    assert health.faults(planned) == []


def test_two_people_need_accounts(settings):
    with pytest.raises(SettingsError, match="ACCESS=accounts"):
        check_settings(settings.model_copy(update={"second_approval": True}))
