"""Identity: the proposal answers this instance.

instance_fingerprint = SHA-256 of the canonical instance,  instance_name = its name
"""

from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "identity"


def needs_plan() -> bool:
    """A proposal without a plan answers an instance too."""
    return False


def check(hearing: Hearing) -> Findings:
    """Yield once for the fingerprint and once for the name."""
    said, found = hearing.proposal.instance_fingerprint, hearing.instance.fingerprint()
    message = f"Proposal: fingerprint {said[:12]}..., the instance has {found[:12]}...: it answers another instance"
    yield None if said == found else Violation(CLAIM, "instance_fingerprint", message)
    name = hearing.instance.name
    message = f"Proposal: instance_name {hearing.proposal.instance_name!r}, the instance is called {name!r}"
    yield None if hearing.proposal.instance_name == name else Violation(CLAIM, "instance_name", message)
