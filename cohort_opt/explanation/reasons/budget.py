"""Budget: one more seat in any open class would cost the company more than it has left."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.one_more import with_room
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the company has a budget, and one more seat in each open class with room exceeds it."""
    company = case.company[case.demand(g).company]
    row = f"budget[{company.id}]"
    if company.budget_cents is None or row not in case.problem.budgets.names:
        return
    counted = set(case.problem.budgets.row(case.problem.budgets.names.index(row))[0].tolist())
    open_here = [(arc, planned) for arc, planned in with_room(case, g) if arc in counted]
    spent = {planned.id: _spent(case, company.id, counted, planned) for _, planned in open_here}
    if open_here and all(cents > company.budget_cents for cents in spent.values()):
        yield say(
            "budget",
            "One more seat would bring the company to {spent_cents} at least, its budget is {budget_cents}.",
            spent_cents=min(spent.values()), budget_cents=company.budget_cents,
        )  # fmt: skip


def _spent(case: Case, company: str, counted: set[int], joined: PlannedClass) -> int:
    """Return what the company would spend if one more of it joined a class."""
    lines = {demand.id for demand in case.instance.demands if demand.company == company}
    runs = {case.run_of(arc) for arc in counted}
    total = 0
    for planned in case.solution.classes:
        r, more = case.run[planned.run], int(planned.id == joined.id)
        if r in runs:
            own = sum(member.count for member in planned.members if member.demand in lines) + more
            fixed, seat = int(case.problem.run_fixed_cents[r]), int(case.problem.run_seat_cents[r])
            total += -(-fixed * own // (planned.size + more)) + seat * own
    return total


KIND = ReasonKind(find, as_it_is)
