"""What an operator watches, in counts: jobs by state, mails and messages that wait, and whether work can be taken."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from service.problems import Refusal
from service.services.context import Context
from service.store.database import is_server
from service.store.tables import deliveries, jobs, outbox

STATES = ("queued", "running", "done", "failed", "cancelled")
LEAST_FREE_BYTES = 50 * 1024 * 1024
"""With less room on the disk no new work is taken: a full disk stops the database."""


@dataclass(frozen=True, slots=True)
class State:
    """The service in counts."""

    jobs: dict[str, int]
    mails_waiting: int
    messages_waiting: int


def state(context: Context) -> State:
    """Return the service in counts."""
    with context.store.read(whole=True) as connection:
        counted = {row[0]: row[1] for row in connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state))}
        mails = connection.execute(select(func.count()).select_from(outbox).where(outbox.c.sent_at.is_(None))).scalar_one()
        waiting = select(func.count()).select_from(deliveries).where(deliveries.c.next_try_at.is_not(None))
        return State({name: counted.get(name, 0) for name in STATES}, int(mails), int(connection.execute(waiting).scalar_one()))


def must_be_ready(context: Context) -> None:
    """Refuse while no work can be taken.

    Raises
    ------
    Refusal
        `busy`, while the database takes no writes or the disk is nearly full.
    """
    with context.store.write(whole=True) as connection:
        connection.execute(select(1))
    database = context.settings.database
    if not is_server(database) and shutil.disk_usage(Path(database).parent).free < LEAST_FREE_BYTES:
        raise Refusal("busy", "The disk is nearly full.", headers={"Retry-After": "60"})
