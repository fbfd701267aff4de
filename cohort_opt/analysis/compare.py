"""Plans side by side: figures, who moved, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cohort_opt.explanation.sentence import say
from cohort_opt.proposal import Proposal, Reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first plan against each of the others.

    Parameters
    ----------
    rows
        (name of the figure, value in each plan as text), in the order of the registry.
    moved
        For each plan: trainees that sit elsewhere than in the first, or newly have or have no seat.
    words
        For each plan: what changed, sentence by sentence.
    indistinct
        For each plan: whether its objective differs from the first by less than the two gaps together.
    reasons
        The same as `words`, as typed records.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    moved: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    indistinct: tuple[bool, ...]
    reasons: tuple[tuple[Reason, ...], ...] = ()


def compare(proposals: Sequence[Proposal]) -> Comparison:
    """Compare two to twenty plans with the first of them.

    Raises
    ------
    ValueError
        If there are fewer than two or more than twenty.
    """
    if not 2 <= len(proposals) <= 20:
        raise ValueError(f"{len(proposals)} plans: between 2 and 20 can be compared")
    first = proposals[0]
    changes = tuple(_reasons(first, other) for other in proposals)
    return Comparison(
        rows=tuple((name, tuple(figure(p) for p in proposals)) for name, figure in FIGURES),
        moved=tuple(_moved(first, other) for other in proposals),
        words=tuple(tuple(reason.sentence for reason in of) for of in changes),
        reasons=changes,
        indistinct=tuple(_indistinct(first, other) for other in proposals),
    )


def seats_by_run(proposal: Proposal) -> dict[tuple[str, str], int]:
    """Return trainees by (demand line, run)."""
    found: dict[tuple[str, str], int] = {}
    for entry in proposal.classes or ():
        for seats in entry.members:
            found[seats.demand, entry.run] = found.get((seats.demand, entry.run), 0) + seats.count
    return found


def _moved(first: Proposal, other: Proposal) -> int:
    """Return how many trainees lost their seat in a run or newly have one, whichever is more."""
    before, after = seats_by_run(first), seats_by_run(other)
    lost = sum(max(0, count - after.get(key, 0)) for key, count in before.items())
    gained = sum(max(0, count - before.get(key, 0)) for key, count in after.items())
    return max(lost, gained)


def _reasons(first: Proposal, other: Proposal) -> tuple[Reason, ...]:
    """Return what changes from the first plan to the other, class by class, and how many trainees move."""
    before, after = ({c.id: c for c in p.classes or ()} for p in (first, other))
    opened = (
        say(
            "class_opens", "{course}: a class of {size} opens on {start}", course=c.course, size=c.size, start=c.start.isoformat()
        )
        for c in after.values()
        if c.id not in before
    )
    closed = (
        say(
            "class_closes", "{course}: the class of {size} on {start} closes",
            course=c.course, size=c.size, start=c.start.isoformat(),
        )
        for c in before.values()
        if c.id not in after
    )  # fmt: skip
    sized = (
        say(
            "class_resized", "{course} on {start}: {was} trainees become {size}",
            course=c.course, start=c.start.isoformat(), was=before[c.id].size, size=c.size,
        )
        for c in after.values()
        if c.id in before and before[c.id].size != c.size
    )  # fmt: skip
    found = (*opened, *closed, *sized)
    moved = _moved(first, other)
    if moved:
        return (*found, say("people_moved", "{moved} trainees get, lose or change a seat", moved=moved))
    return found or (say("nothing_changes", "nothing changes"),)


def _indistinct(first: Proposal, other: Proposal) -> bool:
    if None in (first.objective_cents, other.objective_cents, first.bound_cents, other.bound_cents):
        return False
    slack = sum((p.objective_cents or 0) - (p.bound_cents or 0) for p in (first, other))
    difference = abs((first.objective_cents or 0) - (other.objective_cents or 0))
    return 0 < difference < slack


def euros(cents: int | None) -> str:
    """Return cents as euros with two digits, a dash for none."""
    return "-" if cents is None else f"{cents / 100:,.2f}"


FIGURES: tuple[tuple[str, Callable[[Proposal], str]], ...] = (
    ("status", lambda p: str(p.status)),
    ("objective EUR", lambda p: euros(p.objective_cents)),
    ("bound EUR", lambda p: euros(p.bound_cents)),
    ("classes", lambda p: "-" if p.classes is None else str(len(p.classes))),
    ("trainees placed", lambda p: "-" if p.classes is None else str(sum(c.size for c in p.classes))),
    ("trainees without a seat", lambda p: "-" if p.unplaced is None else str(sum(u.count for u in p.unplaced))),
    ("cost of classes EUR", lambda p: "-" if p.classes is None else euros(sum(c.cost_cents for c in p.classes))),
    ("journeys EUR", lambda p: "-" if p.objective_terms is None else euros(p.objective_terms.travel)),
    ("saved by pooling EUR", lambda p: "-" if p.pooling is None else euros(sum(row.gain_cents for row in p.pooling))),
)
"""Name of the figure -> how a plan shows it; the order is that of every table of plans."""
