"""Lines that never meet, and lines that always do."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.fields import Id
from cohort_opt.problem.records.record import Record


class Apart(Record):
    """Two demand lines, or all lines of two companies, that never sit in one class (competitors, one crew).

    Attributes
    ----------
    first, second
        Ids of two demand lines, or of two companies.
    of
        Which of the two the ids name: `demands` or `companies`.
    """

    first: Id
    second: Id
    of: Literal["demands", "companies"] = "demands"


class SideBySide(Record):
    """Two demand lines of which a class holds both or neither.

    Attributes
    ----------
    first, second
        Ids of the two demand lines.
    """

    first: Id
    second: Id
