"""Verbs of what-ifs: look for the cheapest repair of a waiting line, solve a change of a night, and adopt it.

An adopted what-if becomes the night's next try, with its own plan: what was compared is what can be published. Only the academy's
side of the input can be adopted; what a company decides (its dates, its distance, its counts) stays for the company to change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from cohort_opt import Instance, InstanceError, Scenario, apply, scenario_from_dict
from service import diff
from service.actors import Actor
from service.problems import Refusal, from_instance_error, not_found
from service.schemas import JobState, NightState, Params, WhatIfState, canonical
from service.services import desk, mornings, nights, rounds
from service.services import jobs as job_verbs
from service.services.answers import Answer, Once, answer_once, kept_answer
from service.services.context import Context
from service.services.instances import check_size
from service.store import jobs as job_rows
from service.store import ledger
from service.store import rounds as rows
from service.store import what_ifs as what_if_rows

OF_ONE_NIGHT = ("demands", "pins", "bans", "commitments", "planning_date")
"""Parts of an instance that belong to one night, not to its round."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A what-if of a night, with everything that its page shows.

    Parameters
    ----------
    night
        The date of the night that it changes.
    before, after
        The two proposals; `after` is `None` while the job has not ended well.
    instance
        As changed.
    asks_companies
        Whether companies must change something first, so that it cannot be adopted as it is.
    late
        Demand lines that it adds; adopted, they are counts of their companies.
    is_stale
        Whether the night has got another plan since; then it is to be asked again, with its `scenario`.
    conflict
        Where no plan keeps every rule: those that cannot hold together.
    """

    name: str
    night: str
    job: Any
    before: dict[str, Any]
    after: dict[str, Any] | None
    instance: dict[str, Any]
    changes: list[diff.Change]
    asks_companies: bool
    late: list[dict[str, Any]]
    is_stale: bool
    scenario: dict[str, Any]
    conflict: tuple[str, ...] = ()


def repairs(context: Context, actor: Actor, round_id: str, date: str, demand: str) -> dict[str, Any]:
    """Return the cheapest changes that place a waiting line of a night's plan, each proven by solving again.

    Raises
    ------
    Refusal
        `busy`, while others are looking or the search takes too long.
    """
    rounds.must_plan(actor)
    proposal, instance, _ = plan_of_night(context, round_id, date)
    if all(entry["demand"] != demand for entry in proposal["unplaced"]):
        raise not_found()
    found = desk.answer("service.repair_child", {"instance": instance, "proposal": json.dumps(proposal), "demand": demand})
    given = Instance.model_validate(instance)
    for repair in found["repairs"]:
        repair["asks_companies"] = _asks_companies(given, scenario_from_dict(repair["scenario"]))
    return found


def ask(context: Context, actor: Actor, round_id: str, date: str, document: Any) -> str:
    """Solve a night with a change; return the job.

    Raises
    ------
    Refusal
        With the places of what is wrong in the scenario.
    """
    rounds.must_plan(actor)
    changed, start = _changed(context, round_id, date, document)
    now = context.now()
    with context.store.write() as connection:
        return _queue(context, connection, actor, round_id, date, document, changed, start, now).id


def ask_once(context: Context, actor: Actor, round_id: str, date: str, change: Callable[[], Any], identity: Once) -> Answer:
    """Solve a night with a change as `ask` does; the same key gets the first answer again, even if the change no longer fits."""
    rounds.must_plan(actor)
    if (known := kept_answer(context, actor, identity)) is not None:
        return known
    document = change()
    changed, start = _changed(context, round_id, date, document)

    def effect(connection: Connection, now: str) -> Answer:
        job = _queue(context, connection, actor, round_id, date, document, changed, start, now)
        state = WhatIfState(round=round_id, night=date, name=document["name"], job=job, has_plan=False, asks_companies=False,
                            changes=())  # fmt: skip
        return Answer(202, state.model_dump_json(), f"/api/v1/what-ifs/{job.id}")

    return answer_once(context, actor, identity, effect)


def what_if(context: Context, actor: Actor, job_id: str) -> WhatIf:
    """Return a what-if beside the night that it changes."""
    rounds.must_plan(actor)
    job = job_verbs.get_job(context, actor, job_id)
    with context.store.read() as connection:
        row = what_if_rows.get(connection, job_id)
        if row is None:
            raise not_found()
        stored = job_rows.proposal_of(connection, job_id)
        instance = json.loads(job_rows.snapshot(connection, job.instance_fingerprint))
        asked_of = json.loads((job_rows.get(connection, job_id) or {})["params"])["start"]
    before, given, base = plan_of_night(context, row["round"], row["date"], but=job_id)
    after = json.loads(stored["body"]) if stored else None
    conflict: tuple[str, ...] = ()
    if after is not None and after["classes"] is None:
        conflict = tuple((after.get("conflict") or {}).get("members", ()))
        after = None
    document = json.loads(row["scenario"])
    scenario = scenario_from_dict(document)
    is_stale = base != asked_of
    return WhatIf(
        scenario.name, row["date"], job, before, after, instance,
        diff.changes(before, after, instance, given) if after else [], _is_for_companies(given, scenario),
        _late_lines(given, instance), is_stale, document, conflict,
    )  # fmt: skip


def round_of(context: Context, actor: Actor, job_id: str) -> str:
    """Return the round of a what-if."""
    rounds.must_plan(actor)
    with context.store.read() as connection:
        row = what_if_rows.get(connection, job_id)
    if row is None:
        raise not_found()
    return str(row["round"])


def of_night(context: Context, actor: Actor, round_id: str, date: str) -> list[tuple[str, str]]:
    """Return job and name of each what-if of a night, the latest first."""
    rounds.must_plan(actor)
    with context.store.read() as connection:
        return [(row["job"], json.loads(row["scenario"])["name"]) for row in what_if_rows.of_night(connection, round_id, date)]


def adopt(context: Context, actor: Actor, job_id: str) -> NightState:
    """Make a what-if the plan of its night; the academy's side of the round takes the change for the nights to come.

    Raises
    ------
    Refusal
        `not-verified` while it has no checked plan, `state-changed` where companies must change something first, or the night
        has got another plan since.
    """
    shown = what_if(context, actor, job_id)
    if shown.after is None or not shown.after["verified"]:
        raise Refusal("not-verified", "This what-if has no plan that the judge has passed.")
    if shown.asks_companies:
        raise Refusal("state-changed", "Companies decide about this change; when they have changed their counts, propose again.")
    if shown.is_stale:
        raise Refusal("state-changed", "The night has got another plan since this was asked; ask it again of the present one.")
    now = context.now()
    with context.store.write() as connection:
        row = what_if_rows.get(connection, job_id)
        if row is None:
            raise not_found()
        last = rows.get_night(connection, row["round"], row["date"])
        if last is None or last["id"] == job_id:
            raise Refusal("state-changed", "This what-if is the plan of its night already.")
        round_row = rounds.known_round(connection, row["round"])
        base = _academy_side(shown.instance, json.loads(round_row["base"]))
        version = int(round_row["version"])
        for line in shown.late:
            rounds.keep_late_line(connection, actor, row["round"], line, now)
        digests = []
        if canonical(base) != round_row["base"]:
            version += 1
            new = {**{name: round_row[name] for name in ("id", "name", "closes_at")}, "version": version, "base": canonical(base),
                   "created_at": now, "created_by": actor.owner}  # fmt: skip
            rows.add_round(connection, new)
            digests.append(ledger.row_digest("rounds", new))
        night = {"round": row["round"], "date": row["date"], "try": last["try"] + 1, "job": job_id, "round_version": version,
                 "created_at": now}  # fmt: skip
        rows.add_night(connection, night)
        views = mornings.keep_views(connection, {**night, "fingerprint": shown.job.instance_fingerprint}, shown.after)
        digests += [ledger.row_digest("nights", night), ledger.row_digest("company_views", *views)]
        facts = {"job": job_id, "rows": digests}
        ledger.write_line(connection, now, actor.owner, "adopt", f"{row['round']}/{row['date']}", facts)
    return nights.get_night(context, actor, row["round"], row["date"])


def must_have_plan(context: Context, actor: Actor, round_id: str, date: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return proposal and instance of a night for its planner, and refuse a question about one that has no plan."""
    rounds.must_plan(actor)
    return plan_of_night(context, round_id, date)[:2]


def plan_of_night(context: Context, round_id: str, date: str, but: str = "") -> tuple[dict[str, Any], dict[str, Any], str]:
    """Return proposal, instance and job of the last try of a night that has a plan and is not the job `but`."""
    with context.store.read() as connection:
        tries = [row for row in rows.nights_of(connection, round_id) if row["date"] == date and row["body"] and row["id"] != but]
        if not tries:
            raise not_found()
        proposal = json.loads(tries[0]["body"])
        instance = json.loads(job_rows.snapshot(connection, tries[0]["fingerprint"]))
    if proposal["classes"] is None:
        raise Refusal("no-proposal", "The night has no plan.")
    return proposal, instance, str(tries[0]["id"])


# ---- inside --------------------------------------------------------------------------------------------------------------


def _is_for_companies(given: Mapping[str, Any], scenario: Scenario) -> bool:
    """Return whether companies must change something first; a change that no longer fits the plan asks nobody."""
    try:
        return _asks_companies(Instance.model_validate(given), scenario)
    except InstanceError:
        return False


def _changed(context: Context, round_id: str, date: str, document: Any) -> tuple[Instance, str]:
    """Return the instance of a night as a scenario changes it, and the job whose plan is the start."""
    _, instance, start = plan_of_night(context, round_id, date)
    try:
        changed = apply(Instance.model_validate(instance), scenario_from_dict(document))
    except InstanceError as error:
        raise from_instance_error(error) from None
    check_size(changed, context.settings.max_variables, "")
    return changed, start


def _queue(
    context: Context, connection: Connection, actor: Actor, round_id: str, date: str, document: Any, changed: Instance,
    start: str, now: str,
) -> JobState:  # fmt: skip
    job = job_verbs.queue_job(context, connection, actor, "what_if", changed, Params(start=start), now)
    row = {"job": job.id, "round": round_id, "date": date, "scenario": canonical(document), "created_at": now,
           "created_by": actor.owner}  # fmt: skip
    what_if_rows.add(connection, row)
    facts = {"job": job.id, "rows": [ledger.row_digest("what_ifs", row)]}
    ledger.write_line(connection, now, actor.owner, "what-if", f"{round_id}/{date}", facts)
    return job


def _asks_companies(instance: Instance, scenario: Scenario) -> bool:
    """Return whether a change touches what companies decide; the price of a waiting trainee is the academy's.

    A line more is no such change: the planner stores it on the word of the company, as on the telephone.
    """
    changed, known = apply(instance, scenario), {line.id for line in instance.demands}
    return _decided(instance, known) != _decided(changed, known) or any(
        not line.id.startswith(f"{line.company}.") for line in changed.demands if line.id not in known
    )


def _decided(instance: Instance, known: set[str]) -> list[dict[str, Any]]:
    return [line.model_dump(exclude={"unplaced_cents"}) for line in instance.demands if line.id in known]


def _late_lines(given: Mapping[str, Any], changed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the demand lines that a change adds."""
    known = {line["id"] for line in given["demands"]}
    return [line for line in changed["demands"] if line["id"] not in known]


def _academy_side(changed: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base of the round with the changes of an instance; what belongs to one night stays out."""
    own = {
        name: value for name, value in changed.items() if name not in ("demands", "pins", "bans", "commitments", "planning_date")
    }
    return {**base, **own}
