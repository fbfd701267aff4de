"""Half days and mixed release: which days and halves a class takes, and what rooms and instructors have left."""

import pytest

from cohort_opt.planning import propose
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Absence, Block, DatePeriod, DayRelease, Mixed, Pin
from cohort_opt.problem.runs import list_runs
from cohort_opt.problem.sheets.cells import from_text, to_cell
from cohort_opt.problem.sheets.layout import Kind
from cohort_opt.verification.verify import verify
from tests.builders import calendar, course, day, demand, instructor, make_instance, offering
from tests.cohort_opt.verification.plans import broken, plan, planned, week_from

MIXED = Mixed(kind="mixed", days=3, weeks=2)


def half(part, days=5):
    return Block(kind="block", days=days, part=part)


@pytest.mark.parametrize(
    ("closed", "dates"),
    [
        # Monday to Wednesday, then the two Mondays after.
        (None, [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)]),
        # The second Monday is closed: its week is skipped.
        ((1, 0), [(0, 0), (0, 1), (0, 2), (2, 0), (3, 0)]),
        # Tuesday is closed: the block goes on to Thursday.
        ((0, 1), [(0, 0), (0, 2), (0, 3), (1, 0), (2, 0)]),
    ],
)
def test_a_mixed_release_is_a_block_and_then_its_first_weekday(closed, dates):
    periods = (DatePeriod(first=day(*closed), last=day(*closed)),) if closed else ()
    instance = make_instance(
        courses=[course(patterns=(MIXED,))],
        calendar=calendar(closed=periods),
        demands=[demand("acme-drilling", count=8, patterns=("mixed",))],
    )
    (run,) = find_candidates(instance).runs
    assert (run.id, run.kind) == ("drilling-academy/2027-03-01/mixed3-2", "mixed")
    assert run.dates == tuple(day(*where) for where in dates)
    assert broken(instance, planned({"acme-drilling": 8}, pattern="mixed3-2", dates=run.dates)) == ()
    late = (*run.dates[:-1], run.dates[-1] + (day(1) - day()))
    assert broken(instance, planned({"acme-drilling": 8}, pattern="mixed3-2", dates=late)) == ("release_pattern",)


def test_a_block_of_five_days_is_followed_by_the_next_monday():
    instance = make_instance(courses=[course(patterns=(Mixed(kind="mixed", days=5, weeks=1),))])
    assert list_runs(instance)[0][0].dates[-1] == day(weeks=1)
    longer = make_instance(courses=[course(patterns=(Mixed(kind="mixed", days=6, weeks=1),))])
    # The sixth day is the second Monday itself; the first one after it is the third.
    assert list_runs(longer)[0][0].dates[-2:] == (day(weeks=1), day(weeks=2))


def test_only_lines_that_name_it_accept_a_mixed_release():
    instance = make_instance(courses=[course(patterns=(MIXED,))])
    assert find_candidates(instance).problem.num_arcs == 0


def _two(first, second):
    """Return two courses that want the one bay and the one instructor in the same week."""
    return make_instance(
        courses=[course("drilling", patterns=(half(first),)), course("sawing", patterns=(half(second),))],
        offerings=[offering(), offering("sawing-academy", course="sawing")],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
    )


@pytest.mark.parametrize(
    ("first", "second", "classes"),
    [("morning", "afternoon", 2), ("morning", "morning", 1), ("day", "afternoon", 1), ("day", "day", 1)],
)
def test_a_morning_leaves_the_afternoon_to_another_class(first, second, classes):
    proposal = propose(_two(first, second))
    assert proposal.status == "optimal"
    assert len(proposal.classes) == classes


def _both(first, second):
    ids = {"day": "block5", "morning": "block5am", "afternoon": "block5pm"}
    sawing = {"offering": "sawing-academy", "course": "sawing", "pattern": ids[second]}
    return planned({"acme-drilling": 8}, pattern=ids[first]), planned({"bolt-sawing": 8}, **sawing)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("morning", "afternoon", ()), ("afternoon", "afternoon", ("room_capacity", "instructor_capacity")),
     ("day", "morning", ("room_capacity", "instructor_capacity"))],
)  # fmt: skip
def test_the_judge_counts_classes_in_each_half(first, second, expected):
    assert broken(_two(first, second), *_both(first, second)) == expected


def test_the_message_names_the_half():
    instance = _two("day", "morning").model_copy(update={"instructors": (instructor(count=2),)})
    report = verify(instance, plan(*_both("day", "morning")))
    assert report.violations[0].message.startswith("RoomPool[bay] on 2027-03-01: 2 classes want one")


def test_rows_are_named_by_half_and_whole_days_give_one_row():
    assert [name for name in find_candidates(_two("day", "morning")).problem.capacity.names if "room" in name] == [
        "room_capacity[bay,2027-03-01,morning]"
    ]
    assert len(find_candidates(_two("morning", "afternoon")).problem.capacity) == 0
    assert "room_capacity[bay,2027-03-01]" in find_candidates(_two("day", "day")).problem.capacity.names


def test_half_days_count_half_for_instructors_and_whole_for_companies():
    # Five mornings are two and a half days.
    for most, expected in ((3, ()), (2, ("instructor_hours",))):
        instance = make_instance(courses=[course(patterns=(half("morning"),))], instructors=[instructor(max_days_per_week=most)])
        assert broken(instance, planned(pattern="block5am")) == expected
        assert bool(find_candidates(instance).runs) == (not expected)


def test_the_day_of_an_absence_is_closed_in_both_halves():
    away = Absence(first=day(days=2), last=day(days=2))
    instance = make_instance(courses=[course(patterns=(half("afternoon"),))], instructors=[instructor(absences=(away,))])
    assert [r.rule for r in find_candidates(instance).rejected] == ["instructor_capacity"]


def test_pins_in_two_halves_of_a_day_do_not_clash():
    pins = [
        Pin(demand="acme-drilling", run="drilling-academy/2027-03-01/block5am", count=8),
        Pin(demand="bolt-sawing", run="sawing-academy/2027-03-01/block5pm", count=8),
    ]
    base = _two("morning", "afternoon")
    fields = ("courses", "offerings", "demands")
    instance = make_instance(**{name: getattr(base, name) for name in fields}, pins=pins)
    assert len(propose(instance).classes) == 2


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("mixed 3 2", MIXED),
        ("block 5 unbroken morning", Block(kind="block", days=5, unbroken=True, part="morning")),
        ("day_release 10 afternoon", DayRelease(kind="day_release", weeks=10, part="afternoon")),
    ],
)
def test_a_cell_says_it_in_words(text, pattern):
    document = pattern.model_dump(mode="json")
    assert to_cell(Kind.PATTERNS, [document]) == text
    (read,) = from_text(Kind.PATTERNS, text)
    assert type(pattern).model_validate(read) == pattern


@pytest.mark.parametrize("text", ["mixed 3", "block 5 5", "day_release 10 unbroken", "mixed 3 2 evening"])
def test_a_cell_that_is_no_pattern_is_refused(text):
    with pytest.raises(ValueError, match="must be patterns"):
        from_text(Kind.PATTERNS, text)


def test_a_week_of_five_days_has_the_dates_of_the_base_plan():
    assert list_runs(_two("morning", "morning"))[0][0].dates == week_from(day())
