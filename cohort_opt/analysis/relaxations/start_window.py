"""A wider window: the line may start one or two weeks later, or one week earlier."""

import datetime as dt
from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetStartWindow
from cohort_opt.proposal import Reason


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the latest start moved by one and two weeks, then the earliest start moved by one."""
    demand = question.demand
    for weeks in (1, 2):
        latest = demand.latest_start + dt.timedelta(weeks=weeks)
        yield Relaxation(
            (SetStartWindow(kind="set_start_window", demand=demand.id, latest_start=latest),),
            _said(latest, weeks, demand.id),
        )
    earliest = demand.earliest_start - dt.timedelta(weeks=1)
    yield Relaxation(
        (SetStartWindow(kind="set_start_window", demand=demand.id, earliest_start=earliest),),
        say("start_window", "a start from {earliest_start}, a week earlier, for {demand}",
            earliest_start=earliest.isoformat(), demand=demand.id),
    )  # fmt: skip


def _said(latest: dt.date, weeks: int, demand: str) -> Reason:
    if weeks == 1:
        return say(
            "start_window", "a start until {latest_start}, a week later, for {demand}",
            latest_start=latest.isoformat(), demand=demand,
        )  # fmt: skip
    return say(
        "start_window", "a start until {latest_start}, {weeks} weeks later, for {demand}",
        latest_start=latest.isoformat(), weeks=weeks, demand=demand,
    )  # fmt: skip
