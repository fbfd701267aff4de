"""The faults campaign at its default size: kills, disks, doubled requests and flipped bytes, a few seconds each."""

import os

import pytest

from tests.faults import tracing
from tests.faults.goal import Run
from tests.faults.run import GOALS

QUICK = ("G1", "G2", "G3", "G5", "G6", "G7", "G8", "G9", "G10", "G11")
"""The others take longer, and have tests of their own: G4 in tests/service, G16 in tests/properties."""


@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal.name in QUICK], ids=lambda goal: goal.name)
def test_a_goal_holds_without_exception(goal, tmp_path):
    found = goal.run(Run(seed=1, size=1, folder=tmp_path))
    if found.absent and "CI" not in os.environ:
        pytest.skip(found.absent)
    assert (found.absent, found.misses) == ("", [])
    assert found.done >= 2


def test_a_fault_that_loses_something_would_be_seen(tmp_path, monkeypatch):
    """The judge of the campaign itself: a service that acknowledges before it has written misses G1."""
    from tests.faults import act

    if tracing.absent():
        pytest.skip(tracing.absent())

    def hasty(context, number):
        os.write(1, b"ACK\n")
        act.withdraw(context, number)

    monkeypatch.setattr(act, "ACTS", {"withdraw": hasty})
    monkeypatch.setattr("tests.faults.kill_points.ACTS", {"withdraw": hasty})
    found = next(goal for goal in GOALS if goal.name == "G1").run(Run(seed=1, size=1, folder=tmp_path))
    assert any("acknowledged and is not there" in miss for miss in found.misses)
