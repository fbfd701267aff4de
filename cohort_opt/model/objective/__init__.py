"""The registry of objective terms, one file per term; their sum is what a plan costs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cohort_opt.model.objective import (
    attendance,
    changes,
    class_fixed,
    off_target,
    once_per_class,
    quota_excess,
    subsidies,
    unplaced,
)
from cohort_opt.model.variables import Variables
from cohort_opt.problem.compact import CompactProblem, Ints


class Term(NamedTuple):
    """One objective term: its name, whether a problem needs it, and its variables and coefficients."""

    name: str
    applies: Callable[[CompactProblem], bool]
    terms: Callable[[CompactProblem, Variables], tuple[Ints, Ints]]


OBJECTIVE_TERMS: tuple[Term, ...] = (
    Term("class_fixed", class_fixed.applies, class_fixed.terms),
    Term("attendance", attendance.applies, attendance.terms),
    Term("once_per_class", once_per_class.applies, once_per_class.terms),
    Term("unplaced", unplaced.applies, unplaced.terms),
    Term("changes", changes.applies, changes.terms),
    Term("off_target", off_target.applies, off_target.terms),
    Term("quota_excess", quota_excess.applies, quota_excess.terms),
    Term("subsidies", subsidies.applies, subsidies.terms),
)
