"""What a starter test says: its outcome in a word, and in which year how many are missing."""

from cohort_opt import propose
from cohort_opt.explanation.sentence import in_language
from cohort_opt.explanation.starters import told_starter_tests
from cohort_opt.problem.records import StarterTest
from cohort_opt.verification.hearing import plan_of
from tests.builders import MONDAY, demand, make_instance


def said(least, years=1, language="en", **changes):
    """Return the sentence of a test on the base instance: nine start in the class of 1 March 2027."""
    test = StarterTest(id="school", name="School of Drilling", min_starters=least, years=years, first=MONDAY)
    instance = make_instance(starter_tests=[test], **changes)
    ((_, reason),) = told_starter_tests(instance, plan_of(propose(instance)))
    return in_language(reason, language).sentence


def test_a_kept_test_says_how_many_firm_ones_there_are():
    assert said(8) == "School of Drilling: kept. Firm lines alone bring 9 or more in each of 1 years, 8 are asked."


def test_a_missed_test_names_the_year_and_how_many_are_missing():
    assert said(12) == (
        "School of Drilling: missed. In the year from 1 Mar 2027 9 start where 12 are asked: 3 are missing; 9 could start in "
        "that year."
    )


def test_likely_and_possible_are_told_apart():
    # Eight firm ones and four who may come: 8 + 4 x 50 % = 10 expected, 12 in all.
    lines = [
        demand("acme-drilling", count=8), demand("bolt-drilling", count=4, certainty="maybe", probability_percent=50),
    ]  # fmt: skip
    assert said(10, demands=lines).startswith("School of Drilling: likely.")
    assert said(11, demands=lines).startswith("School of Drilling: possible. 12 or more start")


def test_it_is_told_in_dutch_and_german():
    assert said(12, language="nl").startswith("School of Drilling: niet gehaald. In het jaar vanaf 1 mrt 2027 beginnen er 9")
    assert said(12, language="de").startswith("School of Drilling: verfehlt. Im Jahr ab 1. März 2027 beginnen 9")
