"""Who has no seat, by trade and municipality, as it may be published: no figure that tells about one company or person."""

from __future__ import annotations

from dataclasses import dataclass

from cohort_opt import Instance, Proposal, plan_of, unmet_demand
from service.actors import Actor
from service.problems import Refusal
from service.services import nights, rounds, what_ifs
from service.services.context import Context


@dataclass(frozen=True, slots=True)
class Unmet:
    """Trainees without a seat in a night's plan: (trade, municipality, persons), and how many smaller cells are not shown."""

    date: str
    cells: tuple[tuple[str, str, int], ...]
    not_shown: int


def unmet(context: Context, actor: Actor, round_id: str) -> Unmet | None:
    """Return the unmet demand of the last good night, for its planner; `None` where no night has a plan."""
    rounds.must_plan(actor)
    try:
        date = nights.get_night(context, actor, round_id, "latest").date
        proposal, given, _ = what_ifs.plan_of_night(context, round_id, date)
    except Refusal as refusal:
        if refusal.code not in ("not-found", "no-proposal"):
            raise
        return None
    instance, solution = Instance.model_validate(given), plan_of(Proposal.model_validate(proposal))
    if solution is None:
        return None
    found = unmet_demand(instance, solution.classes, {})
    cells = tuple((cell.key[0], cell.key[1] if len(cell.key) > 1 else "", cell.persons) for cell in found.cells)
    return Unmet(date, cells, len(found.merged))
