"""Arguing with a plan at the command line: explain, repair, sweep, scenario, share."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK, REJECTED, USAGE
from cohort_opt.cli.main import main
from tests.builders import gap_number, two_companies_one_class


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def planned(tmp_path) -> tuple[Path, Path]:
    file = tmp_path / "instance.json"
    file.write_text(gap_number().canonical_json(), encoding="utf-8")
    assert run("propose", file, "--out", tmp_path / "out", "--quiet").exit_code == OK
    return file, tmp_path / "out"


def test_explain_says_why_a_class_opens_and_why_a_line_waits(planned):
    text = run("explain", *planned).output
    assert "12 trainees fill a class of 8 to 12" in text
    assert "can hold 12 or 16 but nothing between" in text


def test_explain_as_json_gives_typed_reasons_with_their_facts(planned):
    document = json.loads(run("explain", *planned, "--json").output)
    (reasons,) = document["unplaced"].values()
    gap = next(reason for reason in reasons if reason["rule"] == "gap_number")
    assert gap["facts"]["total"] == 14


def test_repair_names_the_cheapest_change_first_and_its_scenario_can_be_run(planned, tmp_path):
    text = run("repair", *planned).output
    assert "a minimum of 7 instead of 8" in text
    assert "2 classes of 7 at EUR 1,542.15 a seat instead of EUR 976.67" in text
    repairs = json.loads(run("repair", *planned, "--json").output)[0]["repairs"]
    assert [row["extra_cents"] for row in repairs] == sorted(row["extra_cents"] for row in repairs)
    change = tmp_path / "change.json"
    change.write_text(json.dumps(next(row for row in repairs if row["kind"] == "class_minimum")["scenario"]))
    result = run("scenario", "run", planned[0], change, "--out", tmp_path / "changed")
    assert result.exit_code == OK
    assert "a class of 7 opens on" in result.output


def test_repair_of_a_line_that_sits_is_refused_plainly(tmp_path, planned):
    result = run("repair", *planned, "--demand", "nobody")
    assert result.exit_code == BAD_INPUT
    assert "there is no such demand line" in result.stderr


def test_a_proposal_of_another_instance_is_rejected(planned, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(two_companies_one_class().canonical_json(), encoding="utf-8")
    for verb in ("explain", "repair", "share"):
        assert run(verb, other, planned[1]).exit_code == REJECTED


def test_sweep_prints_a_row_for_each_value(planned):
    rows = run("sweep", planned[0], "--figure", "min-seats", "--from", 6, "--to", 12).output.splitlines()
    assert [row.split()[0] for row in rows[1:]] == ["6", "7", "8", "9", "10", "11", "12"]


def test_compare_sets_stored_proposals_side_by_side(planned):
    result = run("scenario", "compare", planned[1], planned[1])
    assert result.exit_code == OK
    assert "nothing changes" in result.output
    assert run("scenario", "compare", planned[1]).exit_code == USAGE


def test_share_adds_up_and_says_which_promises_hold(planned):
    text = run("share", *planned).output
    assert "11,720.00 EUR for 12 seats" in text
    assert "adds_up                      kept in 1 of 1 classes" in text


def test_share_compares_all_methods(planned):
    rows = run("share", *planned, "--compare").output.splitlines()
    assert {"equal", "shapley", "nucleolus", "equal_profit"} <= {row.split()[0] for row in rows}
