"""What the judge says about the village's proposal with some of its fields changed."""

from typing import Any

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.cohort_opt.verification.plans import village, village_proposal


def changed(**changes: Any) -> Proposal:
    """Return the proposal with these fields."""
    return village_proposal().model_copy(update=changes)


def refused(instance: Instance | None = None, **changes: Any) -> tuple[str, ...]:
    """Return the names of the rules and claims that are broken."""
    return verify_proposal(instance or village(), changed(**changes)).broken


def complaints(instance: Instance | None = None, **changes: Any) -> list[str]:
    """Return the messages of all violations."""
    return [violation.message for violation in verify_proposal(instance or village(), changed(**changes)).violations]


def rows(name: str, place: int, **changes: Any) -> dict[str, tuple[Any, ...]]:
    """Return the change of one row of a table of the proposal, to be given to `refused`."""
    table = list(getattr(village_proposal(), name))
    table[place] = table[place].model_copy(update=changes)
    return {name: tuple(table)}


def less(name: str, place: int) -> dict[str, tuple[Any, ...]]:
    """Return a table of the proposal without one row."""
    table = list(getattr(village_proposal(), name))
    del table[place]
    return {name: tuple(table)}
