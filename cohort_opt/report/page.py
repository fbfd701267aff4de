"""The page: one self-contained HTML file without a script, made from the templates beside this file."""

from __future__ import annotations

from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from cohort_opt.explanation.starters import told_starter_tests
from cohort_opt.problem.records import Course
from cohort_opt.proposal import PoolingEntry, Reason, UnplacedEntry
from cohort_opt.report import wording
from cohort_opt.report.bars import draw_pooling, draw_seats, seats_text
from cohort_opt.report.map import MOST_NUMBERED, draw_map
from cohort_opt.report.places import MOST_DOTS, places, used_sites
from cohort_opt.report.svg import line_sample, tone
from cohort_opt.report.timeline import draw_timeline
from cohort_opt.report.view import View
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.starters import StarterResult

TERMS = (
    ("class_fixed", "Opening the classes", "fixed cost of every class, whatever its size"),
    ("seats", "Seats", "cost per trainee in a class"),
    ("travel", "Journeys", "there and back on each class day; kilometres not given are an estimate"),
    ("boarding", "Boarding", "a price per week for those who stay at the site"),
    ("waiting", "Waiting for the start", "a price per whole week between the start asked for and the class; not an invoice"),
    ("unplaced", "Trainees without a seat", "a price that makes the plan seat people; nobody pays it"),
    ("changes", "Seats moved", "a price for each agreed or published seat that the plan gives up; nobody pays it"),
    ("off_target", "Classes off their wished size", "a price for each trainee above or below the wish; nobody pays it"),
    ("support", "Support", "interpreters, tools and pace that come with a line, as the companies state"),
    ("quota_excess", "Above a wished limit", "a price for each unit above a quota that may be passed; nobody pays it"),
    ("subsidies", "Grants counted in", "what rule packs may bring, later and perhaps not; in the objective, in no price"),
)
"""Field of `ObjectiveTerms`, its name on the page, and what it is."""
MOST_OPEN = 30
"""Rows of a list that stand open on the page; longer ones are folded, by course where they have one."""
ONLY_WHERE_USED = frozenset({"support", "quota_excess", "subsidies"})
"""Terms that stand on the page only where they are not zero."""
NOT_REAL_MONEY = frozenset({"waiting", "unplaced", "changes", "off_target", "quota_excess"})


def render_page(view: View) -> str:
    """Return the page as HTML. Text from data is escaped by the templates and by the makers of the pictures."""
    environment = Environment(
        loader=PackageLoader("cohort_opt.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        euros=wording.euros,
        whole_euros=wording.whole_euros,
        percent=wording.percent,
        day=wording.day,
        day_without_year=partial(wording.day, year=False),
        counted=wording.counted,
    )
    return environment.get_template("page.html").render(_context(view))


def _context(view: View) -> dict[str, Any]:
    dots, sites = places(view), used_sites(view)
    return {
        "view": view,
        "instance": view.instance,
        "proposal": view.proposal,
        "headline": wording.headline(view),
        "proof": wording.proof(view.proposal),
        "status_sentence": wording.STATUS_SENTENCES[view.proposal.status],
        "rule_sentences": wording.RULE_SENTENCES,
        "dots": dots,
        "by_municipality": len(view.companies) > MOST_DOTS,
        "most_numbered": MOST_NUMBERED,
        "sites": sites,
        "used_sites": [used for used in sites if used.classes],
        "map": draw_map(view, dots, sites),
        "timeline": draw_timeline(view),
        "used_courses": [course for course in view.instance.courses if any(c.course == course for c in view.classes)],
        "terms": _terms(view),
        "goals": wording.goals(view.proposal),
        "starter_tests": _starter_tests(view),
        "pooling": _pooling(view),
        "gain_cents": sum(entry.gain_cents for entry in view.pooling.values()),
        "span": wording.span,
        "weeks": wording.weeks,
        "pattern": wording.pattern,
        "qualification": wording.qualification,
        "waiting_by_course": _waiting_by_course(view),
        "most_open": MOST_OPEN,
        "wish": wording.wish,
        "seats_text": seats_text,
        "draw_seats": lambda item: draw_seats(item, view.course_position(item.course.id)),
        "line_sample": lambda course: line_sample(view.course_position(course)),
        "tone": lambda course: tone(view.course_position(course)),
    }


def _starter_tests(view: View) -> tuple[tuple[StarterResult, Reason], ...]:
    plan = plan_of(view.proposal)
    return () if plan is None else told_starter_tests(view.instance, plan)


def _waiting_by_course(view: View) -> list[tuple[Course, int, list[UnplacedEntry]]]:
    """Return the courses that somebody waits for, with the trainees and their lines; the most wanted first."""
    found: dict[str, list[UnplacedEntry]] = {}
    for entry in view.proposal.unplaced or ():
        found.setdefault(entry.course, []).append(entry)
    rows = [(view.courses[course], sum(entry.count for entry in entries), entries) for course, entries in found.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0].id))


def _terms(view: View) -> list[tuple[str, str, int, bool]]:
    terms = view.proposal.objective_terms
    if terms is None:
        return []
    statuses = [word for word in ("sample", "draft", "confirmed") if word in {g.status for g in view.instance.grants}]
    status = f" ({' and '.join(statuses)})" if statuses else ""
    return [
        (name + (status if field == "subsidies" else ""), meaning, getattr(terms, field), field in NOT_REAL_MONEY)
        for field, name, meaning in TERMS
        if field not in ONLY_WHERE_USED or getattr(terms, field)
    ]


def _pooling(view: View) -> list[dict[str, Any]]:
    """Return the rows of the price table, in order of company id, with their pictures on one scale."""
    entries = [entry for entry in view.proposal.pooling or () if entry.placed]
    most = max((max(entry.alone_cents, _compared(entry)) for entry in entries), default=0)
    return [
        {
            "entry": entry,
            "company": view.companies[entry.company],
            "has_option": entry.placed_without_option < entry.placed,
            "is_partial": 0 < entry.placed_without_option < entry.placed,
            "bars": draw_pooling(entry.alone_cents, _compared(entry), most),
        }
        for entry in sorted(entries, key=lambda entry: entry.company)
    ]


def _compared(entry: PoolingEntry) -> int:
    """Return the cost together of the same lines that `alone_cents` counts."""
    return entry.alone_cents - entry.gain_cents
