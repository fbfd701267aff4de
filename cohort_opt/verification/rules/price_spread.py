"""Price spread: the dearest and the cheapest seat of a course differ by at most so much.

max - min over the classes of the course of (ceil(class_fixed_cents / size) + seat_cents) <= max_price_spread_cents
"""

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "price_spread"


def applies(instance: Instance) -> bool:
    """Whether a course limits its spread."""
    return any(course.max_price_spread_cents is not None for course in instance.courses)


def check(case: Case) -> Findings:
    """Yield once for each course with a limit."""
    for course in case.instance.courses:
        if course.max_price_spread_cents is None:
            continue
        prices = []
        for planned in case.solution.classes:
            if planned.course == course.id and planned.size:
                offering = case.given.offerings[planned.offering]
                whole, rest = divmod(case.given.class_fixed_cents(planned), planned.size)
                prices.append((whole + (rest > 0) + offering.seat_cents, planned.id))
        low, high = min(prices, default=(0, "")), max(prices, default=(0, ""))
        message = (
            f"Course[{course.id}]: a seat costs {high[0]} cents in Class[{high[1]}] and {low[0]} in Class[{low[1]}], "
            f"more than {course.max_price_spread_cents} apart"
        )
        yield None if high[0] - low[0] <= course.max_price_spread_cents else Violation(RULE, course.id, message)
