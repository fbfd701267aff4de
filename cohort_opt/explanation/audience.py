"""What one company may read: its own figures and the academy's public ones, never another company's.

Reasons that hold figures of others fall silent. If all do, one sentence remains that is the same whatever the cause was, so
that its wording gives nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable

from cohort_opt.explanation.reasons import CLASS_REASONS, LAST_REASON, REASONS
from cohort_opt.explanation.reasons.kind import CompanyView
from cohort_opt.explanation.reasons.no_run import SENTENCES
from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Reason

_VIEWS: dict[str, CompanyView] = {
    **dict.fromkeys(SENTENCES, REASONS["no_run"].for_company),
    **{name: kind.for_company for name, kind in REASONS.items()},
    "rest_of_plan": LAST_REASON.for_company,
    "opened": CLASS_REASONS["opened"].for_company,
    "opened_dear": CLASS_REASONS["opened"].for_company,
    "next_best": CLASS_REASONS["next_best"].for_company,
}


def unplaced_for_company(reasons: Iterable[Reason], course: str, count: int) -> tuple[Reason, ...]:
    """Return what the company of a line may read about its `count` trainees without a seat in a course (its name)."""
    return _visible(reasons) or (
        say(
            "no_place",
            "{count} of your trainees have no seat in {course} yet: no class that suits them can be held as things stand.",
            count=count, course=course,
        ),
    )  # fmt: skip


def class_for_company(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return what a member of a class may read about why it opens."""
    return _visible(reasons)


def _visible(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return the company's view of the reasons; a kind that is not registered stays with the planner."""
    views = ((_VIEWS.get(reason.rule), reason) for reason in reasons)
    seen = (view(reason) for view, reason in views if view is not None)
    return tuple(reason for reason in seen if reason is not None)
