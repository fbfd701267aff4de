"""Module order: no more of the company have a seat in the module before this one."""

from collections.abc import Iterator

from cohort_opt.explanation.case import Case
from cohort_opt.explanation.reasons.kind import ReasonKind, as_it_is
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason


def find(case: Case, g: int) -> Iterator[Reason]:
    """Yield one reason if the line follows another one of which no more have a seat than of this one."""
    first = int(case.problem.group_after[g])
    if first < 0:
        return
    before, here = (int(case.problem.group_count[h] - case.waiting[h]) for h in (first, g))
    if before <= here:
        yield say(
            "module_order",
            "It follows {first}, of which {seated} have a seat: no more can go on.",
            first=case.demand(first).id, seated=before,
        )  # fmt: skip


KIND = ReasonKind(find, as_it_is)
