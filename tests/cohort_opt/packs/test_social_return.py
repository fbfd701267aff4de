import datetime as dt

import pytest

from cohort_opt.packs.samples import sample_packs
from cohort_opt.packs.social_return import Contract, StatedStanding, fact_sheet
from cohort_opt.packs.wording import LANGUAGES
from tests.builders import two_companies_one_class

ANSWERS = {
    "placement-agreement": (5, 0, 0),
    "jobs-register": (0, 5, 0),
    "municipal-benefit": (0, 5, 0),
    "unemployment-benefit": (0, 5, 0),
    "age.55-on-employment-start": (0, 5, 0),
    "age.50-on-employment-start": (0, 5, 0),
}


@pytest.fixture
def sheet(facts, planned):
    """Return the sheet of acme's contract: two of its five trainees sit in the class."""

    def run(municipality, euros, seats=2, standing=None, answers=ANSWERS, **changes):
        instance = two_companies_one_class()
        stated = facts({"acme-drilling": answers}, [{"course": "drilling", "level": 2}])
        contract = Contract(id="bridge", company="acme", municipality=municipality, sum_cents=euros * 100, **changes)
        classes = [planned(instance, {"acme-drilling": seats, "bolt-drilling": 4})]
        return fact_sheet(instance, sample_packs(), stated, classes, contract, standing)

    return run


def test_the_clause_asks_less_where_there_is_little_labour():
    # Leidschendam-Voorburg: 5 % of the sum, 2 % if the labour share is below 30 %.
    clause = {"id": "c", "company": "acme", "municipality": "Leidschendam-Voorburg", "sum_cents": 100_000_000,
              "percent": 5, "reduced_percent": 2, "reduced_below": 30}  # fmt: skip
    shares = [Contract(**clause, labour_share_percent=share).obligation_cents for share in (29, 30)]
    assert shares == [2_000_000, 5_000_000]


def test_the_town_that_awards_the_contract_decides_what_a_place_counts(sheet):
    # Two trainees: Leiden 2 * 25,000; Delft 2 * 50,000 plus the price of two seats at cost
    # (950,000 + 6 * 18,500) / 6 = 176,833 cents each; acme itself stands in Rotterdam, whose table is not known.
    assert sheet("Leiden", 1_000_000).total.low == 5_000_000
    assert sheet("Delft", 1_000_000).total.low == 10_000_000 + 2 * 176_833
    assert sheet("Rotterdam", 1_000_000).rows == ()


@pytest.mark.parametrize(("euros", "met"), [(1_000_000, "yes"), (1_000_001, "no")])
def test_an_obligation_is_met_to_the_cent(sheet, euros, met):
    # 5 % of 1,000,000 is 50,000 = 2 * 25,000.
    assert sheet("Leiden", euros).met == met


def test_two_versions_leave_the_answer_to_the_authority(sheet):
    # Utrecht: 2 * 15,000 or 2 * 35,000; the obligation of 50,000 lies between.
    found = sheet("Utrecht", 1_000_000)
    assert (found.total.low, found.total.high, found.met) == (3_000_000, 7_000_000, "ask")


def test_a_value_expires_after_its_months(sheet):
    # Twelve months from 1 March 2027.
    assert {row.counts_until for row in sheet("Leiden", 1).rows} == {dt.date(2028, 2, 29)}


def test_the_sheet_promises_no_priority_and_says_sample(sheet):
    standing = StatedStanding(company="acme", social_share_percent=31, ladder_level=2)
    found = sheet("Leiden", 1_000_000, standing=standing)
    text = " ".join(found.sentences())
    assert "obligation €50,000 (clause of the contract); the places of the plan count €50,000 (sample). Met: yes." in text
    assert "counts until 2028-02-29; no cash." in text
    assert "31 % of its people count for reserved contracts, ladder step 2; not checked here." in text
    assert "an option in law, not a right of the firm" in text
    assert len({found.sentences(language) for language in LANGUAGES}) == 3
