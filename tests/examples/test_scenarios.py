"""The named changes of the examples apply to the Rotterdam region, and what each one does is known."""

import pytest

from cohort_opt.analysis import compare
from cohort_opt.planning import propose
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.scenario import apply, read_scenario
from tests.architecture.source import ROOT

EXAMPLES = ROOT / "examples"
SCENARIOS = sorted((EXAMPLES / "scenarios").glob("*.json"))


@pytest.fixture(scope="module")
def base():
    instance = read_instance(EXAMPLES / "rotterdam" / "instance.json")
    return instance, propose(instance)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_gives_a_verified_plan_that_can_be_compared(base, path):
    instance, before = base
    after = propose(apply(instance, read_scenario(path)))
    assert after.verified
    assert compare((before, after)).reasons[1]


def test_rooms_for_fourteen_seat_everybody(base):
    # 21 drill in two classes, 11 stop fires in one, 14 saw in one: 46.
    instance, _ = base
    after = propose(apply(instance, read_scenario(EXAMPLES / "scenarios" / "room_for_fourteen.json")))
    assert after.unplaced == ()
