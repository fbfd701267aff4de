"""What a repair may change, one file per kind: each yields scenarios that could place the waiting trainees of a line.

A new kind is one file and one line here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cohort_opt.analysis.relaxations import (
    absence,
    as_it_is,
    class_maximum,
    class_minimum,
    class_parallel,
    instructor,
    more_trainees,
    pin,
    price_cap,
    room,
    start_window,
    travel,
)
from cohort_opt.analysis.relaxations.kind import Question, Relaxation, RelaxationKind

__all__ = ["RELAXATIONS", "Question", "Relaxation", "RelaxationKind"]

RELAXATIONS: Mapping[str, RelaxationKind] = MappingProxyType(
    {
        "as_it_is": as_it_is.relaxations,
        "class_minimum": class_minimum.relaxations,
        "class_maximum": class_maximum.relaxations,
        "class_parallel": class_parallel.relaxations,
        "start_window": start_window.relaxations,
        "travel": travel.relaxations,
        "room": room.relaxations,
        "instructor": instructor.relaxations,
        "price_cap": price_cap.relaxations,
        "absence": absence.relaxations,
        "pin": pin.relaxations,
        "more_trainees": more_trainees.relaxations,
    }
)
"""Kind -> the function that yields its relaxations for a question, gentlest first."""
