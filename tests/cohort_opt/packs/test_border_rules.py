import datetime as dt

from cohort_opt.packs.border_rules import border_rules
from cohort_opt.packs.samples import sample_packs

DAY = dt.date(2027, 3, 1)


def test_the_rules_of_towns_stand_side_by_side():
    found = border_rules(sample_packs(), ["Leiden", "Delft", "Rotterdam"], DAY)
    rows = {row[0]: row[1:] for row in found.table()}
    assert rows[""] == ("Leiden", "Delft", "Rotterdam")
    assert rows["municipal_benefit"] == (
        "leiden-area-2023: has a municipal benefit; counts €30,000 (sample) a year for 12 months towards social return; no cash",
        "haaglanden-2023: has a municipal benefit; counts €40,000 (sample) a year for 12 months towards social return; no cash",
        "not known; ask the municipality",
    )
    assert rows["unemployment_benefit"][1] == "no scheme of this kind"


def test_both_versions_of_utrecht_stand_in_one_cell():
    (row,) = [row for row in border_rules(sample_packs(), ["Utrecht"], DAY).table() if row[0] == "bbl"]
    assert row[1].startswith("utrecht-version-1: ")
    assert " | utrecht-version-2: " in row[1]


def test_what_differs_is_named_and_national_schemes_do_not():
    found = border_rules(sample_packs(), ["Leiden", "Delft", "Rotterdam"], DAY)
    # Both pay 50,000 a year for somebody in the register; everything else differs in amount, months, age or existence.
    assert found.differing() == ("bbl", "bbl_upper", "course_cost", "municipal_benefit", "older_bonus", "unemployment_benefit")
    assert any("Rotterdam" in line for line in found.warnings())
