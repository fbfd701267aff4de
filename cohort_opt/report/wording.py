"""Amounts, dates and verdicts as people read them, the same on the page, in the workbook and in the terminal.

No locale is asked: the same input gives the same text on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.records import Course, Demand
from cohort_opt.proposal import Proposal
from cohort_opt.report.view import View
from cohort_opt.solution import SolveStatus

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STATUS_SENTENCES = {
    SolveStatus.OPTIMAL: "A plan, and a proof that none is cheaper.",
    SolveStatus.FEASIBLE: "A plan, and a bound on how much cheaper a better one could be.",
    SolveStatus.INFEASIBLE: "There is no plan: no set of classes can keep all rules and pins.",
    SolveStatus.NO_SOLUTION_IN_TIME: "There is no plan: the limit came before one was found. Whether one exists is not known.",
    SolveStatus.EMPTY: "There is nothing to plan: nobody asked for a seat.",
}

RULE_SENTENCES = {
    "plan_form": "The plan names only what the instance holds, each class once.",
    "one_seat_per_trainee": "Every trainee has one seat or is counted as waiting.",
    "class_size": "Every class holds between its minimum and its maximum.",
    "travel_limit": "Nobody travels farther than the company accepts.",
    "start_window": "Every class starts between the earliest and the latest day asked for.",
    "weekdays": "Every class day falls on a weekday that the company accepts.",
    "release_pattern": "The dates are those of the pattern, and the company accepts its kind.",
    "company_closed_days": "No class day falls on a day on which the company lets nobody go.",
    "calendar": "All days lie inside the planning period and on no closed day.",
    "room_capacity": "On no day are more rooms in use than there are.",
    "instructor_capacity": "On no day do more classes need an instructor than there are instructors.",
    "parts": "Companies that stay together do, and no part is smaller than asked.",
    "company_absence": "On no day are more trainees of a company away than it allows.",
    "price_cap": "Nobody sits in a class whose seat costs more than the company's limit.",
    "pins": "Every pinned trainee sits where pinned.",
    "bans": "Banned runs stay closed, and banned lines stay out.",
    "offering": "Course, site, room, instructor, start and number of parallel classes are those of the offering.",
    "start_size": "Every class starts with so many that its minimum stays as surely as asked.",
    "class_size_wish": "Nobody who comes only to a class of some size sits in a smaller one.",
    "company_absence_week": "In no week are more trainees of a company away than it allows.",
    "instructor_hours": "In no week do the instructors of a pool teach more days than they may.",
    "instructor_travel": "Nobody teaches a morning and an afternoon at two sites that are too far apart.",
    "unbroken": "No closed day interrupts a block that must be unbroken.",
    "travel_time_limit": "Nobody travels longer than the company accepts.",
    "boarding": "In no week do more trainees stay at a site than it has beds.",
    "practice_share": "Nobody who asks for practice sits in a course with less of it.",
    "instructor_qualification": "Nobody teaches a course without being qualified for it.",
    "room_equipment": "Every class has a room with the equipment that its course needs.",
    "exam_date": "Every class ends before an exam of its course, and not too long before it.",
    "buffer_seats": "In no week do more trainees wait in a workshop for their class than it has buffer seats.",
    "combination": "No class holds more of a combined course than the offering takes.",
    "reservation": "Seats that are kept for a company stay free for it until the day that was named.",
    "firm_minimum": "The minimum of every class is met by firm lines alone.",
    "commitments": "Seats that are frozen, or in classes that have started, are kept.",
    "agreed_price": "A seat costs no more than was agreed for it, whoever joins or leaves.",
    "apart": "Those who are kept apart never share a class.",
    "side_by_side": "Those who sit side by side share every class.",
    "module_order": "Who sits in a following module has a seat in the first one, at the right distance.",
    "budget": "The equal shares of a company stay within its budget.",
    "price_spread": "The dearest and the cheapest seat of a course differ by no more than it allows.",
    "merge": "Classes that will be merged start together with enough for one class, and those expected to stay fit in it.",
    "site_load": "In each year a site holds nobody or at least as many as it opens for.",
    "stand_alone_price": "Who asks for it pays no more than outside, journeys included.",
    "seat_quota": "Seats use no more of a budget, of mentors, of host places or of visits than there is.",
    "support_seats": "Trainees and the support that comes with them find a seat in each class.",
    "objective": "The objective, computed again from the rates, is the one claimed.",
}


def euros(cents: int) -> str:
    """Return cents as `€1,234.56`, negative amounts with a true minus sign."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}€{whole:,}.{rest:02d}"


def whole_euros(cents: int) -> str:
    """Return cents as whole euros, halves away from zero, for headlines."""
    return f"{'−' if cents < 0 else ''}€{(abs(cents) + 50) // 100:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return `1 class` or `4 classes`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def percent(fraction: float) -> str:
    """Return a fraction as `1.3 %`; a gap above zero never reads as zero."""
    if 0 < fraction < 0.0005:
        return "less than 0.1 %"
    return f"{fraction * 100:.1f} %"


def day(date: dt.date, *, year: bool = True) -> str:
    """Return a date as `Mon 1 Mar 2027`."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]}" + (f" {date.year}" if year else "")


def span(first: dt.date, last: dt.date) -> str:
    """Return first and last day; month and year are named once where they are the same."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{WEEKDAYS[first.weekday()]} {first.day} – {day(last)}"
    return f"{day(first, year=first.year != last.year)} – {day(last)}"


def weeks(dates: Sequence[dt.date]) -> str:
    """Return the ISO weeks of the dates as `week 9` or `weeks 9–18`; skipped weeks stay inside the range."""
    first, last = dates[0].isocalendar(), dates[-1].isocalendar()
    if (first.year, first.week) == (last.year, last.week):
        return f"week {first.week}"
    return f"weeks {first.week}–{last.week}"


def pattern(dates: Sequence[dt.date]) -> str:
    """Return how the days lie: `5 days` or, where all fall on one weekday, `10 days, always Tue`."""
    text = counted(len(dates), "day")
    is_day_release = len(dates) > 1 and len({date.weekday() for date in dates}) == 1
    return f"{text}, always {WEEKDAYS[dates[0].weekday()]}" if is_day_release else text


def qualification(course: Course) -> str:
    """Return level and number in the register of a course, or that it is a certificate; empty where neither is told."""
    parts = [] if course.level is None else [f"level {course.level}"]
    if course.crebo is not None:
        parts.append(f"crebo {course.crebo}")
    elif course.certificate_only:
        parts.append("certificate only")
    return " · ".join(parts)


def wish(demand: Demand) -> str:
    """Return what a demand line asked for in one line: start window, distance and what else limits it."""
    parts = [f"start {span(demand.earliest_start, demand.latest_start)}", f"at most {demand.max_travel_km} km"]
    if len(demand.weekdays) < len(Weekday):
        parts.append("only on " + ", ".join(WEEKDAYS[weekday.number] for weekday in demand.weekdays))
    if len(demand.patterns) == 1:
        parts.append({"block": "block", "day_release": "day", "mixed": "mixed"}[demand.patterns[0]] + " release only")
    if demand.together:
        parts.append("all together")
    elif demand.min_part > 1:
        parts.append(f"at least {demand.min_part} in one class")
    if demand.max_travel_minutes is not None:
        parts.append(f"at most {demand.max_travel_minutes} minutes")
    if demand.area is not None:
        parts.append(f"from area {demand.area}")
    if demand.accepts_boarding:
        parts.append("farther if they can stay there")
    if demand.min_practice_percent:
        parts.append(f"at least {demand.min_practice_percent} % practice")
    if demand.min_class_size is not None:
        parts.append(f"only in a class of {demand.min_class_size} or more")
    if demand.max_seat_price_cents is not None:
        parts.append(f"a seat for at most {euros(demand.max_seat_price_cents)}")
    if demand.certainty != "firm":
        parts.append(f"{demand.certainty}, {demand.probability_percent} % sure to come")
    if demand.after is not None:
        longest = "" if demand.max_gap_days is None else f" to {demand.max_gap_days}"
        parts.append(f"{demand.min_gap_days}{longest} days after {demand.after}")
    if demand.not_above_alone:
        parts.append("no dearer than outside")
    return "; ".join(parts)


def headline(view: View) -> str:
    """Return the outcome in one line: `44 of 46 trainees in 4 classes`, or why there is no plan."""
    status = view.proposal.status
    if status is SolveStatus.INFEASIBLE:
        return "No plan is possible"
    if status is SolveStatus.NO_SOLUTION_IN_TIME:
        return "No plan was found in time"
    if status is SolveStatus.EMPTY or not view.asked:
        return "Nothing to plan"
    return f"{view.placed} of {counted(view.asked, 'trainee')} in {counted(len(view.classes), 'class', 'classes')}"


def proof(proposal: Proposal) -> str:
    """Return what is proven about the plan."""
    if proposal.status is SolveStatus.OPTIMAL and not proposal.gap:
        return (
            "proven best: no plan is better by its goals in their order" if proposal.goals else "proven best: no plan is cheaper"
        )
    if proposal.gap is None:
        return "not proven: no bound is known"
    return f"proven within {percent(proposal.gap)} of the best possible"


GOALS = {
    "placed": "trainees without a seat",
    "changes": "price of moved seats",
    "cost": "classes and seats",
    "travel": "journeys and boarding",
    "spread": "dearest less cheapest seat, over all courses",
}
"""What each ordered goal counts."""


def goals(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Return each ordered goal in words, its value and its bound."""
    return [
        (
            f"{number}. {GOALS[goal.name]}",
            _counted(goal.name, goal.value),
            "none" if goal.bound is None else _counted(goal.name, goal.bound),
        )
        for number, goal in enumerate(proposal.goals, start=1)
    ]


def _counted(goal: str, value: int) -> str:
    return str(value) if goal == "placed" else euros(value)


def judged(proposal: Proposal) -> str:
    """Return whether the independent judge passed the plan."""
    return f"checked by an independent verifier: {'yes' if proposal.verified else 'NO'}"
