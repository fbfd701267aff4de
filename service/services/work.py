"""Verbs of those who work on jobs: promise, claim, tell how far, finish, fail, give back; each write compares the attempt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from service.clock import stamp
from service.problems import Refusal
from service.schemas import Params
from service.services import mornings, webhooks
from service.services.context import Context
from service.store import jobs as rows
from service.store import ledger


class Claimed(NamedTuple):
    """What an attempt solves: an instance, how hard, and the proposal that it starts from (empty = none)."""

    instance: str
    params: Params
    start: str


class PromisedJob(NamedTuple):
    """A job and the number of the attempt that it was promised; a greater priority is more urgent."""

    id: str
    attempt: int
    priority: int


def promise_jobs(context: Context, limit: int, only: str | None = None) -> list[PromisedJob]:
    """Give each waiting or lost job (or only this one) its next attempt; return them, the most urgent first, at most `limit`.

    Among jobs of one urgency, whoever has the fewest with workers comes first: nobody waits for all that another has asked. A
    job whose attempts died three times is put aside instead.
    """
    promised = []
    with context.store.write(whole=True) as connection:
        now = context.now()
        for row in _in_turns(rows.waiting(connection, now, only), rows.running_by_owner(connection, now))[:limit]:
            if row["deaths"] + (row["state"] == "running") >= rows.MAX_DEATHS:
                _put_aside(context, connection, str(row["id"]), now)
            elif rows.promise(connection, row["id"], row["attempt"], _lease(context)):
                promised.append(PromisedJob(str(row["id"]), int(row["attempt"]) + 1, int(row["priority"])))
    return promised


def claim_job(context: Context, job_id: str, attempt: int, worker: str) -> Claimed | None:
    """Start the attempt; return what there is to solve, or `None` where it is no longer wanted."""
    with context.store.write(whole=True) as connection:
        if not rows.claim(connection, job_id, attempt, worker, context.now(), _lease(context)):
            return None
        row = rows.get(connection, job_id)
        if row is None:
            return None
        params = Params.model_validate(json.loads(row["params"]))
        start = rows.proposal_of(connection, params.start) if params.start else None
        claimed = Claimed(rows.snapshot(connection, row["fingerprint"]), params, str(start["body"]) if start else "")
    if start is not None and hashlib.sha256(claimed.start.encode()).hexdigest() != start["sha256"]:
        detail = "The stored proposal that this job starts from does not match its fingerprint."
        fail_job(context, job_id, attempt, "internal-error", detail)
        return None
    return claimed


def record_progress(context: Context, job_id: str, attempt: int, progress: Mapping[str, Any]) -> bool:
    """Store a sign of life and what is known so far; false = stop, the attempt is not wanted any more."""
    with context.store.write(whole=True) as connection:
        wanted = rows.record(connection, job_id, attempt, {**_measures(progress), "lease_until": _lease(context)})
        if wanted and "draft" in progress:
            rows.keep_draft(connection, job_id, attempt, progress["draft"], context.now())
        return wanted


def finish_job(context: Context, job_id: str, attempt: int, body: str) -> bool:
    """Store the proposal and end the job, in one transaction; false for a late ghost.

    Raises
    ------
    Refusal
        `not-verified`, if the proposal holds a plan that the judge has not passed, or is about another instance.
    """
    proposal = json.loads(body)
    now = context.now()
    with context.store.write(whole=True) as connection:
        row = rows.get(connection, job_id)
        if row is None:
            return False
        if proposal["instance_fingerprint"] != row["fingerprint"]:
            raise Refusal("not-verified", "The proposal is about another instance.")
        if proposal["classes"] is not None and not proposal["verified"]:
            raise Refusal("not-verified", "The judge has not passed the plan.")
        seats = sum(entry["size"] for entry in proposal["classes"] or ())
        values = _measures({**proposal, "seats": seats, "phase": ""})
        values |= {"state": "done", "solve_status": proposal["status"], "finished_at": now, "lease_until": None}
        if not rows.record(connection, job_id, attempt, values):
            return False
        kept = {"job": job_id, "sha256": hashlib.sha256(body.encode()).hexdigest(), "fingerprint": row["fingerprint"]}
        rows.drop_draft(connection, job_id)
        kept |= {"id": secrets.token_hex(16), "body": body, "created_at": now}
        rows.keep_proposal(connection, kept)
        digests = [ledger.row_digest("proposals", kept)]
        if row["kind"] == "night":
            views = mornings.tell_good_night(context, connection, job_id, proposal, now)
            digests.append(ledger.row_digest("company_views", *views))
        webhooks.tell(connection, row["owner"], "job.done", {"job": job_id}, now)
        facts = {"proposal": kept["sha256"], "attempt": attempt, "rows": digests}
        ledger.write_line(connection, now, "machine", "finish-job", job_id, facts)
    return True


def fail_job(context: Context, job_id: str, attempt: int, code: str, detail: str) -> bool:
    """End the job as failed, with its reason; false for a late ghost."""
    now = context.now()
    values = {"state": "failed", "finished_at": now, "failure_code": code, "failure_detail": detail[:500], "phase": ""}
    with context.store.write(whole=True) as connection:
        if not rows.record(connection, job_id, attempt, values):
            return False
        mornings.tell_failed_night(context, connection, job_id, detail[:500], now)
        if row := rows.get(connection, job_id):
            webhooks.tell(connection, row["owner"], "job.failed", {"job": job_id}, now)
        ledger.write_line(connection, now, "machine", "fail-job", job_id, {"code": code, "attempt": attempt})
    return True


def release_job(context: Context, job_id: str, attempt: int, *, died: bool) -> bool:
    """Give up the attempt, so that the next dispatch makes another; a death counts, a stop of the service does not."""
    values: dict[str, Any] = {"state": "queued", "lease_until": None, "claimed_by": None, "phase": ""}
    with context.store.write(whole=True) as connection:
        row = rows.get(connection, job_id)
        if row is None:
            return False
        return rows.record(connection, job_id, attempt, {**values, "deaths": row["deaths"] + died})


def is_wanted(context: Context, job_id: str, attempt: int) -> bool:
    """Whether the attempt is still the one that runs; false after a cancel."""
    with context.store.read(whole=True) as connection:
        row = rows.get(connection, job_id)
    return row is not None and row["state"] == "running" and row["attempt"] == attempt


def shall_finish(context: Context, job_id: str) -> bool:
    """Whether somebody has asked the job to stop with what it has."""
    with context.store.read(whole=True) as connection:
        row = rows.get(connection, job_id)
    return row is not None and row["finish_asked_at"] is not None


# ---- inside --------------------------------------------------------------------------------------------------------------


def _in_turns(waiting: Sequence[Mapping[str, Any]], running: Mapping[str, int]) -> list[Mapping[str, Any]]:
    """Return waiting jobs, the most urgent first and their owners in turns; `waiting` has each owner's jobs in their order."""
    before = Counter(running)
    ranked = []
    for place, row in enumerate(waiting):
        ranked.append((-row["priority"], before[row["owner"]], place, row))
        before[row["owner"]] += 1
    return [row for *_, row in sorted(ranked, key=lambda entry: entry[:3])]


def _put_aside(context: Context, connection: Connection, job_id: str, now: str) -> None:
    detail = f"The solver died {rows.MAX_DEATHS} times on this job; it is put aside."
    values = {"state": "failed", "finished_at": now, "failure_code": "quarantined", "failure_detail": detail, "phase": ""}
    rows.end(connection, job_id, values)
    mornings.tell_failed_night(context, connection, job_id, detail, now)
    ledger.write_line(connection, now, "machine", "fail-job", job_id, {"code": "quarantined"})


def _measures(found: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: found[name] for name in ("phase", "objective_cents", "bound_cents", "seats") if name in found}
    if found.get("gap") is not None:
        values["gap_ppm"] = round(found["gap"] * 1_000_000)
    return values


def _lease(context: Context) -> str:
    return stamp(context.clock() + dt.timedelta(seconds=context.settings.lease_seconds))
