"""Proposals as packs read them: their classes as plain planned classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.solution import Member, PlannedClass

Planner: TypeAlias = Callable[[Instance], Proposal]
"""Makes a proposal; the command hands in `propose`, tests hand in what they like. Packs never import a solver."""


def classes_of(proposal: Proposal) -> tuple[PlannedClass, ...]:
    """Return the classes of a proposal; empty where it has no plan."""
    return tuple(
        PlannedClass(c.run, c.number, c.offering, c.course, c.site, c.room, c.instructor, c.start, c.pattern,
                     tuple(c.dates), tuple(Member(seats.demand, seats.count) for seats in c.members))
        for c in proposal.classes or ()
    )  # fmt: skip
