"""Two pairs of eyes: where the setting asks for it, a night is published when two planners have said so.

The first one's wish is stored as an approval; the same wish of another one is the publication.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from service.actors import Actor
from service.clock import stamp
from service.problems import Refusal
from service.schemas import PublicationRequest
from service.services import rounds
from service.services.context import Context
from service.store import approvals as rows
from service.store import ledger
from service.store import rounds as round_rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publication that waits for a second approval.

    Parameters
    ----------
    is_own
        Whether the reader gave the first one, so that somebody else must give the second.
    """

    note: str
    answer_until: str | None
    asked_at: str
    is_own: bool


def is_second(
    context: Context, connection: Connection, actor: Actor, round_id: str, job_id: str, request: PublicationRequest
) -> bool:
    """Return whether somebody else has approved this plan already; else keep the actor's approval as the first."""
    known = rows.of_plan(connection, round_id, job_id)
    if any(row["created_by"] != actor.owner for row in known):
        return True
    if not known:
        row = {
            "round": round_id, "job": job_id, "created_by": actor.owner, "date": request.date.isoformat(), "note": request.note,
            "answer_until": stamp(request.answer_until) if request.answer_until else None, "created_at": context.now(),
        }  # fmt: skip
        rows.add(connection, row)
        facts = ledger.facts_of("approvals", row, job=job_id)
        ledger.write_line(connection, context.now(), actor.owner, "approve", f"{round_id}/{row['date']}", facts)
    return False


def waiting(context: Context, actor: Actor, round_id: str, date: str) -> Waiting | None:
    """Return what waits for a second approval in a night; nothing where nothing does."""
    rounds.must_plan(actor)
    if not context.settings.second_approval:
        return None
    with context.store.read() as connection:
        night = round_rows.get_night(connection, round_id, date)
        known = rows.of_plan(connection, round_id, night["id"]) if night else []
    if not known:
        return None
    return Waiting(known[0]["note"], known[0]["answer_until"], known[0]["created_at"], known[0]["created_by"] == actor.owner)


def refusal() -> Refusal:
    """Return the answer to the first of the two."""
    return Refusal("second-approval", "Your approval is stored; the plan is published when another planner publishes it too.")
