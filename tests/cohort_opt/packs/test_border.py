from cohort_opt.packs.border import border_report
from cohort_opt.packs.samples import sample_packs
from cohort_opt.packs.wording import LANGUAGES
from tests.builders import two_companies_one_class

TRAINEE = {
    "placement_agreement": (5, 0, 0),
    "jobs_register": (0, 5, 0),
    "municipal_benefit": (0, 5, 0),
    "unemployment_benefit": (0, 5, 0),
}
"""A candidate counts in one block only; who stands in no other block counts as a trainee for certain."""
TOWNS = ("Leiden", "Delft", "Utrecht", "Rotterdam", "Schiedam")


def report(facts, first_run, courses=({"course": "drilling", "level": 2},), **answers):
    instance = two_companies_one_class()
    stated = facts({"acme-drilling": {rule.replace("_", "-"): tally for rule, tally in answers.items()}}, courses)
    return border_report(instance, sample_packs(), stated, "acme-drilling", first_run(instance, 9), TOWNS, 1)


def row(found, scheme):
    return next(r for r in found.rows if r.scheme == scheme)


def euros(cell):
    return None if cell.cents is None else tuple(value // 100 for value in (cell.cents.low, cell.cents.expected, cell.cents.high))


def test_one_trainee_is_worth_something_else_in_every_town(facts, first_run):
    # One trainee of level 2 with an agreement: Leiden 25,000 for 12 months; Haaglanden 25,000 a year for 24 months = 50,000;
    # Utrecht 15,000 or 35,000, by the version that holds.
    found = report(facts, first_run, **TRAINEE)
    bbl = row(found, "bbl")
    assert [euros(cell) for cell in bbl.cells] == [(25_000,) * 3, (50_000,) * 3, (15_000, 15_000, 35_000), None, None]
    assert [cell.known for cell in bbl.cells] == [True, True, True, False, False]
    assert bbl.differs


def test_level_three_counts_in_the_other_row_of_haaglanden(facts, first_run):
    # 15,000 a year for 36 months = 45,000.
    found = report(facts, first_run, [{"course": "drilling", "level": 3}], **TRAINEE)
    assert euros(row(found, "bbl").cells[1]) == (0, 0, 0)
    assert euros(row(found, "bbl_upper").cells[1]) == (45_000,) * 3


def test_the_age_bonus_of_utrecht_asks_another_question(facts, first_run):
    found = report(facts, first_run)
    missing = [cell.missing for cell in row(found, "older_bonus").cells]
    assert missing[0] == missing[1] == ("age.55-on-employment-start",)
    assert missing[2] == ("age.50-on-employment-start", "version-in-force.older_bonus")


def test_a_town_without_a_known_rule_says_so(facts, first_run):
    table = report(facts, first_run, **TRAINEE).table()
    assert table[0] == ("", *TOWNS)
    bbl = next(line for line in table if line[0] == "bbl")
    assert bbl[1] == "€25,000 (sample)"
    assert bbl[3] == "€15,000 to €35,000, expected €15,000 (sample); Ask the authority; missing: version-in-force.bbl."
    assert bbl[4:] == ("not known; ask the municipality",) * 2


def test_a_known_town_without_the_scheme_has_none(facts, first_run):
    assert row(report(facts, first_run), "course_cost").cells[0].text() == "no scheme of this kind"


def test_the_report_ends_with_what_nobody_knows(facts, first_run):
    sentences = report(facts, first_run).sentences()
    assert "No rule pack covers Schiedam on 2027-03-01; ask the municipality." in sentences
    assert any(s.startswith("Utrecht: bbl stands in utrecht-version-1, utrecht-version-2 at once") for s in sentences)
    assert len(sentences) == len(set(sentences))


def test_the_report_speaks_three_languages_and_always_says_sample(facts, first_run):
    found = report(facts, first_run, **TRAINEE)
    for language, word in zip(LANGUAGES, ("Muster", "sample", "voorbeeld"), strict=True):
        for line in found.table(language)[1:]:
            assert all(f"({word})" in cell for cell in line[1:] if "€" in cell)
        assert f"({word})" in row(found, "bbl").sentence(language)


def test_a_scheme_that_is_the_same_everywhere_does_not_differ(facts, first_run):
    found = report(facts, first_run)
    assert not row(found, "practice_place").differs
    assert row(found, "practice_place").sentence() == "practice_place is the same everywhere it is known."


def test_a_trainee_who_may_count_in_a_higher_block_is_not_certain_in_the_lower_one(facts, first_run):
    found = report(facts, first_run, placement_agreement=(5, 0, 0))
    assert euros(row(found, "bbl").cells[0]) == (0, 25_000, 25_000)


def test_a_local_and_a_national_scheme_of_one_name_are_added(pack, scheme, money, facts, first_run):
    instance = two_companies_one_class()
    country = {"kind": "country", "name": "Netherlands", "everywhere": True}
    bonus = scheme("bonus", [], [{"kind": "bonus", "cents": money(100)}])
    packs = [pack([bonus]), pack([bonus], id="nl", jurisdiction=country)]
    found = border_report(instance, packs, facts(), "acme-drilling", first_run(instance, 9), ("Rotterdam", "Delft"), 1)
    assert [euros(cell) for cell in found.rows[0].cells] == [(200,) * 3, (100,) * 3]
