"""The proposal as plain text for a terminal, at most 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.report.text_table import WIDTH, columns, table, wrapped
from cohort_opt.report.view import View, view
from cohort_opt.report.wording import STATUS_SENTENCES, counted, euros, goals, headline, judged, proof, span

MOST_WAITING = 10
"""More lines without a seat than these are counted, not named."""
MOST_COMPANIES = 40
"""More companies than these are counted, not priced one by one."""


def summary_table(instance: Instance, proposal: Proposal) -> str:
    """Return classes, who waits and why, prices per company, and a status line; ends with a line feed.

    Raises
    ------
    InstanceError
        If the proposal was made for another instance.
    """
    both = view(instance, proposal)
    lines = [headline(both), "=" * min(WIDTH, columns(headline(both))), ""]
    lines += [*_classes(both), *_waiting(both), *_prices(both)] if both.has_plan else [*_no_plan(both)]
    text = "\n".join([*lines, *_status(both)]) + "\n"
    return text.replace("−", "-")  # the true minus sign is missing from the code pages of some terminals


def _classes(both: View) -> Iterator[str]:
    if not both.classes:
        yield from wrapped("No class opens." if both.asked else STATUS_SENTENCES[both.proposal.status])
        yield ""
        return
    rows = [
        (
            str(item.number),
            item.course.name,
            item.site.name,
            span(item.entry.start, item.entry.end),
            str(len(item.entry.dates)),
            f"{item.entry.size} of {item.entry.max_seats}",
            euros(item.entry.seat_price_cents),
        )
        for item in both.classes
    ]
    yield from table(("#", "class", "site", "from – to", "days", "seats", "per seat"), rows, "><<<>>>", (1, 2))


def _waiting(both: View) -> Iterator[str]:
    if both.proposal.unplaced:
        yield "Without a seat"
        for entry in both.proposal.unplaced[:MOST_WAITING]:
            name, course = both.companies[entry.company].name, both.courses[entry.course].name
            yield from wrapped(f"{name}: {entry.count} of {entry.asked} in {course}", "  ")
            for reason in entry.reasons:
                yield from wrapped(reason.sentence, "    ")
        if left := both.proposal.unplaced[MOST_WAITING:]:
            trainees = counted(sum(entry.count for entry in left), "trainee")
            yield from wrapped(f"and {counted(len(left), 'line')} more with {trainees}; the page names them all", "  ")
        yield ""


def _prices(both: View) -> Iterator[str]:
    entries = sorted((entry for entry in both.proposal.pooling or () if entry.placed), key=lambda entry: entry.company)
    if not entries:
        return
    rows: list[tuple[str, ...]] = []
    for entry in entries[:MOST_COMPANIES]:
        alone = euros(entry.alone_cents) + "*" * (entry.placed_without_option > 0)
        has_option = entry.placed_without_option < entry.placed
        rows.append(
            (
                both.companies[entry.company].name,
                str(entry.placed),
                euros(entry.together_cents),
                alone if has_option else "would wait",
                euros(entry.gain_cents) if has_option else "–",
            )
        )
    if left := entries[MOST_COMPANIES:]:
        rows.append((f"{counted(len(left), 'company', 'companies')} more, see the page", "", "", "", ""))
    is_partial = any(entry.placed_without_option for entry in entries)
    together, alone_all, gain = (sum(getattr(e, n) for e in entries) for n in ("together_cents", "alone_cents", "gain_cents"))
    seats = str(sum(entry.placed for entry in entries))
    rows.append(("all companies", seats, euros(together), euros(alone_all) + "*" * is_partial, euros(gain)))
    yield from table(("price per company", "seats", "together", "alone", "gain"), rows, "<>>>>", (0,))
    if is_partial:
        yield from wrapped("* alone and gain count only the trainees who could go somewhere without the others")
        yield ""


def _no_plan(both: View) -> Iterator[str]:
    yield from wrapped(STATUS_SENTENCES[both.proposal.status])
    if both.proposal.conflict:
        checked = "checked" if both.proposal.conflict.checked else "claimed by the solver, not checked"
        yield f"These cannot hold together ({checked}):"
        for member in both.proposal.conflict.members:
            yield from wrapped(member, "  ")
    yield ""


def _status(both: View) -> Iterator[str]:
    proposal = both.proposal
    yield from wrapped(f"status: {proposal.status.value}" + (f"; {proof(proposal)}" if both.has_plan else ""))
    if both.has_plan:
        yield judged(proposal)
    if proposal.goals:
        yield from table(("goals in order", "reached", "bound"), goals(proposal), "<>>", (0,))
    if proposal.objective_cents is not None:
        bound = "none" if proposal.bound_cents is None else euros(proposal.bound_cents)
        gap = "unknown" if proposal.gap is None else f"{proposal.gap * 100:.2f} %"
        yield f"objective {euros(proposal.objective_cents)}, bound {bound} ({proposal.bound_source}), gap {gap}"
    again = "reproducible" if proposal.reproducible else "not reproducible: a clock cut the search"
    yield f"seed {proposal.seed}, {again}, input {proposal.instance_fingerprint[:12]}"
    for note in proposal.notes:
        yield from wrapped(note)
