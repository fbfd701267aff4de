"""What is disturbed: one act on one database, in a process of its own; it says `ACK` once it has acknowledged."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from service.actors import MACHINE, OPEN
from service.problems import Refusal
from service.schemas import JobRequest, Params, PublicationRequest, ReplyRequest
from service.services import accounts, jobs, nights, offers, publications, retention, rounds, work
from service.services.answers import once
from service.services.context import Context
from service.store.database import initialise
from tests.builders import make_instance
from tests.faults import house


def submit(context: Context, number: int) -> None:
    rounds.submit_counts(context, house.COMPANY["acme"], house.ROUND, "acme", house.lines_of("acme", 6 + number % 4))


def withdraw(context: Context, number: int) -> None:
    rounds.withdraw_counts(context, house.COMPANY["bolt"], house.ROUND, "bolt")


def ask(context: Context, number: int) -> None:
    request = JobRequest.model_validate({"instance": make_instance().model_dump(mode="json")})
    jobs.submit_job(context, OPEN, request, "", once("POST /jobs", f"key-{number}", b"body"))


def promise(context: Context, number: int) -> None:
    work.promise_jobs(context, 1)


def claim(context: Context, number: int) -> None:
    work.claim_job(context, _waiting(context), 1, "worker")


def finish(context: Context, number: int) -> None:
    work.finish_job(context, _waiting(context), 1, house.small_plan())


def night(context: Context, number: int) -> None:
    nights.propose_night(context, MACHINE, house.ROUND, "2026-11-25", Params())


def publish(context: Context, number: int) -> None:
    import datetime as dt

    request = PublicationRequest(date=dt.date.fromisoformat(house.NIGHT), note="Second")
    publications.publish(context, house.PLANNER, house.ROUND, request)


def agree(context: Context, number: int) -> None:
    offer = offers.company_offers(context, house.COMPANY["acme"], house.ROUND, "acme")[0]
    offers.reply(context, house.COMPANY["acme"], house.ROUND, "acme", offer.id, ReplyRequest(answer="accept"))


def erase(context: Context, number: int) -> None:
    leaver = next(row for row in accounts.list_accounts(context, MACHINE) if row["mail"].startswith("leaver"))
    accounts.remove_account(context, MACHINE, leaver["id"])


def take_back(context: Context, number: int) -> None:
    publications.withdraw(context, house.PLANNER, house.ROUND, "A room is lost")


def erase_round(context: Context, number: int) -> None:
    retention.erase_round(context, MACHINE, house.ROUND)


def migrate(context: Context, number: int) -> None:
    initialise(context.settings.database)


_ALL = (submit, withdraw, ask, promise, claim, finish, night, publish, agree, take_back, erase, erase_round, migrate)
ACTS: dict[str, Callable[[Context, int], None]] = {act.__name__: act for act in _ALL}
BEFORE: dict[str, tuple[str, ...]] = {"claim": ("promise",), "finish": ("promise", "claim"), "erase_round": ("take_back",)}
"""Acts that come before another one."""


def perform(name: str, path: Path, times: int = 1) -> None:
    """Act, say so after each time, and tell a refusal by its code; for a process that has just been forked."""
    context = house.open_house(path)
    for number in range(times):
        try:
            ACTS[name](context, number)
            os.write(1, b"ACK\n")
        except Refusal as refusal:
            os.write(1, f"REFUSED {refusal.code}\n".encode())
    house.close(context)


def _waiting(context: Context) -> str:
    """Return the job that is not ended."""
    return next(state.id for state in jobs.list_jobs(context, MACHINE) if not jobs.has_ended(state))
