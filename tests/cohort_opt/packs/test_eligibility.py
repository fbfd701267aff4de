import itertools
import random

import pytest

from cohort_opt.packs.class_setting import seated_line
from cohort_opt.packs.eligibility import Tally, both, eligibility
from tests.builders import course, make_instance, offering, release, room, site, two_companies_one_class


@pytest.fixture
def judge(pack, scheme, facts, first_run):
    """Judge the five trainees of acme-drilling in a class of nine under one scheme."""

    def run(conditions, answers=None, instance=None, size=9, courses=(), **fields):
        instance = instance or two_companies_one_class()
        rules = pack([scheme(conditions=conditions)])
        stated = facts({"acme-drilling": answers or {}}, courses, **fields)
        line = seated_line(instance, "acme-drilling", 5)
        return eligibility(instance, rules, rules.schemes[0], stated, first_run(instance, size), line)

    return run


def counts(judged):
    return judged.tally.yes, judged.tally.no, judged.tally.ask


def test_what_nobody_stated_must_be_asked_and_is_named(judge):
    judged = judge([{"kind": "counted", "topic": "jobs_register"}])
    assert counts(judged) == (0, 0, 5)
    assert judged.missing == ("jobs-register",)


def test_the_counts_of_the_company_are_the_answer(judge):
    assert counts(judge([{"kind": "counted", "topic": "jobs_register"}], {"jobs-register": (2, 1, 2)})) == (2, 1, 2)


@pytest.mark.parametrize(
    ("age", "rule"),
    [
        ({"reference": "birth_date_cutoff", "born_before": "2001-01-01"}, "age.born-before-2001-01-01"),
        ({"reference": "first_benefit_day", "at_least": 55}, "age.55-on-first-benefit-day"),
        ({"reference": "first_course_day", "at_least": 50}, "age.50-on-first-course-day"),
        ({"reference": "employment_start", "at_least": 56}, "age.56-on-employment-start"),
        (
            {"reference": "employment_start", "at_least": 56, "started_before": "2024-01-01"},
            "age.56-on-employment-start.started-before-2024-01-01",
        ),
    ],
)
def test_each_of_the_four_age_dates_is_a_question_of_its_own(judge, age, rule):
    condition = {"kind": "age", **age}
    assert judge([condition]).missing == (rule,)
    assert counts(judge([condition], {rule: (1, 4, 0)})) == (1, 4, 0)


def test_an_answer_to_another_age_date_does_not_count(judge):
    condition = {"kind": "age", "reference": "first_course_day", "at_least": 55}
    assert counts(judge([condition], {"age.55-on-first-benefit-day": (5, 0, 0)})) == (0, 0, 5)


def test_the_level_of_the_course_must_be_stated(judge):
    condition = [{"kind": "course_level", "at_most": 2}]
    assert judge(condition).missing == ("course.drilling.level",)
    assert counts(judge(condition, courses=[{"course": "drilling", "level": 2}])) == (5, 0, 0)
    assert counts(judge(condition, courses=[{"course": "drilling", "level": 3}])) == (0, 5, 0)


def test_a_certificate_course_is_no_whole_diploma(judge):
    assert counts(judge([{"kind": "whole_diploma"}], courses=[{"course": "drilling", "whole_diploma": False}])) == (0, 5, 0)
    assert counts(judge([{"kind": "whole_diploma"}], courses=[{"course": "drilling", "whole_diploma": True}])) == (5, 0, 0)


def test_the_course_of_the_instance_tells_what_the_facts_do_not(judge):
    told = make_instance(courses=[course(level=2, certificate_only=True)])
    level, diploma = [{"kind": "course_level", "at_most": 2}], [{"kind": "whole_diploma"}]
    assert counts(judge(level, instance=told)) == (5, 0, 0)
    assert counts(judge(diploma, instance=told)) == (0, 5, 0)
    assert counts(judge(level, instance=told, courses=[{"course": "drilling", "level": 3}])) == (0, 5, 0)


def test_hours_are_judged_at_both_sides_of_the_edge(judge):
    condition = [{"kind": "min_hours", "of": "practice", "hours": 610}]
    assert [judge(condition, courses=[{"course": "drilling", "practice_hours": h}]).tally.yes for h in (609, 610)] == [0, 5]


def test_class_size_is_judged_at_both_sides_of_the_edge(judge):
    assert [judge([{"kind": "min_class_size", "seats": 9}], size=size).tally.yes for size in (8, 9)] == [0, 5]
    assert [judge([{"kind": "max_class_size", "seats": 9}], size=size).tally.yes for size in (9, 10)] == [5, 0]


def test_weeks_are_calendar_weeks_with_a_class_day(judge):
    # A block of five days from a Monday lies in one week.
    assert judge([{"kind": "min_weeks", "weeks": 1}]).tally.yes == 5
    assert judge([{"kind": "min_weeks", "weeks": 2}]).tally.no == 5
    assert judge([{"kind": "max_weeks", "weeks": 1}]).tally.yes == 5


def test_a_day_release_is_no_unbroken_block(judge):
    released = make_instance(courses=[two_companies_one_class().courses[0].model_copy(update={"patterns": (release(5),)})])
    assert judge([{"kind": "unbroken_block"}]).tally.yes == 5
    assert judge([{"kind": "unbroken_block"}], instance=released).tally.no == 5


def elsewhere(*more_sites, **changes):
    sites = [site("academy", municipality="Delft"), *more_sites]
    return make_instance(sites=sites, **changes)


def test_a_venue_outside_the_area_is_refused_unless_nobody_gives_the_course_inside(judge):
    strict, lenient = [{"kind": "same_area"}], [{"kind": "same_area", "unless_no_offer": True}]
    assert judge(strict).tally.yes == 5
    assert judge(strict, instance=elsewhere()).tally.no == 5
    assert judge(lenient, instance=elsewhere()).tally.yes == 5


def test_an_offer_at_home_takes_the_exception_away(judge):
    home = elsewhere(
        site("home"),
        rooms=[room(), room("b", site="home")],
        offerings=[offering(), offering("z-home", site="home", room="b")],
    )
    assert judge([{"kind": "same_area", "unless_no_offer": True}], instance=home).tally.no == 5


def test_attendance_is_taken_as_kept_and_named_as_later(judge):
    judged = judge([{"kind": "attendance", "percent": 80}])
    assert (counts(judged), judged.later) == ((5, 0, 0), ("attendance.80",))


def test_a_trial_placement_asks_for_length_permission_insurance_and_prospect(judge):
    kept = [{"kind": "benefit_kept"}]
    assert judge(kept).missing == (
        "benefit-kept.insured",
        "benefit-kept.permission-before-start",
        "benefit-kept.prospect-6-months",
        "line.acme-drilling.trial-months",
    )
    answers = {
        "benefit-kept.permission-before-start": (5, 0, 0),
        "benefit-kept.insured": (4, 0, 1),
        "benefit-kept.prospect-6-months": (5, 0, 0),
    }
    judged = judge(kept, answers, trial_months=2)
    assert (counts(judged), judged.missing) == ((4, 0, 1), ("benefit-kept.insured",))


@pytest.mark.parametrize(("months", "answer"), [(1, "no"), (2, "yes"), (6, "yes"), (7, "no")])
def test_a_trial_placement_lasts_two_to_six_months(judge, months, answer):
    assert judge([{"kind": "benefit_kept"}], trial_months=months).verdicts[0].answer == answer


def test_another_trade_is_not_covered(pack, scheme, facts, first_run):
    instance = two_companies_one_class()
    for trade, yes in (("concrete", 5), ("roofing", 0)):
        rules = pack([scheme(trades=[trade])])
        line = seated_line(instance, "acme-drilling", 5)
        assert eligibility(instance, rules, rules.schemes[0], facts(), first_run(instance, 9), line).tally.yes == yes


TWO = [{"kind": "counted", "topic": "jobs_register"}, {"kind": "counted", "topic": "placement_agreement"}]


def test_two_counts_leave_open_how_many_meet_both(judge):
    # 4 and 3 of 5: at least 4 + 3 - 5 = 2 meet both, at least max(1, 2) = 2 fail; 1 must be asked, for both rules at once.
    judged = judge(TWO, {"jobs-register": (4, 1, 0), "placement-agreement": (3, 2, 0)})
    assert (counts(judged), judged.missing) == ((2, 2, 1), ("jobs-register+placement-agreement",))


def test_a_joint_answer_closes_the_question(judge):
    single = {"jobs-register": (4, 1, 0), "placement-agreement": (3, 2, 0)}
    assert counts(judge(TWO, {**single, "jobs-register+placement-agreement": (3, 2, 0)})) == (3, 2, 0)


def test_one_no_for_the_whole_class_settles_everything(judge):
    judged = judge([{"kind": "min_class_size", "seats": 10}, *TWO])
    assert (counts(judged), judged.fails, judged.missing) == ((0, 5, 0), ("min-class-size.10",), ())


def test_the_bounds_over_several_rules_are_those_of_all_possible_persons():
    """Enumerate who could have which answer: yes is what holds in every world, no what fails in every world."""
    dice = random.Random(7)
    for _ in range(60):
        count, rules = dice.randint(1, 4), dice.randint(2, 3)
        tallies = []
        for _ in range(rules):
            yes = dice.randint(0, count)
            no = dice.randint(0, count - yes)
            tallies.append(Tally(yes, no, count - yes - no))
        numbers = [sum(all(world[i]) for i in range(count)) for world in _worlds(tallies)]
        found = both(*tallies)
        assert (found.yes, count - found.no) == (min(numbers), max(numbers)), tallies


def _worlds(tallies):
    """Yield every way in which persons can meet the rules: world[person] = (meets rule 1, meets rule 2, ...)."""
    count = tallies[0].count
    choices = []
    for tally in tallies:
        vectors = itertools.product((False, True), repeat=count)
        choices.append([v for v in vectors if tally.yes <= sum(v) <= tally.yes + tally.ask])
    for combination in itertools.product(*choices):
        yield list(zip(*combination, strict=True))


def test_whoever_is_seated_some_of_them_are_eligible():
    # 3 yes, 1 no, 1 ask of 5; with 4 seated at least 3 - 1 = 2 are eligible, at most 4.
    assert [Tally(3, 1, 1).seats(x) for x in range(6)] == [(0, 0), (0, 1), (0, 2), (1, 3), (2, 4), (3, 4)]
