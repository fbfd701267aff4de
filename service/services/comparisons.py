"""Plans side by side: nights of a round, or the what-ifs of one night beside it: figures, who sits elsewhere, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cohort_opt import Proposal, compare
from service import diff
from service.actors import Actor
from service.problems import Refusal, not_found
from service.services import jobs as job_verbs
from service.services import nights, rounds
from service.services.context import Context
from service.store import jobs as job_rows
from service.store import what_ifs as what_if_rows

MOST_BESIDE = 4
"""So many plans stand beside the first one: more columns than a planner reads at once help nobody."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One column.

    Parameters
    ----------
    kind, name
        `night` with its date, or `what_if` with the name of its change.
    proposal
        `None` where it has no plan (yet); `job` says why.
    """

    kind: Literal["night", "what_if"]
    name: str
    job: Any
    proposal: dict[str, Any] | None
    instance: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of every plan: `cents`, `count` or `percent`; `None` where a plan has none."""

    figure: str
    unit: Literal["cents", "count", "percent"]
    values: tuple[float | None, ...]

    @property
    def differs(self) -> bool:
        """Whether any plan differs from the first."""
        return any(value != self.values[0] for value in self.values)


@dataclass(frozen=True, slots=True)
class Where:
    """So many trainees in a class, or waiting where there is no start."""

    count: int
    start: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Where the trainees of one company in one course sit in each plan; `moved[i]` = otherwise than in the first."""

    company: str
    course: str
    places: tuple[tuple[Where, ...], ...]

    @property
    def moved(self) -> tuple[bool, ...]:
        """Return for each plan whether somebody sits elsewhere than in the first."""
        return tuple(place != self.places[0] for place in self.places)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The first plan and those beside it.

    Parameters
    ----------
    moved
        Trainees who get, lose or change a seat, for each plan against the first.
    indistinct
        Whether the objectives differ by less than the two gaps together.
    priced_otherwise
        Whether a change sets prices, so that objective and bound say nothing beside those of the first plan.
    changes
        In words, with the reasons that the plans give.
    lines
        Only those that differ somewhere.
    """

    plans: tuple[Plan, ...]
    rows: tuple[Row, ...]
    moved: tuple[int | None, ...]
    indistinct: tuple[bool, ...]
    priced_otherwise: tuple[bool, ...]
    changes: tuple[list[diff.Change], ...]
    lines: tuple[Line, ...]


def nights_side_by_side(context: Context, actor: Actor, round_id: str, dates: Iterable[str]) -> SideBySide:
    """Return nights of a round side by side, the earliest first.

    Raises
    ------
    Refusal
        `missing-field`, where fewer than two of them have a plan.
    """
    rounds.must_plan(actor)
    chosen = sorted({rounds.parse_date(date).isoformat() for date in dates})[: MOST_BESIDE + 1]
    reports = [nights.night_report(context, actor, round_id, date) for date in chosen]
    plans = [
        Plan("night", report.night.date, report.night.job, report.proposal, report.instance)
        for report in reports
        if report.proposal is not None and report.proposal["classes"] is not None
    ]
    if len(plans) < 2:
        raise Refusal("missing-field", "Choose two to five nights that have a plan.")
    return side_by_side(plans)


def what_ifs_beside(context: Context, actor: Actor, round_id: str, date: str, jobs: Sequence[str]) -> SideBySide:
    """Return a night and up to four of its what-ifs side by side.

    Raises
    ------
    Refusal
        `missing-field` where none is chosen, `not-found` for a what-if of another night.
    """
    report = nights.night_report(context, actor, round_id, date)
    if report.proposal is None or report.proposal["classes"] is None:
        raise Refusal("no-proposal", "The night has no plan.")
    chosen = list(dict.fromkeys(jobs))[:MOST_BESIDE]
    if not chosen:
        raise Refusal("missing-field", "Choose one to four what-ifs of the night.")
    first = Plan("night", report.night.date, report.night.job, report.proposal, report.instance)
    return side_by_side([first, *(_what_if(context, actor, round_id, date, job) for job in chosen)])


def side_by_side(plans: Sequence[Plan]) -> SideBySide:
    """Return plans side by side with the first of them, which has a plan."""
    first = plans[0].proposal or {}
    against = [_against(first, plan.proposal) for plan in plans]
    return SideBySide(
        plans=tuple(plans),
        rows=tuple(Row(name, unit, tuple(_figure(figure, plan.proposal) for plan in plans)) for name, unit, figure in FIGURES),
        moved=tuple(moved for moved, _ in against),
        indistinct=tuple(is_close for _, is_close in against),
        priced_otherwise=tuple(
            _prices(plan.instance, plans[0].instance) != _prices(plans[0].instance, plan.instance) for plan in plans
        ),
        changes=tuple(
            diff.changes(first, plan.proposal, plan.instance, plans[0].instance) if plan.proposal else [] for plan in plans
        ),
        lines=tuple(line for line in _lines(plans) if any(line.moved)),
    )


# ---- inside --------------------------------------------------------------------------------------------------------------


def _of_classes(name: str) -> Callable[[Mapping[str, Any]], int]:
    return lambda proposal: sum(entry[name] for entry in proposal["classes"])


def _seat_price(proposal: Mapping[str, Any]) -> int | None:
    seats = _of_classes("size")(proposal)
    return -(-_of_classes("cost_cents")(proposal) // seats) if seats else None


def _term(name: str) -> Callable[[Mapping[str, Any]], int | None]:
    return lambda proposal: proposal["objective_terms"][name] if proposal["objective_terms"] else None


FIGURES: tuple[tuple[str, Literal["cents", "count", "percent"], Callable[[Mapping[str, Any]], float | None]], ...] = (
    ("seats", "count", _of_classes("size")),
    ("waiting", "count", lambda proposal: sum(entry["count"] for entry in proposal["unplaced"])),
    ("classes", "count", lambda proposal: len(proposal["classes"])),
    ("cost", "cents", _of_classes("cost_cents")),
    ("seat_price", "cents", _seat_price),
    ("dearest_seat", "cents", lambda proposal: max((entry["seat_price_cents"] for entry in proposal["classes"]), default=None)),
    ("journeys", "cents", _term("travel")),
    ("saved", "cents", lambda proposal: sum(row["gain_cents"] for row in proposal["pooling"] or ())),
    ("objective", "cents", lambda proposal: proposal["objective_cents"]),
    ("bound", "cents", lambda proposal: proposal["bound_cents"]),
    ("gap", "percent", lambda proposal: None if proposal["gap"] is None else proposal["gap"] * 100),
)
"""Name of the figure, its unit, and how a plan shows it; what people ask first stands first."""


def _prices(instance: Mapping[str, Any], like: Mapping[str, Any] | None = None) -> tuple[Any, Any]:
    """Return the prices of an instance, those of its lines as far as `like` has them too."""
    known = {line["id"] for line in (like or instance)["demands"]}
    return instance["prices"], {line["id"]: line.get("unplaced_cents") for line in instance["demands"] if line["id"] in known}


def _figure(figure: Callable[[Mapping[str, Any]], float | None], proposal: Mapping[str, Any] | None) -> float | None:
    return None if proposal is None else figure(proposal)


def _against(first: Mapping[str, Any], other: Mapping[str, Any] | None) -> tuple[int | None, bool]:
    if other is None:
        return None, False
    found = compare([Proposal.model_validate(first), Proposal.model_validate(other)])
    return found.moved[1], found.indistinct[1]


def _lines(plans: Sequence[Plan]) -> list[Line]:
    found = [_places(plan) for plan in plans]
    names = {(kind, row["id"]): row["name"] for plan in plans for kind in ("companies", "courses") for row in plan.instance[kind]}
    keys = sorted({key for places in found for key in places})
    return [
        Line(
            names.get(("companies", company), company),
            names.get(("courses", course), course),
            tuple(tuple(places.get((company, course), ())) for places in found),
        )
        for company, course in keys
    ]


def _places(plan: Plan) -> dict[tuple[str, str], list[Where]]:
    """Return where everybody sits or waits, by (company, course): seats by start first, then who waits."""
    sites = {row["id"]: row["name"] for row in plan.instance["sites"]}
    counted: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for entry in (plan.proposal or {}).get("classes", ()):
        for member in entry["members"]:
            own = counted.setdefault((member["company"], entry["course"]), {})
            place = (entry["start"], sites[entry["site"]])
            own[place] = own.get(place, 0) + member["count"]
    for entry in (plan.proposal or {}).get("unplaced", ()):
        own = counted.setdefault((entry["company"], entry["course"]), {})
        own["~", ""] = own.get(("~", ""), 0) + entry["count"]
    return {
        key: [Where(count, "" if start == "~" else start, site) for (start, site), count in sorted(own.items())]
        for key, own in counted.items()
    }


def _what_if(context: Context, actor: Actor, round_id: str, date: str, job_id: str) -> Plan:
    job = job_verbs.get_job(context, actor, job_id)
    with context.store.read() as connection:
        row = what_if_rows.get(connection, job_id)
        if row is None or (row["round"], row["date"]) != (round_id, date):
            raise not_found()
        stored = job_rows.proposal_of(connection, job_id)
        instance = json.loads(job_rows.snapshot(connection, job.instance_fingerprint))
    proposal = json.loads(stored["body"]) if stored else None
    if proposal is not None and proposal["classes"] is None:
        proposal = None
    return Plan("what_if", json.loads(row["scenario"])["name"], job, proposal, instance)
