"""An academy side that is held: the lines of one company are judged in it without reading the whole again.

What the base says has been checked when it was read; only what takes part in a contradiction with a line is looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from cohort_opt.errors import InstanceError
from cohort_opt.problem.blockers import Blockers
from cohort_opt.problem.checks import base_cents, contradictions_of_lines
from cohort_opt.problem.findings import Place, by_id
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import instance_from_dict
from cohort_opt.problem.records import Company, Demand, InstanceRecords
from cohort_opt.problem.runs import Run, list_runs

REMEMBERED = 4_096
"""So many answers to 'does any class fit' are kept; a company asks the same again and again."""
_OF_LINES = ("pins", "bans", "commitments", "apart", "side_by_side", "grants", "grant_pots", "seat_quotas", "distances")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something allowed that will leave a line without a seat as the round stands.

    Parameters
    ----------
    line
        Position of the line.
    code
        Rule that keeps it out of every class, such as `start_window`, `travel_limit`, `price_cap`.
    """

    line: int
    code: str


class HeldBase:
    """An instance without demand lines, with the look-ups that the lines of a company need; made once, asked often."""

    def __init__(self, base: Instance) -> None:
        """Index the base."""
        self.base = base
        self.companies = {company.id: company for company in base.companies}
        self.courses = {course.id: course for course in base.courses}
        self._fields = {name: getattr(base, name) for name in type(base).model_fields}
        self._nothing = {name: () if isinstance(value, tuple) else value for name, value in self._fields.items()}
        self._offering_of = {o.course: o for o in reversed(base.offerings)} | {
            other.course: o for o in base.offerings for other in o.combines
        }
        self._ids = {name: {row.id for row in getattr(base, name)} for name in ("companies", "courses", "areas", "sites")}
        self._cents = base_cents(base)
        self._doubt = lru_cache(REMEMBERED)(self._why_none)
        self._runs = lru_cache(None)(self._runs_of)

    def check(self, company: str, documents: Sequence[Mapping[str, Any]]) -> tuple[Demand, ...]:
        """Return the demand lines of a company; documents are those of an instance, with `company` as given.

        Raises
        ------
        InstanceError
            With all problems at once, at pointers such as `/demands/0/count`.
        """
        try:
            lines = tuple(Demand.model_validate(document) for document in documents)
        except ValidationError:
            small = self._part(company, ()).model_dump(mode="json")
            instance_from_dict({**small, "demands": [dict(document) for document in documents]})
            raise  # never: the reader refuses what the record refuses
        positions: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            positions.setdefault(line.id, []).append(number)

        def locate(place: Place) -> list[str]:
            found = positions.get(place.key[0], []) if place.collection == "demands" and place.key else []
            ending = f"/{place.field}" if place.field else ""
            return [f"/demands/{number}{ending}" for number in found] or by_id(place)

        told = [
            finding.problem(locate)
            for finding in contradictions_of_lines(self._for_checks(company, lines), self._ids, self._cents)
            if finding.code == "numeric-range" or any(place.collection == "demands" for place in finding.places)
        ]
        if told:
            raise InstanceError(told)
        return lines

    def doubts(self, lines: Sequence[Demand]) -> list[Doubt]:
        """Return the lines that no class of the base could seat, each with the rule that keeps it out most often."""
        found = []
        for number, line in enumerate(lines):
            code = self._doubt(
                line.model_copy(update={"id": "line", "count": line.min_part if not line.together else line.count})
            )
            found += [Doubt(number, code)] if code else []
        return found

    def _why_none(self, line: Demand) -> str:
        """Return the rule that keeps a line out of most runs; empty where it may attend one."""
        small = Instance.model_construct(**self._part(line.company, (line,)).__dict__)
        blockers, kept_out = Blockers(small), dict[str, int]()
        for run in self._runs(line.course):
            rejections = blockers.of(line, run)
            if not rejections:
                return ""
            for rejection in rejections:
                kept_out[rejection.rule] = kept_out.get(rejection.rule, 0) + 1
        return max(sorted(kept_out), key=lambda rule: kept_out[rule], default="class_size")

    def _runs_of(self, course: str) -> tuple[Run, ...]:
        part = self._part("", ())
        offerings = tuple(o for o in part.offerings if course in (o.course, *(other.course for other in o.combines)))
        runs, _ = list_runs(Instance.model_construct(**{**part.__dict__, "offerings": offerings}))
        return tuple(runs)

    def _for_checks(self, company: str, lines: tuple[Demand, ...]) -> InstanceRecords:
        """Return what the checks of lines look at: the lines, their company, their courses, an offering of each."""
        asked = sorted({line.course for line in lines})
        fields: dict[str, Any] = {
            **self._nothing,
            "courses": tuple(self.courses[course] for course in asked if course in self.courses),
            "offerings": tuple({o.id: o for o in (self._offering_of.get(course) for course in asked) if o is not None}.values()),
            "companies": (self.companies[company],) if company in self.companies else (),
            "demands": lines,
        }
        return InstanceRecords.model_construct(None, **fields)

    def _part(self, company: str, lines: tuple[Demand, ...]) -> InstanceRecords:
        """Return the base with one company, its lines, and the offerings of their courses; nothing is validated again."""
        own: tuple[Company, ...] = (self.companies[company],) if company in self.companies else ()
        asked = {line.course for line in lines}
        offerings = self.base.offerings
        if lines:
            offerings = tuple(o for o in offerings if o.course in asked or any(other.course in asked for other in o.combines))
        distances = tuple(d for d in self.base.distances if d.company in (None, company)) if lines else ()
        empty: dict[str, Any] = dict.fromkeys(_OF_LINES, ())
        return InstanceRecords.model_construct(
            **{**self._fields, **empty, "companies": own, "demands": lines, "offerings": offerings, "distances": distances}
        )
