import datetime as dt
from importlib import resources

import pytest

from cohort_opt.packs.checks import check_between
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.samples import SAMPLES, sample_pack, sample_packs
from cohort_opt.packs.wording import LANGUAGES, scheme_words

DAY = dt.date(2027, 3, 1)


def value(pack_id, scheme_id):
    (scheme,) = [scheme for scheme in sample_pack(pack_id).schemes if scheme.id == scheme_id]
    return scheme.amounts[0].cents.expected // 100


def test_every_file_of_the_folder_is_a_listed_sample():
    files = {file.name for file in (resources.files("cohort_opt.packs") / "data").iterdir()}
    assert files - {"messages.json", "ratio-german-norm.json"} == {f"{name}.json" for name in SAMPLES}


def test_every_pack_is_a_sample_that_nobody_has_confirmed():
    assert {(pack.status, pack.reviewer) for pack in sample_packs()} == {("sample", "nobody")}
    assert [pack.id for pack in sample_packs()] == list(SAMPLES)


def test_the_samples_do_not_contradict_each_other():
    assert check_between(sample_packs()) == []


@pytest.mark.parametrize(
    ("pack", "scheme", "euros"),
    [
        # domain notes 1.2, building-block values
        ("leiden-area-2023", "bbl", 25_000),
        ("leiden-area-2023", "unemployment_benefit", 15_000),
        ("leiden-area-2023", "municipal_benefit", 30_000),
        ("leiden-area-2023", "jobs_register", 50_000),
        ("leiden-area-2023", "older_bonus", 15_000),
        ("haaglanden-2023", "bbl", 25_000),
        ("haaglanden-2023", "bbl_upper", 15_000),
        ("haaglanden-2023", "municipal_benefit", 40_000),
        ("haaglanden-2023", "jobs_register", 50_000),
        ("haaglanden-2023", "older_bonus", 10_000),
        ("utrecht-version-1", "bbl", 35_000),
        ("utrecht-version-1", "municipal_benefit", 40_000),
        ("utrecht-version-1", "jobs_register", 50_000),
        ("utrecht-version-1", "older_bonus", 10_000),
        ("utrecht-version-2", "bbl", 15_000),
        ("utrecht-version-2", "jobs_register", 35_000),
        ("utrecht-version-2", "older_bonus", 5_000),
        ("netherlands-practice-2023", "practice_place", 2_300),
    ],
)
def test_the_amounts_are_those_of_the_sources(pack, scheme, euros):
    assert value(pack, scheme) == euros


def test_the_practice_place_is_a_range_of_what_was_paid():
    # The cap is 2,700; 82.1 % of it was paid for 2018-19 = 2,216.70.
    (scheme,) = [s for s in sample_pack("netherlands-practice-2023").schemes if s.id == "practice_place"]
    assert (scheme.amounts[0].cents.low, scheme.amounts[0].cents.high) == (270_000 * 821 // 1000, 270_000)


def test_the_older_worker_bonus_starts_at_55_in_two_places_and_at_50_in_the_third():
    ages = {pack.id: c.at_least for pack in sample_packs() for s in pack.schemes if s.id == "older_bonus" for c in s.conditions}
    assert ages == {"leiden-area-2023": 55, "haaglanden-2023": 55, "utrecht-version-1": 50, "utrecht-version-2": 50}


def test_rotterdam_is_unknown_and_says_so():
    found = packs_in_force(sample_packs(), "Rotterdam", DAY)
    assert sample_pack("rotterdam-unknown").schemes == ()
    assert any(hole.pack == "rotterdam-unknown" and "not found" in hole.says for hole in found.holes)


def test_both_versions_of_utrecht_hold_at_once_and_clash():
    found = packs_in_force(sample_packs(), "Utrecht", DAY)
    assert found.undated == ("utrecht-version-1", "utrecht-version-2")
    assert [overlap.scheme for overlap in found.overlaps] == ["bbl", "jobs_register", "older_bonus"]


def test_a_neighbour_of_rotterdam_follows_the_table_of_haaglanden():
    assert "haaglanden-2023" in {pack.id for pack in packs_in_force(sample_packs(), "Lansingerland", DAY).packs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_stands_beside_every_amount_of_every_sample(language):
    word = {"en": "(sample)", "nl": "(voorbeeld)", "de": "(Muster)"}[language]
    for pack in sample_packs():
        for scheme in pack.schemes:
            assert scheme_words(pack, scheme, language).count(word) == len(scheme.amounts)


def test_an_unknown_sample_is_refused_with_the_names_there_are():
    with pytest.raises(KeyError, match="utrecht-version-1"):
        sample_pack("amsterdam")
