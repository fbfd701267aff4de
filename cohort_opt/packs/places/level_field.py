"""Level field: a provider that is subsidised by its own client is named, and its price shown with and without; nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cohort_opt.packs.places.finding import PlaceFinding
from cohort_opt.packs.places.records import Places
from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.instance import Instance
from cohort_opt.solution import PlannedClass


def level_field(instance: Instance, places: Places, classes: Iterable[PlannedClass]) -> Iterator[PlaceFinding]:
    """Yield for each class at a subsidised provider its seat price as it is, and as it would be without the subsidy."""
    offerings, costs = {offering.id: offering for offering in instance.offerings}, ClassCosts.of(instance)
    flags = {flag.site: flag for flag in places.subsidised}
    for planned in sorted(classes, key=lambda c: c.id):
        flag, offering = flags.get(planned.site), offerings[planned.offering]
        if flag is not None:
            whole = costs.fixed_cents(planned) + offering.seat_cents * planned.size
            yield PlaceFinding(
                "level_field",
                planned.id,
                {
                    "by": flag.by,
                    "with_cents": -(-whole // planned.size),
                    "without_cents": -(-(whole + flag.cents_per_class) // planned.size),
                },
            )
