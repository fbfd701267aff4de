"""What each starter test shows, in one sentence: by which trainees it is kept, or in which year it is missed and by how many."""

from __future__ import annotations

from cohort_opt.explanation.sentence import say
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Reason
from cohort_opt.solution import Solution
from cohort_opt.verification.case import Case
from cohort_opt.verification.given import Given
from cohort_opt.verification.starters import StarterResult, starter_results


def told_starter_tests(instance: Instance, plan: Solution) -> tuple[tuple[StarterResult, Reason], ...]:
    """Return the result of each test of a well-formed plan with its sentence, by id of the test."""
    return tuple((result, _said(result)) for result in starter_results(Case(Given(instance), plan)))


def _said(result: StarterResult) -> Reason:
    test, year = result.test, result.weakest
    named: dict[str, int | str] = {"test": test.name, "min_starters": test.min_starters}
    if result.outcome == "kept":
        return say(
            "starters", "{test}: kept. Firm lines alone bring {firm} or more in each of {years} years, {min_starters} are asked.",
            **named, years=test.years, firm=year.firm,
        )  # fmt: skip
    if result.outcome == "likely":
        return say(
            "starters",
            "{test}: likely. Firm lines and the probability of the others bring {expected} or more in each of {years} years, "
            "{min_starters} are asked.",
            **named, years=test.years, expected=year.expected_hundredths // 100,
        )  # fmt: skip
    if result.outcome == "possible":
        return say(
            "starters",
            "{test}: possible. {starters} or more start in each of {years} years only if all come, {min_starters} are asked.",
            **named, years=test.years, starters=year.everybody,
        )  # fmt: skip
    return say(
        "starters",
        "{test}: missed. In the year from {from_day} {starters} start where {min_starters} are asked: {missing} are missing; "
        "{asked} could start in that year.",
        **named, from_day=year.first.isoformat(), starters=year.everybody, missing=test.min_starters - year.everybody,
        asked=year.asked,
    )  # fmt: skip
