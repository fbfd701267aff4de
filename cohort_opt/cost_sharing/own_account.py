"""A company's own sum for its seats in a class: its journeys, and what the same trainees would cost it without the others.

Everything in it follows from the company's own lines and the dates and place of the class, so that it may be shown to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.cost_sharing.outside import real_outside_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What stands beside a company's share of a class.

    Parameters
    ----------
    journeys_cents
        Journeys (or boarding) of its trainees, by the rates of the objective.
    alone_cents
        The cheapest outside options of its lines in money; `None` where it gave none.
    waiting_alone
        Its trainees in the class whose line has no outside option: without the others they would wait.
    """

    journeys_cents: int
    alone_cents: int | None
    waiting_alone: int


class OwnAccounts:
    """The accounts of an instance; made once, asked for every company and class."""

    def __init__(self, instance: Instance) -> None:
        """Look up the lines and their journeys."""
        self._demands = {demand.id: demand for demand in instance.demands}
        self._ways = Journeys.of(instance)

    def of(self, members: Iterable[tuple[str, int]], site: str, dates: Sequence[dt.date]) -> OwnAccount:
        """Return the account of one company's members (demand line, trainees) in a class at a site on these days."""
        lines = [(self._demands[name], count) for name, count in members]
        journeys = sum(count * self._ways.cents(demand, site, tuple(dates)) for demand, count in lines)
        options = [real_outside_cents(demand, count) for demand, count in lines]
        waiting = sum(count for (_, count), option in zip(lines, options, strict=True) if option is None)
        known = [option for option in options if option is not None]
        return OwnAccount(journeys, sum(known) if known else None, waiting)
