"""Two changes together, such as one more trainee and a start a week later: tried where neither of them alone is enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cohort_opt.analysis.relaxations import class_minimum, more_trainees, start_window, travel
from cohort_opt.analysis.relaxations.kind import Question, Relaxation, RelaxationKind
from cohort_opt.errors import InstanceError
from cohort_opt.problem.scenario import Scenario, apply

PAIRS: dict[str, tuple[RelaxationKind, RelaxationKind]] = {
    "start_window+more_trainees": (start_window.relaxations, more_trainees.relaxations),
    "travel+more_trainees": (travel.relaxations, more_trainees.relaxations),
    "class_minimum+more_trainees": (class_minimum.relaxations, more_trainees.relaxations),
    "start_window+travel": (start_window.relaxations, travel.relaxations),
}
"""Name -> first change, and the second one asked after the first is made."""

_MOST_FIRST, _MOST_SECOND = 2, 3
"""Gentlest changes of either kind that are paired; beyond them a repair asks for more than anybody grants."""


def relaxations(pair: str, question: Question) -> Iterator[Relaxation]:
    """Yield the pairs of a kind, gentlest first: the sum of both positions decides."""
    first, second = PAIRS[pair]
    found: list[tuple[int, Relaxation]] = []
    for i, one in enumerate(islice(first(question), _MOST_FIRST)):
        try:
            changed = apply(question.instance, Scenario(name="first", changes=one.changes))
        except InstanceError:  # the first change alone breaks a rule of the instance
            continue
        line = next(line for line in changed.demands if line.id == question.demand.id)
        after = Question(changed, question.solution, line, question.waiting)
        for k, other in enumerate(islice(second(after), _MOST_SECOND)):
            found.append((i + k, Relaxation((*one.changes, *other.changes), other.said, (one.said,))))
    yield from (pair_of_two for _, pair_of_two in sorted(found, key=lambda item: item[0]))
