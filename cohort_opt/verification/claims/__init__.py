"""What a proposal claims beyond its plan, in the order in which it is reported: one file each, one line each here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from cohort_opt.verification.claims import (
    bound,
    class_rows,
    cost_shares,
    goals,
    identity,
    objective,
    optimality,
    pooling,
    provenance,
    status,
    stored_verdicts,
    unplaced_rows,
)
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings


class Claim(Protocol):
    """What a claim's module offers; its docstring is the sentence and the formula."""

    CLAIM: str
    """Name, the same as that of the file; no rule has it."""

    def needs_plan(self) -> bool:
        """Return whether it can only be judged where there is a well-formed plan."""

    def check(self, hearing: Hearing) -> Findings:
        """Yield one item for each thing looked at: `None` where it is right, else the violation."""


CLAIMS: Mapping[str, Claim] = MappingProxyType(
    {
        claim.CLAIM: claim
        for claim in (
            identity,
            provenance,
            status,
            class_rows,
            unplaced_rows,
            objective,
            bound,
            goals,
            optimality,
            cost_shares,
            pooling,
            stored_verdicts,
        )
    }
)
"""Every claim by name."""
