"""Parts of a stored proposal by themselves: why it is as it is, who waits, what changed, and what its judge said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from cohort_opt import Reason, in_language
from service.actors import Actor
from service.diff import Change
from service.schemas import (
    ChangeState,
    ClassExplanation,
    ConflictState,
    Explanation,
    LineExplanation,
    ReasonState,
    RuleState,
    Verification,
    WaitingLine,
    WaitingList,
)
from service.services import jobs, rounds, what_ifs
from service.services.context import Context

Language = Literal["nl", "en", "de"]


def explanation(context: Context, actor: Actor, job_id: str, language: Language) -> Explanation:
    """Return why the proposal of a job is as it is."""
    proposal = json.loads(jobs.get_proposal(context, actor, job_id))
    conflict = proposal.get("conflict")
    return Explanation(
        status=proposal["status"],
        classes=tuple(
            ClassExplanation(class_id=entry["id"], reasons=reasons(entry["reasons"], language))
            for entry in proposal["classes"] or ()
        ),
        unplaced=tuple(
            LineExplanation(
                **{name: entry[name] for name in ("demand", "company", "course", "count")},
                reasons=reasons(entry["reasons"], language),
            )
            for entry in proposal["unplaced"] or ()
        ),
        conflict=ConflictState(members=tuple(conflict["members"]), checked=conflict["checked"]) if conflict else None,
    )


def verification(context: Context, actor: Actor, job_id: str) -> Verification:
    """Return what the judge said of the proposal of a job."""
    proposal = json.loads(jobs.get_proposal(context, actor, job_id))
    names = ("verified", "reproducible", "instance_fingerprint")
    rules = tuple(
        RuleState(rule=row["rule"], checked=row["checked"], violations=tuple(row["violations"]))
        for row in proposal["verification"] or ()
    )
    return Verification(**{name: proposal[name] for name in names}, rules=rules)


def waiting_list(context: Context, actor: Actor, round_id: str, date: str, language: Language) -> WaitingList:
    """Return who waits in a night's plan and why, for its planner; the cheapest repairs of each are a question of their own."""
    rounds.must_plan(actor)
    proposal, instance, _ = what_ifs.plan_of_night(context, round_id, date)
    names = {(kind, row["id"]): row["name"] for kind in ("companies", "courses") for row in instance[kind]}
    return WaitingList(
        waiting=tuple(
            WaitingLine(
                **{name: entry[name] for name in ("demand", "company", "course", "asked", "count")},
                company_name=names["companies", entry["company"]],
                course_name=names["courses", entry["course"]],
                reasons=reasons(entry["reasons"], language),
            )
            for entry in proposal["unplaced"]
        )
    )


def change_list(found: Iterable[Change], language: Language) -> tuple[ChangeState, ...]:
    """Return changes between two plans as they travel: facts, the sentence, and the reasons that the plans give."""
    return tuple(
        ChangeState(kind=row.kind, facts=dict(row.facts), sentence=row.sentence(language), reasons=reasons(row.reasons, language))
        for row in found
    )


def reasons(found: Iterable[Mapping[str, Any]], language: Language) -> tuple[ReasonState, ...]:
    """Return stored reasons in the language of the reader."""
    told = [in_language(Reason.model_validate(row), language) for row in found]
    return tuple(ReasonState(rule=row.rule, facts=dict(row.facts), sentence=row.sentence) for row in told)
