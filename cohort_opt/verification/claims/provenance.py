"""Provenance: what is needed to make the proposal again is there, and fits together.

0 <= seed < 2^31,  limits above 0,  1 <= workers <= 64,  0 <= gap_target <= 1
mode fast: reproducible = false        several workers and a wall clock never promise the same bytes again
versions of cohort-opt, ortools and python are named
"""

from cohort_opt.proposal import Proposal
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "provenance"

SEEDS = 2**31
MOST_WORKERS = 64
NEEDED_VERSIONS = ("cohort-opt", "ortools", "python")


def needs_plan() -> bool:
    """A proposal without a plan is made again in the same way."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for each figure, for the promise, and for each version."""
    proposal = hearing.proposal
    for name, fits in _figures(proposal):
        message = f"Proposal: {name} {_value(proposal, name)} is outside its range"
        yield None if fits else Violation(CLAIM, name, message)
    promised = proposal.limits.mode == "fast" and proposal.reproducible
    message = "Proposal: reproducible is true in mode fast, which promises no same bytes"
    yield Violation(CLAIM, "reproducible", message) if promised else None
    for name in NEEDED_VERSIONS:
        message = f"Proposal: versions name no {name}"
        yield None if proposal.versions.get(name) else Violation(CLAIM, f"versions/{name}", message)


def _figures(proposal: Proposal) -> tuple[tuple[str, bool], ...]:
    limits = proposal.limits
    return (
        ("seed", 0 <= proposal.seed < SEEDS),
        ("deterministic_limit", limits.deterministic_limit > 0),
        ("time_limit_seconds", limits.time_limit_seconds > 0),
        ("workers", 1 <= limits.workers <= MOST_WORKERS),
        ("gap_target", 0 <= limits.gap_target <= 1),
    )


def _value(proposal: Proposal, name: str) -> float:
    found: float = proposal.seed if name == "seed" else getattr(proposal.limits, name)
    return found
