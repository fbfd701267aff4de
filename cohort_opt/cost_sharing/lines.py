"""How a company's share in a class splits over its demand lines there: the same price for each of its seats.

A company with two lines in one class gets one price. Where figures per line are needed (a line has its own outside option),
the share is divided in proportion to the seats, by the largest remainder, ties to the smaller demand id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.cost_sharing.game import proportional
from cohort_opt.cost_sharing.rounding import round_to_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare
from cohort_opt.solution import Member, PlannedClass, Solution


@dataclass(frozen=True, slots=True, order=True)
class LineShare:
    """What one demand line of a company pays for its seats in one class."""

    class_id: str
    demand: str
    company: str
    seats: int
    share_cents: int


def members_by_company(planned: PlannedClass, company_of: dict[str, str]) -> dict[str, tuple[Member, ...]]:
    """Return the members of a class for each company in it, companies and lines ascending."""
    found: dict[str, list[Member]] = {}
    for member in sorted(planned.members):
        found.setdefault(company_of[member.demand], []).append(member)
    return {company: tuple(found[company]) for company in sorted(found)}


def split_over_lines(share_cents: int, members: tuple[Member, ...]) -> tuple[int, ...]:
    """Return the share of one company in one class divided over its lines there; whole cents that add up to the share."""
    return round_to_cents(proportional(share_cents, tuple(m.count for m in members)), [m.demand for m in members])


def line_shares(instance: Instance, solution: Solution, shares: Iterable[CostShare]) -> tuple[LineShare, ...]:
    """Return all shares split over the demand lines, sorted by class and line."""
    company_of = {demand.id: demand.company for demand in instance.demands}
    lines = {planned.id: members_by_company(planned, company_of) for planned in solution.classes}
    return tuple(
        sorted(
            LineShare(share.class_id, member.demand, share.company, member.count, cents)
            for share in shares
            for members in (lines[share.class_id][share.company],)
            for member, cents in zip(members, split_over_lines(share.share_cents, members), strict=True)
        )
    )
