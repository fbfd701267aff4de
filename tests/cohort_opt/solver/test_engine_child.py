"""The mixed-integer engine answers from a process of its own, and can be killed there."""

import time

from cohort_opt.bench.small import compact
from cohort_opt.solver.engine_child import EngineChild, EngineTask, deadline
from cohort_opt.solver.matrix import exact_matrix


def matrix():
    """Return the matrix of one group of 3 that may attend one class at 5 plus 2 each, or wait at 10 each."""
    return exact_matrix(compact([3], [(5, 1, 4)], {(0, 0): 2}, unplaced=10))


def test_a_process_answers_what_the_engine_finds():
    # All three seated: 5 + 3 * 2 = 11; waiting costs 30.
    answer = EngineChild(EngineTask(matrix(), "HIGHS", deadline(20), 0.0)).answer()
    assert answer.status == "optimal"
    assert round(answer.objective) == 11


def test_a_killed_process_has_no_answer():
    child = EngineChild(EngineTask(matrix(), "HIGHS", deadline(20), 0.0))
    child.kill()
    assert child.answer() is None


def test_the_deadline_is_read_from_a_clock_that_all_processes_share():
    assert 0 < deadline(5) - time.monotonic() <= 5
