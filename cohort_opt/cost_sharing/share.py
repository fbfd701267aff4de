"""Who pays what in each class of a plan: the cost of a class divided by a method, rounded to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cohort_opt.cost_sharing.bounds import keep_within, upper_bounds
from cohort_opt.cost_sharing.class_game import FactsReader, game_of
from cohort_opt.cost_sharing.game import Game, Tools
from cohort_opt.cost_sharing.methods import METHODS, NEED_LINEAR_PROGRAM
from cohort_opt.cost_sharing.rounding import MAX_STABLE, round_stably, round_to_cents
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare
from cohort_opt.solution import PlannedClass, Solution

NO_TOOLS = Tools()


@dataclass(frozen=True, slots=True)
class ClassShares:
    """What a method says about one class.

    Parameters
    ----------
    method
        The method that made the shares: `equal` where bounds were asked for and no split keeps them.
    shares_cents
        Whole cents, companies ascending; they add up to the cost of the class; shape (n,).
    facts
        What the method says of itself, for example `excess_cents` or `excess_over_bounds_cents`.
    """

    class_id: str
    companies: tuple[str, ...]
    seats: tuple[int, ...]
    shares_cents: tuple[int, ...]
    method: str
    facts: dict[str, int | str]


def share_classes(
    instance: Instance,
    solution: Solution,
    method: str = "equal",
    tools: Tools = NO_TOOLS,
    *,
    keep_bounds: bool = False,
    ceilings: Mapping[tuple[str, str], int] | None = None,
) -> tuple[CostShare, ...]:
    """Return what each company pays for its seats in each class, sorted by class and company.

    The shares of a class add up to its cost (fixed plus seats) to the cent; the same plan gives the same cents whatever the
    order of rows.

    Parameters
    ----------
    method
        A name in `METHODS`.
    tools
        Linear programs, seed and samples for the methods that need them.
    keep_bounds
        Keep every share at most at the company's stand-alone cost, price caps and agreed price (see `bounds`).
    ceilings
        Agreed prices in cents by (class id, company); they are used only with `keep_bounds`.

    Raises
    ------
    ValueError
        If the method is unknown, or needs a linear program and got none.
    """
    results = share_in_full(instance, solution, method, tools, keep_bounds=keep_bounds, ceilings=ceilings)
    return tuple(
        CostShare(class_id=result.class_id, company=company, seats=seats, share_cents=cents, method=result.method)
        for result in results
        for company, seats, cents in zip(result.companies, result.seats, result.shares_cents, strict=True)
    )


def share_in_full(
    instance: Instance,
    solution: Solution,
    method: str = "equal",
    tools: Tools = NO_TOOLS,
    *,
    keep_bounds: bool = False,
    ceilings: Mapping[tuple[str, str], int] | None = None,
) -> tuple[ClassShares, ...]:
    """Return the shares of each class with what the method says of itself; parameters as in `share_classes`."""
    if method not in METHODS:
        raise ValueError(f"there is no sharing method {method!r}; choose one of {', '.join(sorted(METHODS))}")
    reader = FactsReader(instance)
    found = []
    for planned in sorted(solution.classes, key=lambda c: c.id):
        class_facts = reader.read(planned)
        game = game_of(class_facts, len(planned.dates))
        upper = None
        if keep_bounds:
            agreed = {company: cents for (class_id, company), cents in (ceilings or {}).items() if class_id == planned.id}
            upper = upper_bounds(instance, planned, class_facts, agreed)
        found.append(share_game(planned.id, game, method, tools, upper))
    return tuple(found)


def share_game(
    class_id: str, game: Game, method: str, tools: Tools = NO_TOOLS, upper: tuple[int, ...] | None = None
) -> ClassShares:
    """Return the shares of one game, within upper bounds if some are given."""
    split = METHODS[method](game, tools)
    used = method
    if upper is not None:
        split = keep_within(split, game, upper)
        used = "equal" if split.facts["excess_over_bounds_cents"] else method
    stable = used in NEED_LINEAR_PROGRAM and 1 < game.num_players <= MAX_STABLE
    cents = round_stably(split.shares, game.players, game.table()) if stable else round_to_cents(split.shares, game.players)
    return ClassShares(class_id, game.players, game.seats, cents, used, split.facts)


def share_class(instance: Instance, planned: PlannedClass, method: str = "equal", tools: Tools = NO_TOOLS) -> dict[str, int]:
    """Return the share of each company in one class, in cents."""
    result = share_game(planned.id, game_of(FactsReader(instance).read(planned), len(planned.dates)), method, tools)
    return dict(zip(result.companies, result.shares_cents, strict=True))
