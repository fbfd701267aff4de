"""Who bears what: the four forms of a training alliance as templates, each an assignment of kinds of cost to roles.

| form | seat | travel | boarding | wage | phase |
|---|---|---|---|---|---|
| lead firm (Leitbetrieb) | lead | lead | lead | lead | host |
| commissioned training (Auftragsausbildung) | home | home | home | home | home |
| consortium (Konsortium) | home | home | home | home | host |
| association (Verein) | association | association | association | association | association |

The lead hires and pays, a partner bears the phase in its own firm; the home firm buys phases from others; in a consortium firms
swap apprentices and each keeps its cost; an association hires and its members fund it. A subsidy is never netted: it is listed
apart, low, expected and high, with the date of payment, for whoever bears the cost it belongs to.

References
----------
The four forms are those of German law and practice (BBiG section 10(5); JOBSTARTER handbook on training alliances).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, TypeAlias

from cohort_opt.cost_sharing.game import proportional
from cohort_opt.cost_sharing.rounding import round_to_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.proposal import CostShare
from cohort_opt.solution import Solution

Kind: TypeAlias = Literal["seat", "travel", "boarding", "wage", "phase"]
"""What a cost is paid for; a phase is the time in the firm that trains."""
Role: TypeAlias = Literal["home", "lead", "host", "association"]
"""Who may bear it: the firm that sends the trainee, the lead firm, the firm in which a phase takes place, the association."""

ALLIANCES: Mapping[str, Mapping[Kind, Role]] = MappingProxyType(
    {
        "lead_firm": {"seat": "lead", "travel": "lead", "boarding": "lead", "wage": "lead", "phase": "host"},
        "commissioned_training": {"seat": "home", "travel": "home", "boarding": "home", "wage": "home", "phase": "home"},
        "consortium": {"seat": "home", "travel": "home", "boarding": "home", "wage": "home", "phase": "host"},
        "association": dict.fromkeys(("seat", "travel", "boarding", "wage", "phase"), "association"),
    }
)
"""The templates by name."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What is paid for trainees of the company `home`; `host` is where a phase takes place, else empty."""

    home: str
    kind: Kind
    cents: int
    host: str = ""


@dataclass(frozen=True, slots=True)
class Subsidy:
    """Money from outside for one kind of cost of a company's trainees: a range, and the day on which it may be paid."""

    home: str
    kind: Kind
    low_cents: int
    expected_cents: int
    high_cents: int
    paid_on: dt.date
    host: str = ""


@dataclass(frozen=True, slots=True)
class Borne:
    """A cost and who pays it; of an association's cost, the part of one member."""

    payer: str
    cost: Cost
    cents: int


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """A subsidy and who receives it: whoever bears the cost it belongs to. The costs are not lowered by it."""

    receiver: str
    subsidy: Subsidy


@dataclass(frozen=True, slots=True)
class AllianceBill:
    """What each payer bears, before subsidies, and the subsidies apart."""

    form: str
    rows: tuple[Borne, ...]
    subsidies: tuple[SubsidyRow, ...]

    def total_cents(self) -> dict[str, int]:
        """Return what each payer bears in all, before subsidies; payers ascending."""
        payers = sorted({row.payer for row in self.rows})
        return {payer: sum(row.cents for row in self.rows if row.payer == payer) for payer in payers}


def bill(
    form: str,
    costs: Iterable[Cost],
    *,
    lead: str = "",
    members: Mapping[str, int] | None = None,
    subsidies: Iterable[Subsidy] = (),
) -> AllianceBill:
    """Return who bears what in an alliance of this form; the rows add up to the costs, to the cent.

    Parameters
    ----------
    form
        Name of a template.
    lead
        The lead firm; needed by `lead_firm` alone.
    members
        Members of the association with the weights by which they fund it, such as trainees; needed by `association` alone.

    Raises
    ------
    ValueError
        If the form is unknown, or the lead, the host of a phase or the members that it needs are missing.
    """
    if form not in ALLIANCES:
        raise ValueError(f"there is no form of alliance {form!r}; choose one of {', '.join(sorted(ALLIANCES))}")
    rows: list[Borne] = []
    for cost in sorted(costs, key=lambda cost: (cost.home, cost.kind, cost.host, cost.cents)):
        payer = _payer(form, cost.kind, cost.home, cost.host, lead)
        rows += [Borne(payer, cost, cost.cents)] if payer else _over_members(cost, members or {})
    received = tuple(
        SubsidyRow(_payer(form, subsidy.kind, subsidy.home, subsidy.host, lead) or "association", subsidy)
        for subsidy in sorted(subsidies, key=lambda s: (s.home, s.kind, s.paid_on, s.host))
    )
    return AllianceBill(form, tuple(rows), received)


def _payer(form: str, kind: Kind, home: str, host: str, lead: str) -> str:
    """Return the company that bears a cost; empty = the association."""
    role = ALLIANCES[form][kind]
    payer = {"home": home, "lead": lead, "host": host}.get(role, "")
    if role != "association" and not payer:
        raise ValueError(f"{kind} of {home}: in the form {form} the {role} bears it, and none is named")
    return payer


def _over_members(cost: Cost, members: Mapping[str, int]) -> list[Borne]:
    if not members or sum(members.values()) <= 0:
        raise ValueError(f"{cost.kind} of {cost.home}: the association bears it, and no member with a weight is named")
    names = sorted(members)
    parts = [Fraction(part) for part in proportional(cost.cents, tuple(members[name] for name in names))]
    return [Borne(name, cost, cents) for name, cents in zip(names, round_to_cents(parts, names), strict=True)]


def costs_of_plan(instance: Instance, solution: Solution, shares: Iterable[CostShare]) -> tuple[Cost, ...]:
    """Return what a plan knows of the costs of each company: seats, journeys and boarding; wages and phases are not in it."""
    company_of = {demand.id: demand for demand in instance.demands}
    ways = Journeys.of(instance)
    found = [Cost(share.company, "seat", share.share_cents) for share in shares]
    for planned in solution.classes:
        for member in planned.members:
            demand = company_of[member.demand]
            stay = ways.boarding_cents(demand, planned.site, planned.dates) * member.count
            way = ways.cents(demand, planned.site, planned.dates) * member.count - stay
            found += [Cost(demand.company, "travel", way)] if way else []
            found += [Cost(demand.company, "boarding", stay)] if stay else []
    return tuple(found)
