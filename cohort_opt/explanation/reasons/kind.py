"""What a kind of reason is: how it is found for a demand line or a class, and what a company may read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cohort_opt.explanation.case import Case
from cohort_opt.proposal import Reason
from cohort_opt.solution import PlannedClass

CompanyView: TypeAlias = Callable[[Reason], Reason | None]


def as_it_is(reason: Reason) -> Reason | None:
    """Return the reason unchanged: it holds the company's own figures and the academy's public ones only."""
    return reason


def planner_only(reason: Reason) -> Reason | None:
    """Return nothing: the reason holds figures of others."""
    return None


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """A kind of reason for trainees without a seat.

    Parameters
    ----------
    find
        Yields the reasons of this kind for the line at a position; nothing if it does not apply.
    for_company
        What the line's own company may read of such a reason; `None` = nothing.
    """

    find: Callable[[Case, int], Iterator[Reason]]
    for_company: CompanyView


@dataclass(frozen=True, slots=True)
class ClassReasonKind:
    """A kind of reason for a class that opens; `for_company` as in `ReasonKind`."""

    find: Callable[[Case, PlannedClass], Iterator[Reason]]
    for_company: CompanyView
