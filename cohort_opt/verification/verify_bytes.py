"""The judge of a stored proposal: its bytes are read again, strictly, before a single figure is believed.

What was written as text or in floating point where a whole number belongs, a field named twice, a field that nobody knows: a
lenient reader would mend it in silence, and what was judged would not be what is stored.
"""

from pydantic import ValidationError

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.verification.report import Report, gather
from cohort_opt.verification.verify_proposal import verify_proposal
from cohort_opt.verification.violation import Findings, Violation

RULE = "stored_bytes"

MOST_NAMED = 20
"""Faults of the form that are named one by one; a file of another kind has thousands."""


def verify_bytes(instance: Instance, data: bytes) -> Report:
    """Judge the bytes of `proposal.json`.

    Returns
    -------
    Report
        A verdict `stored_bytes` first: the bytes are UTF-8, JSON and a proposal, written exactly as `Proposal.to_json` writes
        it. Where they are no proposal at all, there is only that verdict.
    """
    try:
        proposal = Proposal.model_validate_json(data, strict=True)
    except ValidationError as error:
        return Report((gather(RULE, _faults(error)),), None)
    report = verify_proposal(instance, proposal)
    return Report((gather(RULE, _canonical(data, proposal)), *report.verdicts), report.objective_terms)


def _faults(error: ValidationError) -> Findings:
    faults = error.errors(include_url=False, include_context=False)
    for fault in faults[:MOST_NAMED]:
        place = "/" + "/".join(str(part) for part in fault["loc"])
        shown = "" if isinstance(fault["input"], dict | list | bytes) else f" {str(fault['input'])[:80]!r}:"
        yield Violation(RULE, place, f"Proposal at {place}:{shown} {fault['msg']}")
    if len(faults) > MOST_NAMED:
        yield Violation(RULE, "/", f"Proposal: {len(faults) - MOST_NAMED} faults more, it is no proposal")


def _canonical(data: bytes, proposal: Proposal) -> Findings:
    lines, expected = data.split(b"\n"), proposal.to_json().encode().split(b"\n")
    if lines == expected:
        yield None
        return
    pairs = zip(lines, expected, strict=False)
    number = next((i for i, (is_line, line) in enumerate(pairs) if is_line != line), min(len(lines), len(expected)))
    found = lines[number] if number < len(lines) else b"the end"
    shown = found.decode(errors="replace").strip()[:80]
    yield Violation(
        RULE, f"line {number + 1}", f"Proposal at line {number + 1}: {shown!r} is not how a proposal of this content is written"
    )
