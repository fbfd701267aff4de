"""Starting from an earlier plan: what fits stays, what does not is closed, and nothing moves without a gain."""

import datetime as dt

from cohort_opt import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.solver.start import start_plan
from tests.builders import day, demand, make_instance, offering


def two_dates(**changes):
    """Return one course of 8 to 12 with two equally good dates: 5 + 4 trainees fill one class on either."""
    return make_instance(offerings=[offering(last_start=day(weeks=1))], **changes)


def moved(proposal, run):
    """Return the same proposal with its class in another run."""
    return [(run, [(seats.demand, seats.count) for seats in entry.members]) for entry in proposal.classes]


def runs_of(instance):
    return list(find_candidates(instance).problem.run_ids)


def test_an_equally_good_plan_is_not_exchanged():
    """Waiting costs nothing here, so that both dates cost the same: the search keeps whichever it starts from."""
    from tests.builders import prices

    instance = two_dates(prices=prices(waiting_cents_per_week=0))
    first = propose(instance)
    entry = first.classes[0]
    other = next(run for run in find_candidates(instance).runs if run.start != entry.start and run.start.isoweekday() == 1)
    moved_class = entry.model_copy(
        update={"run": other.id, "id": f"{other.id}#1", "start": other.start, "end": other.dates[-1], "dates": other.dates}
    )
    later = propose(instance, start=first.model_copy(update={"classes": (moved_class,)}))
    assert (later.status, later.objective_cents) == (first.status, first.objective_cents)
    assert later.classes[0].run == other.id
    assert propose(instance, start=first).classes[0].run == entry.run


def test_the_start_is_named_in_the_notes_and_changes_no_bytes_by_itself():
    instance = make_instance()
    first = propose(instance)
    again = propose(instance, start=first)
    assert any("started from the proposal" in note for note in again.notes)
    assert again.model_copy(update={"notes": first.notes}).to_json() == first.to_json()
    assert propose(instance, start=first).to_json() == again.to_json()


def test_a_class_of_a_run_that_is_gone_is_left_out():
    problem = find_candidates(make_instance()).problem
    assert start_plan(problem, [("nowhere", [("acme-drilling", 5)])]).num_classes == 0


def test_a_line_that_has_shrunk_keeps_as_many_seats_as_it_asks_for():
    """acme asks for 4 now: 4 + 4 = 8 still fill the class."""
    instance = make_instance(demands=[demand("acme-drilling", count=4), demand("bolt-drilling", count=4)])
    run = runs_of(instance)[0]
    plan = start_plan(find_candidates(instance).problem, [(run, [("acme-drilling", 5), ("bolt-drilling", 4)])])
    assert plan.sizes().tolist() == [8]


def test_a_class_below_its_minimum_is_closed():
    """acme asks for 3 now: 3 + 4 = 7 are below the minimum of 8; a new line of 5 keeps the run possible."""
    lines = [demand("acme-drilling", count=3), demand("bolt-drilling", count=4), demand("acme-more", count=5)]
    instance = make_instance(demands=lines)
    run = runs_of(instance)[0]
    plan = start_plan(find_candidates(instance).problem, [(run, [("acme-drilling", 5), ("bolt-drilling", 4)])])
    assert plan.num_classes == 0


def test_of_two_classes_that_do_not_fit_together_the_first_stays():
    """One bay, two classes on the same days: 8 + 8 of one company."""
    instance = two_dates(demands=[demand("acme-drilling", count=16)])
    run = runs_of(instance)[0]
    plan = start_plan(find_candidates(instance).problem, [(run, [("acme-drilling", 8)]), (run, [("acme-drilling", 8)])])
    assert plan.sizes().tolist() == [8]


def test_a_better_plan_replaces_the_start():
    """From nobody placed: the class of 9 opens all the same."""
    instance = make_instance()
    empty = propose(instance).model_copy(update={"classes": ()})
    found = propose(instance, start=empty)
    assert [entry.size for entry in found.classes] == [9]
    assert found.classes[0].start == dt.date(2027, 3, 1)
