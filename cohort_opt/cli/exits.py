"""Exit codes of the command, the same for every verb, and how an exception becomes one of them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from cohort_opt.errors import CohortOptError, InputProblem, InstanceError, ModelError, SolverError, TravelError, VerificationError
from cohort_opt.solution import SolveStatus

P = ParamSpec("P")
T = TypeVar("T")

OK = 0
USAGE = 2
BAD_INPUT = 3
INFEASIBLE = 4
NO_SOLUTION_IN_TIME = 5
REJECTED = 6
ENGINE_FAILED = 7
TRAVEL_UNKNOWN = 8

EXIT_CODES = {
    OK: "done (for propose: a verified plan, or nobody asked for a seat)",
    USAGE: "the command line is wrong",
    BAD_INPUT: "the input breaks a rule of the format; every problem is listed, nothing was written",
    INFEASIBLE: "no plan can keep all rules and pins; the clash is listed",
    NO_SOLUTION_IN_TIME: "the limit came before a plan did",
    REJECTED: "the independent judge rejected the plan",
    ENGINE_FAILED: "the solver failed or the model is too large",
    TRAVEL_UNKNOWN: "the routing server is away; nothing was guessed or written",
}
"""Exit code -> its meaning; shown by `cohort-opt --help`."""

STATUS_CODES = {
    SolveStatus.OPTIMAL: OK,
    SolveStatus.FEASIBLE: OK,
    SolveStatus.EMPTY: OK,
    SolveStatus.INFEASIBLE: INFEASIBLE,
    SolveStatus.NO_SOLUTION_IN_TIME: NO_SOLUTION_IN_TIME,
}

_CODE_OF: tuple[tuple[type[CohortOptError], int], ...] = (
    (InstanceError, BAD_INPUT),
    (VerificationError, REJECTED),
    (ModelError, ENGINE_FAILED),
    (SolverError, ENGINE_FAILED),
    (TravelError, TRAVEL_UNKNOWN),
)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn every error of the library into its message on standard error and its exit code; never a stack trace."""
    try:
        yield
    except CohortOptError as error:
        print(error, file=sys.stderr)
        sys.exit(next((code for kind, code in _CODE_OF if isinstance(error, kind)), ENGINE_FAILED))
    except (OSError, UnicodeError) as error:
        print(InputProblem("unreadable-file", "File", str(error)[:160], "cannot be read or written", "check path and rights"),
              file=sys.stderr)  # fmt: skip
        sys.exit(BAD_INPUT)


def plainly(verb: Callable[P, T]) -> Callable[P, T]:
    """Decorate a verb of the command with `said_plainly`."""

    @wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        with said_plainly():
            return verb(*args, **kwargs)

    return wrapped
