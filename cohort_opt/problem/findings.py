"""A contradiction between records, before it is known where in which file they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cohort_opt.errors import InputProblem

KEYS: Mapping[str, tuple[str, ...]] = {
    "companies": ("id",),
    "courses": ("id",),
    "sites": ("id",),
    "rooms": ("id",),
    "instructors": ("id",),
    "offerings": ("id",),
    "demands": ("id",),
    "areas": ("id",),
    "distances": ("company", "area", "site"),
    "site_distances": ("first", "second"),
    "pins": ("demand", "run"),
    "bans": ("run", "demand"),
    "commitments": ("demand", "run"),
    "apart": ("first", "second"),
    "side_by_side": ("first", "second"),
    "grants": ("id",),
    "grant_pots": ("id",),
    "seat_quotas": ("id",),
    "starter_tests": ("id",),
}
"""The fields that name a row of each collection; two rows with the same key are one row too many."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a row, or of the instance itself (`collection` is then `calendar` or `prices`, with an empty key)."""

    collection: str
    key: tuple[str, ...] = ()
    field: str = ""


Locate: TypeAlias = Callable[[Place], list[str]]
"""Turns a place into the pointers or cells where it was read, at least one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: what an `InputProblem` says, with places instead of pointers.

    Parameters
    ----------
    places
        All places that take part, the one to mend first.
    every
        Whether every row with the key of a place takes part (rows that are given twice), not only the first.
    """

    code: str
    subject: str
    value: object
    rule: str
    remedy: str
    places: tuple[Place, ...]
    every: bool = False

    def problem(self, locate: Locate) -> InputProblem:
        """Return the finding with the places where a reader found the records."""
        found = [pointer for place in self.places for pointer in locate(place)[: None if self.every else 1]]
        return InputProblem(self.code, self.subject, shown(self.value), self.rule, self.remedy, found[0], tuple(found[1:11]))


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read because of errors of its own, so that nothing is concluded from its absence.

    Parameters
    ----------
    sections
        Collections with at least one row that was left out, `calendar` or `prices`.
    ids
        Ids of the rows left out, by collection.
    """

    sections: frozenset[str] = frozenset()
    ids: Mapping[str, Container[str]] = field(default_factory=dict)


NOTHING_UNREAD = Unread()


def key_of(collection: str, record: Any) -> tuple[str, ...]:
    """Return the key of a record, or of a row as it stands in a document; parts that are missing are empty text."""
    row = record if isinstance(record, Mapping) else None
    values = [row.get(name) if row is not None else getattr(record, name) for name in KEYS[collection]]
    return tuple(unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else "" for value in values)


def name_of(collection: str, record: Any) -> str:
    """Return the row as a person names it: `Demand[acme-drilling]`, `Pin[acme-drilling, drilling/2027-03-01/block5]`."""
    return f"{type(record).__name__}[{', '.join(part for part in key_of(collection, record) if part)}]"


def by_id(place: Place) -> list[str]:
    """Locate a place by the key of its row, for records that were read from no file: `/demands/acme-drilling/count`."""
    parts = [place.collection, ", ".join(part for part in place.key if part), place.field]
    return ["/" + "/".join(part for part in parts if part)]


def shown(value: object) -> str:
    """Return a value as text of at most 80 characters, safe to print: no control characters, no endless figures."""
    if isinstance(value, int) and value.bit_length() > 200:
        return "a whole number of more than 60 digits"
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:81])
    return text if len(text) <= 80 else text[:77] + "..."
