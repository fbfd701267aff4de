import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.report.view import view
from tests.cohort_opt.report.scenario import build_instance


def test_classes_are_numbered_by_their_first_day(plan):
    assert [(item.number, item.entry.start.isoformat()) for item in plan.classes] == [
        (1, "2027-03-08"),
        (2, "2027-03-10"),
        (3, "2027-03-30"),
        (4, "2027-04-12"),
    ]


def test_the_shares_of_a_class_add_up_to_its_cost(plan):
    for item in plan.classes:
        assert sum(member.share_cents for member in item.members) == item.entry.cost_cents
        assert sum(member.seats for member in item.members) == item.entry.size


def test_asked_is_placed_plus_waiting(plan):
    # 21 + 11 + 14 asked; 11 + 10 + 11 + 12 placed
    assert (plan.asked, plan.placed, plan.waiting) == (46, 44, 2)
    assert sum(plan.asked_by_company().values()) == 46
    assert sum(plan.placed_by_company().values()) == 44


def test_no_plan_is_not_an_empty_plan(instance, infeasible, empty):
    assert not view(instance, infeasible).has_plan
    assert view(*empty).has_plan


def test_a_proposal_for_another_instance_is_refused(proposal):
    other = build_instance(name="another region")
    with pytest.raises(InstanceError, match="fingerprint-mismatch") as caught:
        view(other, proposal)
    assert caught.value.problems[0].pointer == "/instance_fingerprint"
