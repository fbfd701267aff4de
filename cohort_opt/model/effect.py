"""What a rule does to the set of plans: a bound that ignores it is valid only if it RESTRICTS."""

from enum import StrEnum


class Effect(StrEnum):
    """Effect of one concern on the set of plans and on their cost."""

    RESTRICTS = "restricts"
    """It only forbids, or adds a cost of at least 0: a relaxation without it still bounds from below."""
    EXTENDS = "extends"
    """It adds freedom or a negative cost: a relaxation must know it, else no bound may be published."""


RESTRICTS = Effect.RESTRICTS
EXTENDS = Effect.EXTENDS
