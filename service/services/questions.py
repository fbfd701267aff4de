"""Questions of a planner about the plan of a night, each with figures, a table and a picture."""

from __future__ import annotations

import json
from typing import Any

from service.actors import Actor
from service.problems import Flaw, Refusal
from service.services import desk, rounds, what_ifs
from service.services.context import Context

QUESTIONS = ("pooling", "robustness", "value", "stability", "flexibility")
"""As the child knows them."""
GROUPINGS = ("company", "trade", "area")
"""How the pooling gain is told, as the library knows it."""


def ask(
    context: Context, actor: Actor, round_id: str, date: str, question: str, by: str = "company", survival: object = None
) -> dict[str, Any]:
    """Return the answer to a question.

    Parameters
    ----------
    by
        How the pooling gain is told: `company`, `trade` or `area`.
    survival
        Percent who stay, for courses that do not say; 1 to 100.

    Raises
    ------
    Refusal
        For an unknown question or option; `busy` where the answer takes too long.
    """
    rounds.must_plan(actor)
    if question not in QUESTIONS:
        raise _refusal("unknown-value", "question", f"Choose one of {', '.join(QUESTIONS)}.")
    if by not in GROUPINGS:
        raise _refusal("unknown-value", "by", f"Choose one of {', '.join(GROUPINGS)}.")
    if survival is not None and not (isinstance(survival, int) and 1 <= survival <= 100):
        raise _refusal("out-of-range", "survival", "Lies between 1 and 100.")
    proposal, instance, _ = what_ifs.plan_of_night(context, round_id, date)
    order = {"question": question, "instance": instance, "proposal": json.dumps(proposal), "by": by, "survival": survival}
    return desk.answer("service.question_child", order)


def _refusal(code: str, field: str, detail: str) -> Refusal:
    return Refusal(code, detail, (Flaw(f"/{field}", code, detail),))
