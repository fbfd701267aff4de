"""Agreed price: a further class would need seats of an open one whose members were promised a price that asks for them all."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, planner_only
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.couplings.commitments import is_frozen
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if an open class and those who wait would be enough for two classes, but not at the agreed price."""
    for arc, planned in case.open_classes(g):
        r = case.run_of(arc)
        least, total = int(case.problem.run_min[r]), planned.size + case.waiting_for(r)
        agreed = _agreed_size(case, r, planned)
        if agreed > least and len(case.classes_of_run[r]) < int(case.problem.run_cap[r]) and 2 * least <= total < agreed + least:
            yield say(
                "agreed_price",
                "{waiting} wait for the dates of {class_id}; two classes would need {needed} in all, but the price agreed with "
                "those in it holds only while {least_size} sit together.",
                waiting=case.waiting_for(r), class_id=planned.id, needed=2 * least, least_size=agreed,
            )  # fmt: skip
            return


def _agreed_size(case: Case, r: int, planned: PlannedClass) -> int:
    """Return the least size that the agreed prices in the class ask for; 0 = none does."""
    told = {
        held.demand
        for held in case.instance.commitments
        if held.run == planned.run and held.seat_price_cents is not None and not is_frozen(case.instance, held)
    }
    inside = {case.group[member.demand] for member in planned.members if member.demand in told}
    arcs = (a for a in case.arcs_of_run(r) if int(case.problem.arc_group[a]) in inside)
    return max((int(case.problem.arc_min_size[a]) for a in arcs), default=0)


KIND = ReasonKind(find, planner_only)
