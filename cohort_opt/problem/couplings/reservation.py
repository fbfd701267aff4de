"""Reserved seats: until a day, seats of each class are kept free for a company.

sum over reserving companies c of max(reserved[c], seats[c]) + seats of all others <= max      for each class

which holds exactly if, for every set S of them, everybody outside S has at most `max - sum of reserved[S]` seats.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

from cohort_opt.problem.couplings.view import LimitRow, View
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Offering, Reservation

RULE = "reservation"


def standing(offering: Offering, planning_date: dt.date | None) -> tuple[Reservation, ...]:
    """Return the reservations that have not run out; all of them where no planning date is known."""
    return tuple(held for held in offering.reserved if planning_date is None or planning_date <= held.until)


def applies(instance: Instance) -> bool:
    """Return whether any reservation stands."""
    return any(standing(offering, instance.planning_date) for offering in instance.offerings)


def limits(view: View) -> Iterator[LimitRow]:
    """Yield one row per run and set of reserving companies."""
    for offering in view.instance.offerings:
        held = standing(offering, view.instance.planning_date)
        for r in view.runs_of_offering(offering.id) if held else ():
            members, most = view.members(r), int(view.problem.run_max[r])
            for number in range(1, len(held) + 1):
                for some in itertools.combinations(held, number):
                    inside = {one.company for one in some}
                    arcs = tuple(a for a, demand in members if demand.company not in inside)
                    left = max(0, most - sum(one.seats for one in some))
                    if arcs:
                        yield LimitRow(f"{RULE}[{view.runs[r].id},{'+'.join(sorted(inside))}]", r, 0, left, arcs)
