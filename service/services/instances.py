"""Reading instances at the wall: the library judges the content, the service its size."""

from __future__ import annotations

from typing import Any

from cohort_opt import Instance, InstanceError, instance_from_dict
from service.problems import Flaw, Refusal, from_instance_error


def read_instance(document: dict[str, Any], prefix: str = "") -> Instance:
    """Return the instance of a document.

    Raises
    ------
    Refusal
        With every problem, at pointers that start with `prefix`.
    """
    try:
        return instance_from_dict(document)
    except InstanceError as error:
        raise from_instance_error(error, prefix) from None


def estimate_variables(instance: Instance) -> int:
    """Return how many pairs of demand line and possible start a model would look at, without building anything."""
    lines = dict.fromkeys((course.id for course in instance.courses), 0)
    for demand in instance.demands:
        lines[demand.course] += 1
    patterns = {course.id: len(course.patterns) for course in instance.courses}
    total = 0
    for offering in instance.offerings:
        first = max(offering.first_start, instance.calendar.start)
        last = min(offering.last_start, instance.calendar.end)
        weeks = max((last - first).days // 7 + 1, 0)
        starts = (weeks // offering.every_weeks + 1) * len(offering.start_weekdays) * patterns[offering.course]
        total += starts * (lines[offering.course] + 1)
    return total


def check_size(instance: Instance, max_variables: int, prefix: str = "") -> int:
    """Return the estimate.

    Raises
    ------
    Refusal
        `scenario-too-large`, before a model is built.
    """
    estimate = estimate_variables(instance)
    if estimate > max_variables:
        detail = (
            f"The instance asks for about {estimate} variables, more than the {max_variables} that this service takes; "
            "split it by trade or region, or shorten the calendar."
        )
        raise Refusal("scenario-too-large", detail, (Flaw(f"{prefix}/offerings", "scenario-too-large", detail),))
    return estimate
