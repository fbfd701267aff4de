"""What was solved once is not solved again, and nothing is believed that does not fit its key, its seal and every rule."""

from dataclasses import replace

import numpy as np
import pytest

from cohort_opt.model.plan import Plan
from cohort_opt.solver.limits import Limits
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.part_store import _seal, keep, recall, solve_part
from cohort_opt.solver.part_task import PartTask, answer_of, solve_part_bytes
from cohort_opt.solver.solve import solve
from tests.cohort_opt.solver.test_part_task import PARAMS, _facts, three_regions


class Shelf:
    """A store that counts."""

    def __init__(self):
        self.texts, self.recalled = {}, 0

    def recall(self, key):
        self.recalled += key in self.texts
        return self.texts.get(key)

    def keep(self, key, text):
        self.texts[key] = text


@pytest.fixture
def no_search(monkeypatch):
    """From now on nothing is searched."""

    def stop(*_):
        raise AssertionError("a part was searched again")

    return lambda: monkeypatch.setattr("cohort_opt.solver.solve.search_part", stop)


def test_the_same_problem_is_solved_from_the_store_to_the_same_answer(no_search):
    problem, shelf = three_regions(), Shelf()
    without = solve(problem, PARAMS)
    first = solve(problem, PARAMS, parts=shelf)
    assert len(shelf.texts) == 3
    no_search()
    again = solve(problem, PARAMS, parts=shelf)
    assert _facts(without) == _facts(first) == _facts(again)
    assert shelf.recalled == 3


def test_a_change_of_one_region_leaves_the_parts_of_the_others(no_search):
    problem, shelf = three_regions(), Shelf()
    solve(problem, PARAMS, parts=shelf)
    before = set(shelf.texts)
    dearer = three_regions()
    dearer.run_fixed_cents[0] = 300
    assert solve(dearer, PARAMS, parts=shelf).objective == 1_015
    assert shelf.recalled == 2
    assert len(shelf.texts.keys() - before) == 1


def test_a_solve_that_was_killed_after_two_parts_searches_the_third_only(monkeypatch):
    problem, shelf = three_regions(), Shelf()
    import cohort_opt.solver.solve as module

    whole, done, search = solve(problem, PARAMS), [], module.search_part

    def dying(*given):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(given)
        return search(*given)

    monkeypatch.setattr(module, "search_part", dying)
    with pytest.raises(KeyboardInterrupt):
        solve(problem, PARAMS, parts=shelf)
    done.clear()
    assert _facts(solve(problem, PARAMS, parts=shelf)) == _facts(whole)
    assert len(done) == 1


def test_parts_solved_by_others_are_kept_too():
    from concurrent.futures import ThreadPoolExecutor

    problem, shelf = three_regions(), Shelf()
    with ThreadPoolExecutor(2) as threads:
        solve(problem, PARAMS, parts=shelf, executor=threads)
        assert len(shelf.texts) == 3
        solve(problem, PARAMS, parts=shelf, executor=threads)
    assert shelf.recalled == 3


TASK = PartTask(three_regions(), PARAMS, 6.0)
ANSWER = answer_of(solve_part_bytes(TASK.to_bytes()))


def shelf_with(text):
    shelf = Shelf()
    shelf.texts[TASK.key()] = text
    return shelf


def test_an_answer_under_its_own_seal_is_believed():
    shelf = Shelf()
    keep(shelf, TASK, ANSWER)
    assert recall(shelf, TASK).to_bytes() == ANSWER.to_bytes()
    assert solve_part(TASK.to_bytes(), shelf) == ANSWER.to_bytes()


def test_one_changed_letter_anywhere_is_seen():
    shelf = Shelf()
    keep(shelf, TASK, ANSWER)
    text = shelf.texts[TASK.key()]
    for place in range(0, len(text), 7):
        other = "x" if text[place] != "x" else "y"
        assert recall(shelf_with(text[:place] + other + text[place + 1 :]), TASK) is None, place


def test_the_answer_to_another_task_is_not_believed():
    shelf = Shelf()
    keep(shelf, TASK, ANSWER)
    other = PartTask(three_regions(), PARAMS, 5.0)
    shelf.texts[other.key()] = shelf.texts[TASK.key()]
    assert recall(shelf, other) is None


def test_a_plan_that_breaks_a_rule_is_not_believed_whatever_its_seal_says():
    full = PartTask(three_regions(), PARAMS, 6.0)
    full.problem.run_max[:] = 8
    shelf, body = Shelf(), ANSWER.to_bytes().decode()
    shelf.texts[full.key()] = f"{_seal(full.key(), body)} {body}"
    assert recall(shelf, full) is None


def test_something_else_under_a_right_seal_is_not_believed():
    for body in ("nonsense", TASK.to_bytes().decode()):
        assert recall(shelf_with(f"{_seal(TASK.key(), body)} {body}"), TASK) is None


def test_what_the_clock_has_cut_and_what_is_not_reproducible_is_not_kept():
    shelf = Shelf()
    fast = SolveParams(mode=Mode.FAST, time_limit_seconds=5, workers=1)
    solve(three_regions(), fast, parts=shelf)
    solve(three_regions(), PARAMS, parts=shelf, cancelled=lambda: True)
    assert shelf.texts == {}


def test_a_clock_that_ran_out_at_the_last_moment_counts_as_a_cut():
    from cohort_opt.solver.incumbent import Incumbent
    from cohort_opt.solver.part_task import PartAnswer
    from cohort_opt.solver.search import Verdict

    limits = Limits(SolveParams(time_limit_seconds=0.1))
    limits._started -= 1
    assert PartAnswer.of(Verdict.OPEN, Incumbent(three_regions()), limits).was_cut


def test_a_problem_without_a_plan_is_recalled_as_such(no_search):
    problem, shelf = three_regions(), Shelf()
    problem.group_must_place[:] = True
    problem.run_max[:] = np.array([9, 9, 8])
    without = solve(problem, PARAMS, parts=shelf)
    no_search()
    assert _facts(solve(problem, PARAMS, parts=shelf)) == _facts(without)


# ---- carried from an earlier plan ------------------------------------------------------------------------------------------


def proven_parts(result):
    return {part.input: part for part in result.parts}


def plan_of(result):
    return Plan.of_classes([(run, members) for run, classes in enumerate(result.classes) for members in classes])


def test_parts_that_were_proven_in_the_plan_to_start_from_are_not_searched(no_search):
    problem = three_regions()
    first = solve(problem, PARAMS)
    assert [(part.objective, part.bound) for part in first.parts] == [(295, 295), (305, 305), (315, 315)]
    no_search()
    again = solve(problem, PARAMS, hint=plan_of(first), proven=proven_parts(first))
    assert _facts(again) == _facts(first)


def test_a_part_that_changed_is_searched_whatever_was_proven(monkeypatch):
    first, changed = solve(three_regions(), PARAMS), three_regions()
    changed.run_fixed_cents[1] = 250
    searched = []
    import cohort_opt.solver.solve as module

    search = module.search_part
    monkeypatch.setattr(module, "search_part", lambda *given: searched.append(given) or search(*given))
    found = solve(changed, PARAMS, hint=plan_of(first), proven=proven_parts(first))
    # 210 has become 250.
    assert (found.objective, found.bound, len(searched)) == (955, 955, 1)


def test_a_plan_that_is_not_the_proven_one_is_searched():
    first = solve(three_regions(), PARAMS)
    found = solve(three_regions(), PARAMS, hint=Plan.nobody(), proven=proven_parts(first))
    assert (found.objective, found.status) == (915, first.status)


def test_what_was_not_proven_is_searched():
    first = solve(three_regions(), PARAMS)
    open_parts = {key: replace(part, bound=part.bound - 1) for key, part in proven_parts(first).items()}
    assert solve(three_regions(), PARAMS, hint=plan_of(first), proven=open_parts).bound == 915
