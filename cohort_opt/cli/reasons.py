"""The reasons of a proposal as text: why each class opens and why each waiting line waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cohort_opt.explanation.language import Language, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.proposal import Proposal, Reason


def reasons_of(proposal: Proposal, language: Language = "en") -> Mapping[str, Mapping[str, Sequence[Reason]]]:
    """Return the reasons of each class by its id, and of each line without a seat by the line's."""
    return {
        "classes": {entry.id: _told(entry.reasons, language) for entry in proposal.classes or ()},
        "unplaced": {entry.demand: _told(entry.reasons, language) for entry in proposal.unplaced or ()},
    }


def _told(reasons: Sequence[Reason], language: Language) -> Sequence[Reason]:
    return [in_language(reason, language) for reason in reasons]


def all_reasons(proposal: Proposal, language: Language = "en") -> str:
    """Return every reason, one sentence a line, below the class or the line that it is about."""
    return "\n".join(_lines(proposal, language))


def _lines(proposal: Proposal, language: Language) -> Iterator[str]:
    titles = {"classes": phrase("Classes", language), "unplaced": phrase("Without a seat", language)}
    for part, rows in reasons_of(proposal, language).items():
        yield titles[part]
        for key, reasons in rows.items():
            yield f"  {key}"
            yield from (f"    {reason.sentence}" for reason in reasons)


def cost_by_goal(proposal: Proposal, language: Language = "en") -> dict[str, int]:
    """Return the cost of each goal in cents by its name, goals that cost nothing left out; they add up to the objective."""
    names = {
        "class_fixed": phrase("opening the classes", language),
        "seats": phrase("seats", language),
        "travel": phrase("journeys", language),
        "boarding": phrase("boarding", language),
        "waiting": phrase("waiting for the start (a price)", language),
        "unplaced": phrase("trainees without a seat (a price)", language),
        "changes": phrase("agreed seats moved (a price)", language),
        "off_target": phrase("classes off their wished size (a price)", language),
    }
    terms = {} if proposal.objective_terms is None else proposal.objective_terms.model_dump()
    return {names.get(goal, goal.replace("_", " ")): cents for goal, cents in terms.items() if cents}
