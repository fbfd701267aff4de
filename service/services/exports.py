"""Lists to take away: every list of the interface as CSV for a Dutch Excel, as a workbook, or as JSON; and the files of a plan.

Cells are typed (dates, euros, whole numbers), and no text of anybody can run as a formula where it is opened.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from cohort_opt import Euros, Instance, Proposal, Table, render_report, tables_workbook, to_csv
from service.actors import Actor
from service.problems import not_found
from service.schemas import OwnSeats
from service.services import jobs, nights, offers, publications, registrations, rounds
from service.services.comparisons import SideBySide
from service.services.context import Context

Form = Literal["csv", "xlsx", "json"]
MOST_JOBS = 5_000


def written(table: Table, form: Form) -> bytes:
    """Return a table in one of the forms."""
    if form == "csv":
        return to_csv(table)
    if form == "xlsx":
        return tables_workbook((table,), table.name)
    rows = [{name: _plain(cell) for name, cell in zip(table.header, row, strict=True)} for row in table.rows]
    return json.dumps({"rows": rows}, ensure_ascii=False).encode()


def rounds_table(context: Context, actor: Actor) -> Table:
    """Return the rounds that the actor may know of."""
    return _of_models("Rounds", ("id", "name", "version", "closes_at", "created_at"), rounds.list_rounds(context, actor))


def jobs_table(context: Context, actor: Actor) -> Table:
    """Return the newest jobs that the actor may see."""
    names = ("id", "kind", "state", "status", "objective_cents", "bound_cents", "seats", "created_at", "finished_at")
    return _of_models("Jobs", names, jobs.list_jobs(context, actor, MOST_JOBS))


def companies_table(context: Context, actor: Actor, round_id: str) -> Table:
    """Return the companies of a round, for its planner."""
    names = ("id", "name", "municipality", "kvk", "postcode")
    return _of_models("Companies", names, registrations.companies(context, actor, round_id))


def nights_table(context: Context, actor: Actor, round_id: str) -> Table:
    """Return the nights of a round, for its planner."""
    names = ("state", "status", "objective_cents", "bound_cents", "seats", "finished_at")
    rows = [
        (dt.date.fromisoformat(night.date), night.attempt, "yes" if night.current else None, *_cells(night.job, names))
        for night in nights.list_nights(context, actor, round_id)
    ]
    return Table("Nights", ("date", "attempt", "current", *map(_named, names)), tuple(rows))


def answers_table(context: Context, actor: Actor, round_id: str) -> Table:
    """Return the offers of what is published with their answers, for its planner."""
    return _offers("Offers", publications.overview(context, actor, round_id).offers, with_company=True)


def outlook_table(context: Context, actor: Actor, round_id: str) -> Table:
    """Return go or no-go for every published class, for its planner."""
    names = ("class_id", "course_name", "site_name", "start", "days_left", "min_seats", "max_seats", "agreed", "open", "lost",
             "missing", "decision")  # fmt: skip
    return _of_models("Outlook", names, publications.overview(context, actor, round_id).outlook)


def own_offers_table(context: Context, actor: Actor, round_id: str, company: str) -> Table:
    """Return a company's own offers."""
    return _offers("Offers", offers.company_offers(context, actor, round_id, company), with_company=False)


LISTS: Mapping[str, Callable[..., Table]] = {
    "rounds": rounds_table,
    "jobs": jobs_table,
    "companies": companies_table,
    "proposals": nights_table,
    "answers": answers_table,
    "outlook": outlook_table,
}
"""Lists by the name in their address."""


def compared_figures(found: SideBySide) -> Table:
    """Return the figures of plans side by side, one row for each plan."""
    header = ("plan", "status", *(_FIGURE_CELLS[row.unit][0].format(row.figure) for row in found.rows), "seats_that_change")
    rows = [
        (plan.name, plan.job.status or plan.job.state,
         *(None if row.values[i] is None else _FIGURE_CELLS[row.unit][1](row.values[i]) for row in found.rows), found.moved[i])
        for i, plan in enumerate(found.plans)
    ]  # fmt: skip
    return Table("Figures", header, tuple(rows))


def compared_seats(found: SideBySide) -> Table:
    """Return where those sit who do not sit alike in all plans; a row without a first day waits."""
    header = ("company", "course", "plan", "trainees", "first_day", "site", "moved")
    rows = [
        (line.company, line.course, plan.name, one.count, dt.date.fromisoformat(one.start) if one.start else None,
         one.site or None, "yes" if line.moved[i] else None)
        for line in found.lines for i, plan in enumerate(found.plans) for one in line.places[i]
    ]  # fmt: skip
    return Table("Seats", header, tuple(rows))


COMPARED: Mapping[str, Callable[[SideBySide], Table]] = {"figures": compared_figures, "seats": compared_seats}
"""Tables of plans side by side, by the name in their address."""


def night_files(context: Context, actor: Actor, round_id: str, date: str) -> dict[str, bytes]:
    """Return every file of a night's plan by name: class lists, workbook, calendars, page and the proposal itself.

    Raises
    ------
    Refusal
        `not-found` for a night without a proposal.
    """
    report = nights.night_report(context, actor, round_id, date)
    if report.proposal is None:
        raise not_found()
    return render_report(Instance.model_validate(report.instance), Proposal.model_validate(report.proposal))


# ---- inside --------------------------------------------------------------------------------------------------------------


_FIGURE_CELLS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "cents": ("{}_eur", lambda value: Euros(int(value))),
    "count": ("{}", int),
    "percent": ("{}_basis_points", lambda value: round(100 * value)),
}
"""Unit of a figure -> name of its column, and its cell."""


def _offers(name: str, found: Iterable[Any], *, with_company: bool) -> Table:
    header = ("course", "site", "municipality", "first_day", "last_day", "days", "seats", "share_eur", "share_least_eur",
              "share_most_eur", "answer", "answered_at")  # fmt: skip
    rows = [
        (*((offer.company,) if with_company else ()), *_seats(offer.terms), offer.answer, offer.answered_at) for offer in found
    ]
    return Table(name, (*(("company",) if with_company else ()), *header), tuple(rows))


def _seats(own: OwnSeats) -> tuple[Any, ...]:
    share = None if own.share_cents is None else Euros(own.share_cents)
    first, last = dt.date.fromisoformat(own.dates[0]), dt.date.fromisoformat(own.dates[-1])
    return (own.course_name, own.site_name, own.municipality, first, last, len(own.dates), own.seats, share,
            Euros(own.share_least_cents), Euros(own.share_most_cents))  # fmt: skip


def _of_models(name: str, names: Sequence[str], found: Iterable[Any]) -> Table:
    return Table(name, tuple(map(_named, names)), tuple(_cells(row, names) for row in found))


def _named(name: str) -> str:
    return f"{name.removesuffix('_cents')}_eur" if name.endswith("_cents") else name


def _cells(row: Any, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_cell(name, getattr(row, name)) for name in names)


def _cell(name: str, value: Any) -> Any:
    if value is not None and name.endswith("_cents"):
        return Euros(value)
    if name == "start":
        return dt.date.fromisoformat(value)
    return value


def _plain(cell: Any) -> Any:
    if isinstance(cell, Euros):
        return float(cell.decimal)
    return cell.isoformat() if isinstance(cell, dt.date) else cell
