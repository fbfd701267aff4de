"""What one CP-SAT run may be believed."""

from cohort_opt.bench.small import compact
from cohort_opt.model.build import build
from cohort_opt.solver import sat


def earning_classes(count):
    """Return a problem whose every class earns 1: `count` whole groups of 1 to `count` in classes that must be full."""
    most = count * (count + 1) // 2
    arcs = {(g, 0): 0 for g in range(count)}
    return compact(range(1, count + 1), [(-1, count, count)], arcs, unplaced=0, min_part={g: g + 1 for g in range(count)},
                   cap={0: most // count})  # fmt: skip


def test_a_run_stopped_before_its_first_bound_proves_nothing():
    # At least one class can be filled (the group of 40 alone), so the best plan costs less than 0; the field's default is 0.
    outcome = sat.run_cp_sat(build(earning_classes(40)), wall_seconds=0.01)
    assert outcome.bound is None or outcome.bound < 0


def test_a_finished_run_has_plan_and_bound():
    # Groups of 1, 2, 3 in full classes of 3: {3} and {1, 2}.
    outcome = sat.run_cp_sat(build(earning_classes(3)), wall_seconds=20)
    assert outcome.status == sat.OPTIMAL
    assert outcome.bound == -2
