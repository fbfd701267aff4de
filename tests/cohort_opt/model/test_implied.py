"""An implied row forbids nothing: it only says in one sum what the rules say together."""

from cohort_opt.bench.small import compact
from cohort_opt.model.build import build
from cohort_opt.model.implied import trainees_to_place

ARCS = {(0, 0): 1, (0, 1): 2, (1, 0): 1, (1, 1): 2}
RUNS = [(10, 1, 4), (10, 1, 6)]


def num_rows(problem, **options):
    """Return the number of rows of the model."""
    return len(build(problem, **options).model.proto.constraints)


def test_who_must_be_placed_is_counted_in_trainees():
    assert trainees_to_place(compact([3, 5], RUNS, ARCS, must_place=[1])) == 5


def test_the_seats_of_open_classes_hold_everybody_who_must_be_placed():
    # One row for each must-place group (u = 0) and one for the sum.
    without, one, both = (num_rows(compact([3, 5], RUNS, ARCS, must_place=groups)) for groups in ([], [1], [0, 1]))
    assert one - without == 2
    assert both - without == 3


def test_a_conflict_never_names_an_implied_row():
    built = build(compact([3, 5], RUNS, ARCS, must_place=[0, 1]), guarded=True, objective=False)
    assert len(built.guards) == len(built.model.proto.constraints)


def test_the_implied_row_keeps_the_best_plan(value):
    # Eight trainees need both classes (4 + 6 seats): 10 + 10, four at 1 in the first and four at 2 in the second: 32.
    assert value(compact([3, 5], RUNS, ARCS, must_place=[0, 1])) == 32
