"""Parts of a stored proposal by themselves: why it is as it is, in the reader's language, and what its judge said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from cohort_opt import Reason, in_language
from service.actors import Actor
from service.schemas import (
    ClassExplanation,
    ConflictState,
    Explanation,
    LineExplanation,
    ReasonState,
    RuleState,
    Verification,
)
from service.services import jobs
from service.services.context import Context

Language = Literal["nl", "en", "de"]


def explanation(context: Context, actor: Actor, job_id: str, language: Language) -> Explanation:
    """Return why the proposal of a job is as it is."""
    proposal = json.loads(jobs.get_proposal(context, actor, job_id))
    conflict = proposal.get("conflict")
    return Explanation(
        status=proposal["status"],
        classes=tuple(
            ClassExplanation(class_id=entry["id"], reasons=_reasons(entry["reasons"], language))
            for entry in proposal["classes"] or ()
        ),
        unplaced=tuple(
            LineExplanation(
                **{name: entry[name] for name in ("demand", "company", "course", "count")},
                reasons=_reasons(entry["reasons"], language),
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


def _reasons(found: Iterable[Mapping[str, Any]], language: Language) -> tuple[ReasonState, ...]:
    reasons = [in_language(Reason.model_validate(row), language) for row in found]
    return tuple(ReasonState(rule=row.rule, facts=dict(row.facts), sentence=row.sentence) for row in reasons)
