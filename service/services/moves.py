"""Moves by hand: where everybody of a night sits, where they could sit, and a set of moves as a what-if."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cohort_opt import Instance, InstanceError, Move, choices, move_scenario, plan_of, proposal_from_json
from service.actors import Actor
from service.problems import Flaw, Refusal, from_instance_error, not_found
from service.schemas import MOST_MOVES
from service.services import rounds, what_ifs
from service.services.answers import Answer, Once
from service.services.context import Context


@dataclass(frozen=True, slots=True)
class Seated:
    """Trainees of one line in a run, or waiting (no run).

    Parameters
    ----------
    may
        Ids of the runs that the line may attend.
    """

    demand: str
    company: str
    run: str
    count: int
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One run that could be: its place and days, the kind of its pattern (`block`, ...), and who sits in it now."""

    run: str
    site: str
    start: str
    end: str
    days: int
    kind: str
    min_seats: int
    max_seats: int
    seated: tuple[Seated, ...]

    @property
    def size(self) -> int:
        """Return how many trainees sit in it."""
        return sum(one.count for one in self.seated)


@dataclass(frozen=True, slots=True)
class CourseBoard:
    """The runs of one course that could be, by first day, and who waits for it."""

    course: str
    name: str
    slots: tuple[Slot, ...]
    waiting: tuple[Seated, ...]


def board(context: Context, actor: Actor, round_id: str, date: str) -> list[CourseBoard]:
    """Return the board of a night, one entry for each course that somebody asks for."""
    rounds.must_plan(actor)
    proposal, document, _ = what_ifs.plan_of_night(context, round_id, date)
    instance = Instance.model_validate(document)
    found = choices(instance)
    companies = {row.id: row.name for row in instance.companies}
    sites = {row.id: row.name for row in instance.sites}
    taught = {offering.id: {offering.course, *(other.course for other in offering.combines)} for offering in instance.offerings}

    def seated(entry: dict[str, Any], run: str) -> Seated:
        return Seated(entry["demand"], companies[entry["company"]], run, entry["count"], found.runs_of.get(entry["demand"], ()))

    sits: dict[str, list[Seated]] = {}
    for entry in proposal["classes"]:
        sits.setdefault(entry["run"], []).extend(seated(member, entry["run"]) for member in entry["members"])
    asked = {demand.course for demand in instance.demands}
    return [
        CourseBoard(
            course.id,
            course.name,
            tuple(
                Slot(run.id, sites[run.site], run.start.isoformat(), run.dates[-1].isoformat(), len(run.dates), run.kind,
                     run.min_seats, run.max_seats, tuple(sits.get(run.id, ())))
                for run in found.runs if course.id in taught[run.offering]
            ),
            tuple(seated(entry, "") for entry in proposal["unplaced"] if entry["course"] == course.id),
        )
        for course in instance.courses if course.id in asked
    ]  # fmt: skip


def ask(context: Context, actor: Actor, round_id: str, date: str, moves: Sequence[Move], name: str, *, keep_others: bool) -> str:
    """Solve the night with these moves; return the job.

    Raises
    ------
    Refusal
        With the move that cannot be and the rule that forbids it.
    """
    rounds.must_plan(actor)
    return what_ifs.ask(context, actor, round_id, date, _scenario(context, round_id, date, moves, name, keep_others=keep_others))


def ask_once(
    context: Context, actor: Actor, round_id: str, date: str, moves: Sequence[Move], name: str, identity: Once, *,
    keep_others: bool,
) -> Answer:  # fmt: skip
    """Solve the night as `ask` does; the same key gets the first answer again."""
    change = partial(_scenario, context, round_id, date, moves, name, keep_others=keep_others)
    return what_ifs.ask_once(context, actor, round_id, date, change, identity)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _scenario(
    context: Context, round_id: str, date: str, moves: Sequence[Move], name: str, *, keep_others: bool
) -> dict[str, Any]:  # fmt: skip
    if not 1 <= len(moves) <= MOST_MOVES:
        detail = f"Choose between 1 and {MOST_MOVES} moves."
        raise Refusal("missing-field", detail, (Flaw("/moves", "missing-field", detail),))
    proposal, document, _ = what_ifs.plan_of_night(context, round_id, date)
    plan = plan_of(proposal_from_json(json.dumps(proposal).encode()))
    if plan is None:
        raise not_found()
    try:
        scenario = move_scenario(Instance.model_validate(document), plan, moves, name, keep_others=keep_others)
    except InstanceError as error:
        raise from_instance_error(error) from None
    return scenario.to_dict()
