"""What a rule between a line and a run says of all pairs at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from cohort_opt.problem.compact import Bools, Ints

Allows: TypeAlias = Callable[[Ints, Ints], Bools]
"""Takes positions of lines (n,) and of runs (m,), returns shape (n, m): whether the rule lets the line attend the run."""
