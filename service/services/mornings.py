"""What follows a night in its own transaction: what each company may see, the diff in words, the mails to planners."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from cohort_opt import Instance, OwnAccounts
from service import diff
from service.schemas import company_view
from service.services import mails, outbox
from service.services.context import Context
from service.store import accounts as account_rows
from service.store import jobs as job_rows
from service.store import rounds as rows

MOST_SENTENCES = 60


def tell_good_night(
    context: Context, connection: Connection, job_id: str, proposal: Mapping[str, Any], now: str
) -> list[dict[str, Any]]:
    """Store what each company may see of a night whose job ended well, and post the morning mail; return the rows stored."""
    night = rows.night_of_job(connection, job_id)
    if night is None:
        return []
    views = keep_views(connection, night, proposal)
    found = differences(connection, night, proposal)
    for planner in account_rows.living(connection, role="planner"):
        language = planner["language"]
        sentences = [change.sentence(language) for change in found[:MOST_SENTENCES]]
        page = f"{context.settings.address}/rounds/{night['round']}/nights/{night['date']}"
        subject, text = mails.night_mail(language, night["name"], night["date"], sentences, page)
        outbox.post(connection, now, _key(night, planner), planner["id"], subject, text)
    return views


def tell_failed_night(context: Context, connection: Connection, job_id: str, detail: str, now: str) -> None:
    """Post the mail about a night that failed, if the job is that of a night."""
    night = rows.night_of_job(connection, job_id)
    if night is None:
        return
    page = f"{context.settings.address}/rounds/{night['round']}"
    for planner in account_rows.living(connection, role="planner"):
        subject, text = mails.failed_night_mail(planner["language"], night["name"], night["date"], detail, page)
        outbox.post(connection, now, _key(night, planner), planner["id"], subject, text)


def differences(connection: Connection, night: Mapping[str, Any], proposal: Mapping[str, Any]) -> list[diff.Change]:
    """Return what changed since the last good night before this one."""
    instance = json.loads(job_rows.snapshot(connection, night["fingerprint"]))
    last = rows.good_night_before(connection, night["round"], night["date"])
    if last is None:
        return [diff.Change("first", diff.FIRST, {"count": len(proposal["classes"] or ())})]
    earlier = json.loads(job_rows.snapshot(connection, last["fingerprint"]))
    return diff.changes(json.loads(last["body"]), proposal, instance, earlier)


def keep_views(connection: Connection, night: Mapping[str, Any], proposal: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Store what each company may see, so that its reader needs no row of anybody else."""
    instance = json.loads(job_rows.snapshot(connection, night["fingerprint"]))
    told = {
        "job": night["job"],
        "round": night["round"],
        "date": night["date"],
        "try": night["try"],
        "status": proposal["status"],
    }
    views, accounts = [], OwnAccounts(Instance.model_validate(instance))
    for company in sorted(row["id"] for row in instance["companies"]):
        view = company_view(night["round"], night["date"], company, dict(proposal), instance, accounts)
        views.append({**told, "company": company, "body": view.model_dump_json()})
        rows.keep_view(connection, views[-1])
    return views


def _key(night: Mapping[str, Any], planner: Mapping[str, Any]) -> str:
    return f"night/{night['round']}/{night['date']}/{night['try']}/{planner['id']}"
