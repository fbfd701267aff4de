"""The demo: one round with the counts of its companies, and three people to be; only where everything is invented."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from cohort_opt import generate_json
from service.actors import MACHINE, Actor
from service.attempts import run_attempt
from service.children import Solver
from service.problems import Refusal, not_found
from service.schemas import CompanyCounts, CompanyLine, Params, PublicationRequest, RoundRequest
from service.services import accounts, nights, offers, publications, rounds, work
from service.services.context import Context
from service.store import accounts as rows

ROUND = "demo"
PEOPLE = {"planner": "planner@demo.invalid", "company": "company@demo.invalid", "reader": "reader@demo.invalid"}
"""Addresses under a name that can never exist (RFC 2606)."""


def set_up(context: Context, solver: Solver) -> None:
    """Make the demo's round with a published night, and its people, unless there is any round already."""
    if rounds.list_rounds(context, MACHINE):
        return
    document = json.loads(generate_json("A", 1))
    set_up_round(context, MACHINE, ROUND, "Demo region", document, with_counts=True)
    _publish_yesterday(context, solver)
    companies = sorted({row["company"] for row in document["demands"]})
    first = next((name for name in companies if offers.company_offers(context, MACHINE, ROUND, name)), companies[0])
    for role, mail in PEOPLE.items():
        accounts.add_account(context, MACHINE, mail, role, first if role == "company" else None, "nl")


def _publish_yesterday(context: Context, solver: Solver) -> None:
    """Propose the night of yesterday and publish it, so that a company finds an offer."""
    date = dt.date.fromisoformat(nights.today(context)) - dt.timedelta(days=1)
    state, _ = nights.propose_night(context, MACHINE, ROUND, date.isoformat(), Params())
    for job in work.promise_jobs(context, 1, only=state.job.id):
        run_attempt(context, solver, job.id, job.attempt)
    try:
        publications.publish(context, MACHINE, ROUND, PublicationRequest(date=date, note="Demo"))
    except Refusal:
        return  # no plan, no offers; the planner sees why


def set_up_round(
    context: Context, actor: Actor, round_id: str, name: str, document: dict[str, Any], *, with_counts: bool
) -> None:
    """Make a round from an instance, its demand lines left out or taken as the counts of their companies."""
    demands = document.get("demands", [])
    base = {**document, "demands": [], "pins": []}
    rounds.put_round(context, actor, round_id, RoundRequest(name=name, base=base))
    for company in sorted({row["company"] for row in demands}) if with_counts else ():
        lines = [_as_line(row) for row in demands if row["company"] == company]
        rounds.submit_counts(context, actor, round_id, company, CompanyCounts.model_validate({"lines": lines}))


def sign_in(context: Context, who: str) -> str:
    """Return the secret of a session of one of the demo's people."""
    with context.store.write(whole=True) as connection:
        account = rows.by_mail(connection, PEOPLE.get(who, ""))
        if account is None:
            raise not_found()
        return accounts.start_session(context, connection, str(account["id"]))


def _as_line(row: dict[str, Any]) -> dict[str, Any]:
    """Return a demand line as its company would send it; what only the academy sets is left out."""
    line = {name: value for name, value in row.items() if name in CompanyLine.model_fields}
    return {**line, "line": row["id"].removeprefix(f"{row['company']}-")}
