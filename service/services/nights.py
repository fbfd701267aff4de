"""Verbs of the night: one proposal per round and local date, however often it is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cohort_opt import Instance
from service.actors import Actor
from service.clock import local_date
from service.diff import Change
from service.problems import not_found
from service.schemas import CompanyLine, CompanyProposal, NightState, Params
from service.services import bases, mornings
from service.services import rounds as round_verbs
from service.services.agreements import keep_answers
from service.services.answers import Answer, Once, answer_once
from service.services.context import Context
from service.services.instances import read_instance
from service.services.jobs import queue_job, state_of
from service.store import jobs as job_rows
from service.store import ledger
from service.store import offers as offer_rows
from service.store import rounds as rows


@dataclass(frozen=True, slots=True)
class NightReport:
    """A night with everything that its page shows.

    Parameters
    ----------
    night
        Its light state.
    proposal, instance
        As stored; no proposal while there is none.
    changes
        Since the last good night before it.
    """

    night: NightState
    proposal: dict[str, Any] | None
    instance: dict[str, Any]
    changes: list[Change]


def today(context: Context) -> str:
    """Return the date of the local night."""
    return local_date(context.clock(), context.settings.zone).isoformat()


def propose_night(
    context: Context, actor: Actor, round_id: str, date: str, params: Params, *, again: bool = False
) -> tuple[NightState, bool]:
    """Queue the night's solve over the stored counts; return the night and whether it is new.

    It starts from the plan of the last good night: nothing moves without a gain. The same date asked twice is one night: the
    second answer is the stored one. A night that failed stays as it is, unless `again` asks for another try.
    """
    round_verbs.must_plan(actor)
    with context.store.write() as connection:
        return _propose(context, connection, actor, round_id, date, params, again=again)


def propose_once(context: Context, actor: Actor, round_id: str, date: str, identity: Once) -> Answer:
    """Queue the night's solve as `propose_night` does; the same key gets the first answer again."""
    round_verbs.must_plan(actor)

    def effect(connection: Connection, now: str) -> Answer:
        night, is_new = _propose(context, connection, actor, round_id, date, Params())
        location = f"/api/v1/rounds/{round_id}/proposals/{date}"
        return Answer(202 if is_new else 200, night.model_dump_json(), location)

    return answer_once(context, actor, identity, effect)


def list_nights(context: Context, actor: Actor, round_id: str) -> list[NightState]:
    """Return the nights of a round, the latest first."""
    round_verbs.must_plan(actor)
    with context.store.read() as connection:
        bases.known(connection, round_id)
        good = rows.last_good_night(connection, round_id)
        return [_night(row, good) for row in rows.nights_of(connection, round_id)]


def get_night(context: Context, actor: Actor, round_id: str, date: str) -> NightState:
    """Return one night; `latest` = the last good one."""
    round_verbs.must_plan(actor)
    with context.store.read() as connection:
        good = rows.last_good_night(connection, round_id)
        return _night(_get(good if date == "latest" else rows.get_night(connection, round_id, date)), good)


def night_of_job(context: Context, actor: Actor, job_id: str) -> tuple[str, str] | None:
    """Return round and date of the night that a job solves, for a planner; nothing where it solves none."""
    if not actor.plans:
        return None
    with context.store.read() as connection:
        row = rows.night_of_job(connection, job_id)
    return None if row is None else (str(row["round"]), str(row["date"]))


def date_of(context: Context, actor: Actor, round_id: str, night: str) -> str:
    """Return the date of a night, for its planner; `latest` = the last good one."""
    round_verbs.must_plan(actor)
    return get_night(context, actor, round_id, night).date if night == "latest" else night


def company_proposal(context: Context, actor: Actor, round_id: str, date: str, company: str) -> CompanyProposal:
    """Return what one company may see of a night's proposal; `latest` = the last good one.

    Raises
    ------
    Refusal
        `not-found` for an unknown company, somebody else's, and a night that is not there or has no plan yet; for a company
        also for a night that was never published, unless the settings let companies see those.
    """
    with context.store.read() as connection:
        round_verbs.own_round(connection, actor, round_id, company)
        shown = None if actor.plans or context.settings.preview_nights else _published(connection, round_id, date)
        view = rows.view_of(connection, round_id, company, None if date == "latest" else date, shown)
    if view is None:
        raise not_found()
    return CompanyProposal.model_validate_json(view["body"])


def _published(connection: Connection, round_id: str, date: str) -> list[str]:
    """Return the jobs whose proposals are published now (`latest`), or ever were."""
    if date == "latest":
        current = offer_rows.current(connection, round_id)
        return [current["job"]] if current is not None and current["job"] is not None else []
    return offer_rows.published_jobs(connection, round_id)


def _propose(
    context: Context, connection: Connection, actor: Actor, round_id: str, date: str, params: Params, *, again: bool = False
) -> tuple[NightState, bool]:
    last = rows.get_night(connection, round_id, date)
    if last is not None and not (again and last["state"] in ("failed", "cancelled")):
        return _night(last, rows.last_good_night(connection, round_id)), False
    instance, version = _assemble(connection, round_id, date)
    now = context.now()
    before = rows.good_night_before(connection, round_id, date)
    if before is not None:
        params = params.model_copy(update={"start": before["id"]})
    job = queue_job(context, connection, actor, "night", instance, params, now)
    number = last["try"] + 1 if last else 1
    night = {"round": round_id, "date": date, "try": number, "job": job.id, "round_version": version, "created_at": now}
    rows.add_night(connection, night)
    facts = {"job": job.id, "try": number, "rows": [ledger.row_digest("nights", night)]}
    ledger.write_line(connection, now, actor.owner, "propose-night", f"{round_id}/{date}", facts)
    return _night(_get(rows.get_night(connection, round_id, date)), rows.last_good_night(connection, round_id)), True


def _assemble(connection: Connection, round_id: str, date: str) -> tuple[Instance, int]:
    """Return the instance of a round on a date, with all stored counts and answers, and the version of the round."""
    row = round_verbs.known_round(connection, round_id)
    base = json.loads(row["base"])
    known, taught = {company["id"]: company for company in base["companies"]}, {course["id"] for course in base["courses"]}
    sent = [stored for stored in rows.all_counts(connection, round_id) if stored["company"] in known]
    base["demands"] = [
        CompanyLine.model_validate(line).to_demand(stored["company"])
        for stored in sent
        for line in json.loads(stored["lines"])
        if line["course"] in taught  # a course that the round no longer has: its line waits with the company
    ]
    for stored in sent:
        known[stored["company"]].setdefault("closed", []).extend(json.loads(stored["closed"] or "[]"))
    keep_answers(connection, round_id, base, date)
    return read_instance(base), int(row["version"])


def _get(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if row is None:
        raise not_found()
    return row


def _night(row: Mapping[str, Any], good: Mapping[str, Any] | None) -> NightState:
    current = good is not None and (good["date"], good["try"]) == (row["date"], row["try"])
    return NightState(round=row["round"], date=row["date"], attempt=row["try"], current=current, job=state_of(row))


def night_report(context: Context, actor: Actor, round_id: str, date: str) -> NightReport:
    """Return a night for its planner's page: plan, waiting list with reasons, and what changed since the last good one."""
    round_verbs.must_plan(actor)
    with context.store.read() as connection:
        row = _get(rows.get_night(connection, round_id, date))
        good = rows.last_good_night(connection, round_id)
        if row["body"] is None:
            return NightReport(_night(row, good), None, {}, [])
        proposal = json.loads(row["body"])
        night = _get(rows.night_of_job(connection, row["id"]))
        instance = json.loads(job_rows.snapshot(connection, row["fingerprint"]))
        found = mornings.differences(connection, night, proposal)
    return NightReport(_night(row, good), proposal, instance, found)
