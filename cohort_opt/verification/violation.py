"""One broken rule, said so that a person can find it in the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks at one place.

    Parameters
    ----------
    rule
        Name of the rule or claim in its registry.
    key
        The place, such as the id of a class, or `pool@day`.
    message
        Object, value and rule in one line, without a full stop.
    """

    rule: str
    key: str
    message: str

    def __str__(self) -> str:
        """Return the message."""
        return self.message


Findings: TypeAlias = Iterator[Violation | None]
"""What a rule yields: one item for each thing that it looked at, `None` where the thing is right."""
