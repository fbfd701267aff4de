"""Verbs of jobs, for those who ask (submit, look, cancel) and for those who work (promise, claim, record, finish)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from cohort_opt import Instance
from service.actors import Actor, Role
from service.clock import stamp
from service.problems import Flaw, Refusal, not_found
from service.schemas import ENDED, JobFailure, JobRequest, JobState, Params, ValidationReport, canonical
from service.services import mornings, webhooks
from service.services.answers import Answer, Once, answer_once
from service.services.context import Context
from service.services.instances import check_size, read_instance
from service.store import jobs as rows
from service.store import ledger
from service.store.scope import everything

PRIORITY = {"interactive": 10, "what_if": 0, "night": -10}
Kind = Literal["interactive", "what_if", "night"]


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


def validate(context: Context, request: JobRequest, prefix: str) -> ValidationReport:
    """Check an instance and its parameters as a submit would; nothing is stored."""
    instance = read_instance(request.instance, prefix)
    _check_params(context, request.params)
    return ValidationReport(
        valid=True,
        instance_fingerprint=instance.fingerprint(),
        companies=len(instance.companies),
        demands=len(instance.demands),
        trainees=sum(demand.count for demand in instance.demands),
        estimated_variables=check_size(instance, context.settings.max_variables, prefix),
    )


def submit_job(context: Context, actor: Actor, request: JobRequest, prefix: str, identity: Once) -> Answer:
    """Queue a solve of an instance; 202 with the light state."""
    if not (actor.plans or actor.role is Role.COMPANY):
        raise Refusal("forbidden", "This role asks for no solves.")
    instance = read_instance(request.instance, prefix)
    _check_params(context, request.params)
    if request.params.start is not None:
        get_proposal(context, actor, request.params.start)
    check_size(instance, context.settings.max_variables, prefix)

    def effect(connection: Connection, now: str) -> Answer:
        job = queue_job(context, connection, actor, "interactive", instance, request.params, now)
        return Answer(202, job.model_dump_json(), f"/api/v1/jobs/{job.id}")

    return answer_once(context, actor, identity, effect)


def queue_job(
    context: Context, connection: Connection, actor: Actor, kind: Kind, instance: Instance, params: Params, now: str
) -> JobState:
    """Add a job in the transaction of the caller.

    Raises
    ------
    Refusal
        `busy`, when the queue is full; `too-many-requests`, when a company has its share of it.
    """
    most = context.settings.max_queued_by_company
    if actor.role is Role.COMPANY and rows.count_unfinished(connection, actor.owner) >= most:
        detail = f"{most} jobs of your company wait or run; ask again when one of them has ended."
        raise Refusal("too-many-requests", detail, headers={"Retry-After": "60"})
    with everything(connection):
        waiting = rows.count_unfinished(connection)
    if waiting >= context.settings.max_queued:
        raise Refusal("busy", "Too many jobs are waiting; try again later.", headers={"Retry-After": "60"})
    fingerprint = instance.fingerprint()
    added = rows.keep_snapshot(connection, fingerprint, instance.canonical_json(), now)
    job_id = secrets.token_hex(16)
    values = {"kind": kind, "priority": PRIORITY[kind], "fingerprint": fingerprint, "owner": actor.owner, "created_at": now}
    rows.add(connection, {"id": job_id, "params": canonical(params.model_dump(mode="json")), **values})
    facts: dict[str, Any] = {"kind": kind, "fingerprint": fingerprint}
    if added is not None:
        facts["rows"] = [ledger.row_digest("snapshots", added)]
    ledger.write_line(connection, now, actor.owner, "submit-job", job_id, facts)
    return _state(_own_row(connection, actor, job_id))


def get_job(context: Context, actor: Actor, job_id: str) -> JobState:
    """Return the light state of a job."""
    with context.store.read() as connection:
        return _state(_own_row(connection, actor, job_id))


def list_jobs(context: Context, actor: Actor, limit: int = 50, key: list[Any] | None = None) -> list[JobState]:
    """Return the newest jobs that the actor may see; `key` = instant and id of the last one of the page before."""
    if key is not None and (len(key) != 2 or not all(isinstance(part, str) for part in key)):
        raise Refusal("invalid-cursor", "The cursor is that of another list.")
    after = None if key is None else (str(key[0]), str(key[1]))
    with context.store.read() as connection:
        return [_state(row) for row in rows.newest(connection, None if actor.plans else actor.owner, limit, after)]


def get_proposal(context: Context, actor: Actor, job_id: str) -> str:
    """Return the bytes of the proposal of a job.

    Raises
    ------
    Refusal
        `no-proposal`, if the job has none (yet).
    """
    with context.store.read() as connection:
        row = _own_row(connection, actor, job_id)
        proposal = rows.proposal_of(connection, job_id)
    if proposal is None:
        raise Refusal("no-proposal", f"The job is {row['state']}; it has no proposal" + _yet(row["state"]))
    body = str(proposal["body"])
    if hashlib.sha256(body.encode()).hexdigest() != proposal["sha256"]:
        raise Refusal("internal-error", "The stored proposal does not match its fingerprint and is not shown.")
    return body


def get_draft(context: Context, actor: Actor, job_id: str) -> str | None:
    """Return the best plan so far of a job that runs, judged and priced; nothing where there is none."""
    with context.store.read() as connection:
        row = _own_row(connection, actor, job_id)
        return rows.draft_of(connection, job_id) if row["state"] == "running" else None


def get_instance(context: Context, actor: Actor, job_id: str) -> str:
    """Return the frozen instance of a job."""
    with context.store.read() as connection:
        return rows.snapshot(connection, str(_own_row(connection, actor, job_id)["fingerprint"]))


def cancel_job(context: Context, actor: Actor, job_id: str) -> JobState:
    """Cancel a job that waits or runs; a second time changes nothing and answers the same.

    Raises
    ------
    Refusal
        `not-running`, if the job is done or has failed.
    """
    now = context.now()
    with context.store.write() as connection:
        row = _own_row(connection, actor, job_id)
        if row["state"] in ("done", "failed"):
            raise Refusal("not-running", f"The job is {row['state']}; there is nothing to cancel.")
        if rows.end(connection, job_id, {"state": "cancelled", "finished_at": now, "phase": ""}):
            ledger.write_line(connection, now, actor.owner, "cancel-job", job_id, {})
        return _state(_own_row(connection, actor, job_id))


def ask_to_finish(context: Context, actor: Actor, job_id: str) -> JobState:
    """Ask a job that waits or runs to stop with the best plan that it has; a second time changes nothing.

    Raises
    ------
    Refusal
        `not-running`, if the job has ended.
    """
    now = context.now()
    with context.store.write() as connection:
        row = _own_row(connection, actor, job_id)
        if row["state"] in ENDED:
            raise Refusal("not-running", f"The job is {row['state']}; there is nothing to finish.")
        if rows.ask_to_finish(connection, job_id, now):
            ledger.write_line(connection, now, actor.owner, "finish-early", job_id, {})
        return _state(_own_row(connection, actor, job_id))


# ---- for those who work --------------------------------------------------------------------------------------------------


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


def state_of(row: Mapping[str, Any]) -> JobState:
    """Return the light state of a row of jobs, whoever may see it."""
    return _state(row)


def has_ended(state: JobState) -> bool:
    """Whether nothing will change any more."""
    return state.state in ENDED


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


def _own_row(connection: Connection, actor: Actor, job_id: str) -> Mapping[str, Any]:
    row = rows.get(connection, job_id)
    if row is None or not (actor.plans or row["owner"] == actor.owner):
        raise not_found()
    return row


def _state(row: Mapping[str, Any]) -> JobState:
    failure = JobFailure(code=row["failure_code"], detail=row["failure_detail"]) if row["failure_code"] else None
    return JobState(
        status=row["solve_status"],
        gap=None if row["gap_ppm"] is None else row["gap_ppm"] / 1_000_000,
        instance_fingerprint=row["fingerprint"],
        failure=failure,
        **{name: row[name] for name in ("id", "kind", "state", "phase", "objective_cents", "bound_cents", "seats", "attempt")},
        **{name: row[name] for name in ("created_at", "started_at", "finished_at")},
    )


def _measures(found: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: found[name] for name in ("phase", "objective_cents", "bound_cents", "seats") if name in found}
    if found.get("gap") is not None:
        values["gap_ppm"] = round(found["gap"] * 1_000_000)
    return values


def _check_params(context: Context, params: Params) -> None:
    most = context.settings.max_time_limit_seconds
    if params.time_limit_seconds > most:
        detail = f"time_limit_seconds may be at most {most} on this service."
        raise Refusal("out-of-range", detail, (Flaw("/params/time_limit_seconds", "out-of-range", detail),))


def _lease(context: Context) -> str:
    return stamp(context.clock() + dt.timedelta(seconds=context.settings.lease_seconds))


def _yet(state: str) -> str:
    return "." if state in ENDED else " yet."
