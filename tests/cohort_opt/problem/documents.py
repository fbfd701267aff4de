"""A plain document of a valid instance, and random valid instances, for the tests of reading and writing."""

import copy
import datetime as dt
import json
from typing import Any

from hypothesis import strategies as st

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import instance_from_dict
from tests.builders import everything_switched_on

_BASE = json.loads(everything_switched_on().canonical_json())


def document(**changes: Any) -> dict[str, Any]:
    """Return the document of `everything_switched_on` with whole sections replaced.

    Demands stand in the order acme-drilling, acme-sawing, bolt-drilling, bolt-sawing, cito-drilling, cito-sawing; offerings and
    courses drilling before sawing; companies acme, bolt, cito; one room `bay`, one instructor pool `crew`, one site `academy`.
    """
    return copy.deepcopy({**_BASE, **changes})


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the document with one value set; `path` as a pointer without the first slash."""
    result = document()
    *parents, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
    target: Any = result
    for step in parents:
        target = target[step]
    target[last] = value
    return result


def problems_of(source: Any) -> tuple[InputProblem, ...]:
    """Return the problems of a document; empty if it is valid."""
    try:
        instance_from_dict(source)
    except InstanceError as error:
        return error.problems
    return ()


def codes_and_places(source: Any) -> list[tuple[str, str]]:
    """Return code and pointer of each problem."""
    return [(problem.code, problem.pointer) for problem in problems_of(source)]


# Letters, digits, marks that formats trip over, and what spreadsheets take for formulas; never controls.
_NAME = st.text(st.sampled_from("aZ9 éß漢😀'\"=+-@;,_x0041<&>/\\%{}\u2028"), min_size=1, max_size=30).filter(lambda t: t.strip())
_ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True)
_CENTS = st.integers(0, 10**7) | st.sampled_from([0, 1, 10**9])
_COUNT = st.integers(1, 500)
_DAY = st.dates(dt.date(2027, 1, 4), dt.date(2027, 5, 28))
_WEEKDAYS = st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri"]), min_size=1).map(sorted)
_DEGREES = st.floats(-90, 90, allow_nan=False)


@st.composite
def _period(draw: Any, **more: Any) -> dict[str, Any]:
    first = draw(_DAY)
    last = first + dt.timedelta(days=draw(st.integers(0, 9)))
    return {"first": first.isoformat(), "last": last.isoformat(), "name": draw(_NAME), **{k: draw(v) for k, v in more.items()}}


@st.composite
def _window(draw: Any) -> tuple[str, str]:
    first = draw(_DAY)
    return first.isoformat(), (first + dt.timedelta(days=draw(st.integers(6, 30)))).isoformat()


@st.composite
def instances(draw: Any) -> Instance:
    """Draw a small valid instance with awkward names, amounts and places; it need not have a good plan."""
    companies, courses = draw(st.sets(_ID, min_size=1, max_size=4)), draw(st.sets(_ID, min_size=1, max_size=2))
    offerings, demands = draw(st.sets(_ID, min_size=2, max_size=3)), draw(st.sets(_ID, max_size=5))
    size = st.integers(2, 20)
    result: dict[str, Any] = {
        "name": draw(_NAME),
        "calendar": {"start": "2027-01-04", "end": "2027-12-31", "closed": draw(st.lists(_period(), max_size=3))},
        "prices": {"unplaced_cents": draw(_CENTS), "travel_cents_per_km": draw(st.integers(0, 10_000)),
                   "waiting_cents_per_week": draw(st.integers(0, 10**6)), "detour_percent": draw(st.integers(100, 300))},
        "companies": [
            {"id": i, "name": draw(_NAME), "municipality": draw(_NAME), "latitude": draw(_DEGREES), "longitude": draw(_DEGREES),
             "closed": draw(st.lists(_period(), max_size=2)), "max_away_per_day": draw(st.none() | _COUNT)} for i in companies
        ],
        "courses": [
            {"id": i, "name": draw(_NAME), "trade": draw(_NAME), "min_seats": 2, "max_seats": draw(size),
             "patterns": draw(st.lists(st.builds(lambda d: {"kind": "block", "days": d}, st.integers(1, 60))
                                       | st.builds(lambda w: {"kind": "day_release", "weeks": w}, st.integers(1, 26)),
                                       min_size=1, max_size=3))} for i in courses
        ],
        "sites": [{"id": "s", "name": draw(_NAME), "municipality": draw(_NAME), "latitude": draw(_DEGREES), "longitude": 0}],
        "rooms": [{"id": "r", "name": draw(_NAME), "site": "s", "count": draw(_COUNT), "seats": draw(size),
                   "absences": draw(st.lists(_period(count=_COUNT), max_size=2))}],
        "instructors": [{"id": "i", "name": draw(_NAME), "count": draw(_COUNT),
                         "absences": draw(st.lists(_period(count=_COUNT), max_size=2))}],
        "offerings": [], "demands": [],
    }  # fmt: skip
    for number, name in enumerate(sorted(offerings)):
        first, last = draw(_window())
        result["offerings"].append(
            {"id": name, "course": sorted(courses)[number % len(courses)], "site": "s", "room": "r", "instructor": "i",
             "first_start": first, "last_start": last, "start_weekdays": draw(_WEEKDAYS), "every_weeks": draw(st.integers(1, 4)),
             "max_parallel": draw(st.integers(1, 5)), "fixed_cents": draw(_CENTS), "seat_cents": draw(_CENTS)}
        )  # fmt: skip
    for name in sorted(demands):
        first, last = draw(_window())
        together, own, count = draw(st.booleans()), draw(st.booleans()), draw(_COUNT)
        result["demands"].append(
            {"id": name, "company": draw(st.sampled_from(sorted(companies))), "course": draw(st.sampled_from(sorted(courses))),
             "count": count, "earliest_start": first, "latest_start": last, "weekdays": draw(_WEEKDAYS),
             "patterns": draw(st.sampled_from([["block"], ["day_release"], ["day_release", "block"]])),
             "max_travel_km": draw(st.integers(0, 2_000)), "together": together, "min_part": 1 if together else min(count, 2),
             "max_seat_price_cents": draw(st.none() | _CENTS), "unplaced_cents": draw(st.none() | _CENTS),
             "outside": {"own_course_fixed_cents": draw(_CENTS) if own else None,
                         "own_course_seat_cents": draw(_CENTS) if own else None,
                         "list_price_cents": draw(st.none() | _CENTS), "travel_cents": draw(_CENTS)}}
        )  # fmt: skip
    pairs = draw(st.sets(st.sampled_from(sorted(companies))))
    result["distances"] = [{"company": i, "site": "s", "km": draw(st.integers(0, 2_000))} for i in sorted(pairs)]
    return instance_from_dict(result)
