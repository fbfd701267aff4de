"""The drawing shows what was known when, and never a line for an engine that had no plan."""

from cohort_opt.bench.engines import Step
from cohort_opt.bench.measure import Measured
from cohort_opt.bench.plots import gap_plot, gaps_over_time

STEPS = (Step(1.0, None, 90), Step(2.0, 200, 90), Step(3.0, 200, 95), Step(4.0, 125, 95))
RUN = Measured("x", 1, 100, 100, (), "", 10.0, 50.0, STEPS)


def test_the_gap_falls_with_each_better_plan_and_ends_with_the_last():
    # Against the best bound of 100: 200 -> 50 %, 125 -> 20 %, 100 -> 0 at the end.
    assert gaps_over_time(RUN, 100) == [(2.0, 0.5), (4.0, 0.2), (10.0, 0.0)]


def test_an_engine_without_a_plan_is_named_and_not_drawn():
    drawing = gap_plot("A & B", [RUN, Measured("y", 1, None, 90, (), "", 10.0, 50.0)], 100)
    assert drawing.count("<circle") == drawing.count('stroke-width="2"') == 1
    assert "y: no plan" in drawing
    assert "A &amp; B" in drawing
