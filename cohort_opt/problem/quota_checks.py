"""Contradictions in grants and quotas, named before anything is solved, with both ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from cohort_opt.problem.findings import Finding, Place, key_of, name_of
from cohort_opt.problem.records import InstanceRecords, QuotaUse


def _row(collection: str, record: Any, field: str, code: str, value: object, rule: str, remedy: str) -> Finding:
    places = (Place(collection, key_of(collection, record), field),)
    return Finding(code, name_of(collection, record), value, rule, remedy, places)


def _steps(records: InstanceRecords) -> Iterator[Finding]:
    for grant in records.grants:
        for first, last in (("first_size", "last_size"), ("first_seat", "last_seat")):
            low, high = getattr(grant, first), getattr(grant, last)
            if low > high:
                yield _row("grants", grant, last, "out-of-range", high, f"lies below {first}, {low}", "swap the two")


def _uses(records: InstanceRecords) -> Iterator[Finding]:
    known = {demand.id for demand in records.demands}
    for quota in records.seat_quotas:
        for name in sorted({name for use in quota.uses for name in use.demands} - known):
            yield _row("seat_quotas", quota, "uses", "unknown-reference", name, "demands has no row with this id",
                       "add it to demands or correct the id")  # fmt: skip
        for use in quota.uses:
            if (period := _backwards(use)) is not None:
                yield _row("seat_quotas", quota, "uses", "start-after-end", period, "the period ends before it starts",
                           "swap the two dates")  # fmt: skip


def _backwards(use: QuotaUse) -> str | None:
    for first, last in ((use.starts_from, use.starts_until), (use.ends_from, use.ends_until)):
        if first and last and first > last:
            return f"{first} to {last}"
    return None


def _allowances(records: InstanceRecords) -> Iterator[Finding]:
    for quota in records.seat_quotas:
        used = {(use.block, use.step) for use in quota.uses}
        counts = Counter((row.block, row.step) for row in quota.allowances)
        for (block, step), number in sorted(counts.items()):
            if (block, step) not in used:
                yield _row("seat_quotas", quota, "allowances", "unknown-reference", f"{block}, {step}",
                           "no use of the quota belongs to this block and step", "correct it, or drop the allowance")  # fmt: skip
            if number > 1:
                yield _row("seat_quotas", quota, "allowances", "duplicate-line", f"{block}, {step}",
                           f"has {number} allowances", "keep one of them")  # fmt: skip


QUOTA_CHECKS: tuple[tuple[Callable[[InstanceRecords], Iterator[Finding]], frozenset[str]], ...] = (
    (_steps, frozenset()),
    (_uses, frozenset({"demands"})),
    (_allowances, frozenset()),
)
"""(check, sections that it needs whole)"""
