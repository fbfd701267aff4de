"""The reasons of a proposal as text: why each class opens and why each waiting line waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cohort_opt.proposal import Proposal, Reason

_TITLES = {"classes": "Classes", "unplaced": "Without a seat"}


def reasons_of(proposal: Proposal) -> Mapping[str, Mapping[str, Sequence[Reason]]]:
    """Return the reasons of each class by its id, and of each line without a seat by the line's."""
    return {
        "classes": {entry.id: entry.reasons for entry in proposal.classes or ()},
        "unplaced": {entry.demand: entry.reasons for entry in proposal.unplaced or ()},
    }


def all_reasons(proposal: Proposal) -> str:
    """Return every reason, one sentence a line, below the class or the line that it is about."""
    return "\n".join(_lines(proposal))


def _lines(proposal: Proposal) -> Iterator[str]:
    for part, rows in reasons_of(proposal).items():
        yield _TITLES[part]
        for key, reasons in rows.items():
            yield f"  {key}"
            yield from (f"    {reason.sentence}" for reason in reasons)
