"""Packs, places, tenders and sector figures at the command line, on the example region; every figure worked out by hand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK, USAGE
from cohort_opt.cli.main import main

BORDER = Path(__file__).parents[3] / "examples" / "border"
INSTANCE, PACKS = BORDER / "instance.json", BORDER / "packs"


def run(*arguments: object, code: int = OK) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output if code == OK else result.stderr


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("border")
    run("propose", INSTANCE, "--out", folder, "--quiet")
    return folder


def rules(verb, out, *more):
    return run("rules", verb, INSTANCE, out, PACKS, "--facts", BORDER / "facts.json", *more)


def test_subsidies_end_with_both_kinds_of_money_and_the_status(out):
    last = rules("subsidies", out).splitlines()[-1]
    # Without packs 31 sit (10 drillers, 12 sawyers, 9 of fire stopping). River: 2 + 2, 3 + 2, 3 + 3 = 15 at 200, 250, 300; east:
    # 300 for 2 drillers and 2 + 1 sawyers in classes of ten and more: 1,500. The north pays for no venue outside.
    assert "cash €4,500 to €6,000, expected €5,250 (sample)" in last
    assert "in no price" in last


def test_subsidies_speak_three_languages(out):
    assert rules("subsidies", out, "--language", "nl").splitlines()[-1].startswith("Samen: geld")
    assert rules("subsidies", out, "--language", "de").splitlines()[-1].startswith("Zusammen: Geld")


def test_routes_name_the_missing_fact(out):
    assert "Ask the authority; missing: age.50-on-employment-start." in rules("routes", out)


def test_thresholds_say_what_is_lost_below_them(out):
    assert "at least 10 participants at the start of the class holds (12); below it €900 (sample)" in rules("thresholds", out)


def test_risk_ends_with_all_uncovered_seats_in_euros(out):
    lines = rules("risk", out).splitlines()
    # A sawyer's seat of twelve: (950,000 + 12 x 18,500) / 12 = 97,667 rounded up; two of birch.
    assert "2 of birch-sawing" in "".join(lines)
    assert "€1,953.34" in "".join(lines)
    assert lines[-1].startswith("Uncovered in all: at most 12 seats")


def test_needs_name_a_class_that_support_makes_too_full(out):
    # An interpreter at 320 a day for five days, beside twelve sawyers in twelve seats.
    text = rules("needs", out)
    assert "1 of alder-sawing need an interpreter: €1,600" in text
    assert "trainees and support take 13 seats, there are 12." in text


def test_the_sheet_says_obligation_value_and_option(out):
    text = run(
        "tender", "sheet", INSTANCE, out, PACKS, "--facts", BORDER / "facts.json", "--contracts", BORDER / "contracts.json"
    )
    # 5 % of 400,000; one of alder's three sawyers counts 15,000 for certain.
    assert "Contract harbour-quay: obligation €20,000" in text
    assert "€15,000 to €45,000, expected €15,000 (sample). Met: ask the authority." in text
    assert "it is an option in law, not a right of the firm" in text


def test_points_create_places_as_far_as_they_pay():
    rows = [line.split() for line in run("tender", "what-if", BORDER / "tender.json").splitlines()[1:]]
    # 5 points are worth 5,000: alder makes three at 4,000. 10 points, at most 20: two places each, 20,000 each.
    assert [(row[0], row[3], row[4]) for row in rows] == [("0", "0", "€0"), ("5", "3", "€15,000"), ("10", "4", "€40,000")]


def test_places_name_mentors_gate_and_level_field(out):
    text = run("places", "check", INSTANCE, out, BORDER / "places.json")
    # Alder has 2 drillers and 3 sawyers, its mentor wants four; birch's three of the second week stay longest and take the pool's
    # 2 + 1, which leaves its two sawyers none.
    assert "alder, concrete, until 2027-03-05: 4 with a mentor of their own, 0 of the pool, 1 with none" in text
    assert "birch, concrete, until 2027-03-12: 0 with a mentor of their own, 3 of the pool, 0 with none" in text
    assert "birch, concrete, until 2027-03-05: 0 with a mentor of their own, 0 of the pool, 2 with none" in text
    assert "cedar-agency: no direct contract, and a placement of 2 months where 6 are asked." in text
    # 1,172,000 / 12 = 97,667; with 120,000 more 107,667.
    assert "a seat costs €976.67 (price of the instance), without the subsidy €1,076.67 (stated by the provider)" in text


def test_sector_figures_are_silent_where_they_would_tell_of_few(out):
    text = run("sector", "unmet", INSTANCE, out, "--regions", BORDER / "regions.json", "--places", BORDER / "places.json")
    # One of 32 waits: no figure. 24 of 31 have no mentor, of eight companies.
    assert "no figure: a cell needs 10 persons of 3 companies" in text
    assert "concrete: 24" in text
    told = json.loads(run("sector", "unmet", INSTANCE, out, "--regions", BORDER / "regions.json", "--json"))
    assert told["without a seat, by trade and region"] == {"cells": [], "not_shown": 1}


def test_inclusion_counts_starters_finishers_and_placed():
    told = json.loads(run("sector", "inclusion", BORDER / "outcomes.json", "--json"))
    # 30 + 28 + 26 + 24, 22 + 20 + 18 + 17, 15 + 13 + 12 + 11.
    assert [told[name]["cells"][0]["persons"] for name in told] == [108, 77, 51]


def test_the_ramp_holds_what_is_foreseen_against_the_line():
    words = ["sector", "ramp", "--first-year", 2027, "--places-now", 20, "--finish-percent", 66]
    rows = run(*words, "--places-wanted", 90, "--foreseen", 30, "--foreseen", 35).splitlines()[1:]
    # Ten more each year: 30, 40 ... 90; 35 foreseen leave 5 short in the second year, 23 of 35 finish.
    assert [row.split()[:5] for row in rows[:2]] == [["2027", "30", "30", "0", "19"], ["2028", "40", "35", "5", "23"]]
    run(*words, "--places-wanted", 10, code=USAGE)


def test_a_broken_file_names_the_field(tmp_path):
    (tmp_path / "tender.json").write_text('{"offers": [{"company": "acme", "places": -1, "cents_per_place": 1}], "awards": []}')
    text = run("tender", "what-if", tmp_path / "tender.json", code=BAD_INPUT)
    assert "places" in text
    assert "awards" in text


def test_the_dossier_of_a_company_ends_with_what_may_come_back(out):
    text = rules("dossier", out, "--company", "birch")
    assert "3 seats, €3,721.67 (share by the plan)" in text
    assert "Proof: addresses of venue and company, attendance list." in text
    assert text.splitlines()[-1].startswith("Cash that may come back: €1,000 to €1,500")


def test_missing_places_cost_every_class_of_the_example():
    # Five of eight companies have no host place, and no class of eight is left.
    text = run("places", "plan", INSTANCE, BORDER / "places.json")
    assert next(line for line in text.splitlines() if line.startswith("classes ")).split() == ["classes", "3", "0"]
