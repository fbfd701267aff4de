"""A generated region while rules are switched on in it: its rows as fields that may still change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cohort_opt.problem.instance import Instance

Row = dict[str, Any]
"""One record as fields."""

NUM_QUIET = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of an instance, to be changed by the switches.

    Parameters
    ----------
    fields
        The instance as Python values; collections are lists.
    quiet
        Ids of the courses that no switch of a course or a line touches: from these come the classes that are already agreed, so
        that a plan exists whatever else is switched on.
    """

    fields: dict[str, Any]
    quiet: frozenset[str]

    @classmethod
    def of(cls, instance: Instance) -> Draft:
        """Return the draft of an instance; quiet are the courses that most trainees ask for, of different trades."""
        fields: dict[str, Any] = _open(instance.model_dump(mode="python"))
        asked: Counter[str] = Counter()
        for demand in instance.demands:
            asked[demand.course] += demand.count
        trade = {course.id: course.trade for course in instance.courses}
        quiet: dict[str, str] = {}
        for course in sorted(asked, key=lambda name: (-asked[name], name)):
            if len(quiet) < NUM_QUIET:
                quiet.setdefault(trade[course], course)
        return cls(fields, frozenset(quiet.values()))

    def instance(self) -> Instance:
        """Return the instance as it is now."""
        return Instance(**self.fields)

    def rows(self, collection: str) -> list[Row]:
        """Return the rows of a collection."""
        found: list[Row] = self.fields[collection]
        return found

    def courses(self) -> list[Row]:
        """Return the courses that are not quiet."""
        return [row for row in self.rows("courses") if row["id"] not in self.quiet]

    def offerings(self) -> list[Row]:
        """Return the offerings of courses that are not quiet."""
        return [row for row in self.rows("offerings") if row["course"] not in self.quiet]

    def lines(self) -> list[Row]:
        """Return the demand lines of courses that are not quiet."""
        return [row for row in self.rows("demands") if row["course"] not in self.quiet]

    def lines_by(self, field: str) -> dict[str, list[Row]]:
        """Return the demand lines of courses that are not quiet, by company or by course."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.lines():
            found[row[field]].append(row)
        return dict(found)

    def paired(self) -> Iterator[frozenset[str]]:
        """Yield each pair of ids that is apart or side by side already."""
        for pair in (*self.rows("apart"), *self.rows("side_by_side")):
            yield frozenset((pair["first"], pair["second"]))


def _open(value: Any) -> Any:
    """Return rows that may change: tuples of the dump become lists."""
    if isinstance(value, dict):
        return {name: _open(part) for name, part in value.items()}
    return [_open(part) for part in value] if isinstance(value, (tuple, list)) else value
