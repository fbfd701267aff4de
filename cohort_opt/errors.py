"""Every exception this library raises on purpose.

    CohortOptError
    ├── InstanceError        bad input; carries every InputProblem found, not the first
    ├── ModelError           a model that cannot be built safely (number ranges) or a bug in it
    ├── SolverError          the engine died or answered outside its contract
    ├── TravelError          a routing server is away or answers in another form; nothing was guessed
    └── VerificationError    the independent judge rejected a plan

*Infeasible* and *no solution in time* are answers (`SolveStatus`), never exceptions.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One thing that is wrong with an input, said so that a person can mend it.

    Parameters
    ----------
    code
        Stable slug, the same in files, command and endpoint (`out-of-range`, `unknown-reference`, ...).
    subject
        The object as a person names it, for example `Demand[acme-drilling]`.
    value
        The offending value as text, at most 80 characters; empty where there is none.
    rule
        The rule that it breaks, as a sentence without a full stop.
    remedy
        The way out, as a sentence without a full stop.
    pointer
        RFC 6901 pointer (`/demands/3/count`) or sheet and cell (`demands!C7`); empty where unknown.
    also
        Every other place that takes part in the contradiction, such as the first of two rows with one id.
    """

    code: str
    subject: str
    value: str
    rule: str
    remedy: str
    pointer: str = ""
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the problem as one line: object, place, value, rule, way out."""
        place = f" at {self.pointer}" if self.pointer else ""
        place += f" (see {', '.join(self.also)})" if self.also else ""
        value = f" {self.value}:" if self.value else ""
        return f"{self.subject}{place}:{value} {self.rule}; {self.remedy} [{self.code}]"


class CohortOptError(Exception):
    """Base of all exceptions of this library."""


class InstanceError(CohortOptError):
    """The input breaks a rule of the format; nothing was built from it."""

    def __init__(self, problems: Iterable[InputProblem]) -> None:
        """Keep every problem; the message has one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ModelError(CohortOptError):
    """The mathematical model could not be built within safe number ranges, or has a bug."""


class SolverError(CohortOptError):
    """The solver process died, ran out of memory or answered outside its contract."""


class TravelError(CohortOptError):
    """Journeys could not be measured: the routing server is away, answers in another form, or its kept answers are damaged."""


class VerificationError(CohortOptError):
    """The judge rejected a plan; the plan must not be shown."""
