"""Verbs of jobs for those who ask: check, submit, look, take the proposal, cancel. Those who work have theirs in `work.py`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from cohort_opt import Instance
from service.actors import Actor, Role
from service.problems import Flaw, Refusal, not_found
from service.schemas import ENDED, JobFailure, JobRequest, JobState, Params, ValidationReport, canonical
from service.services.answers import Answer, Once, answer_once, kept_answer
from service.services.context import Context
from service.services.instances import check_size, read_instance
from service.store import jobs as rows
from service.store import ledger
from service.store.scope import everything

PRIORITY = {"interactive": 10, "what_if": 0, "night": -10}
Kind = Literal["interactive", "what_if", "night"]


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
    if (kept := kept_answer(context, actor, identity)) is not None:
        return kept
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
        later = {} if row["state"] in ENDED else {"Retry-After": "1"}
        raise Refusal("no-proposal", f"The job is {row['state']}; it has no proposal" + _yet(row["state"]), headers=later)
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


# ---- inside --------------------------------------------------------------------------------------------------------------


def state_of(row: Mapping[str, Any]) -> JobState:
    """Return the light state of a row of jobs, whoever may see it."""
    return _state(row)


def has_ended(state: JobState) -> bool:
    """Whether nothing will change any more."""
    return state.state in ENDED


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


def _check_params(context: Context, params: Params) -> None:
    most = context.settings.max_time_limit_seconds
    if params.time_limit_seconds > most:
        detail = f"time_limit_seconds may be at most {most} on this service."
        raise Refusal("out-of-range", detail, (Flaw("/params/time_limit_seconds", "out-of-range", detail),))


def _yet(state: str) -> str:
    return "." if state in ENDED else " yet."
