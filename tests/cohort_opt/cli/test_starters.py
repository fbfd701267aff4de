"""Starter tests at the command line and on the page: kept or missed, year by year."""

import json

import pytest
from click.testing import CliRunner

from cohort_opt.cli.exits import OK
from cohort_opt.cli.main import main
from cohort_opt.problem.records import PromisedStarters, StarterTest
from tests.builders import MONDAY, make_instance, two_companies_one_class


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """Return an instance in which nine start and ten are asked in each of two years, and its plan."""
    folder = tmp_path_factory.mktemp("starters")
    test = StarterTest(
        id="school", name="School of Drilling", min_starters=10, years=2, first=MONDAY,
        promised=(PromisedStarters(year=2, count=12),),
    )  # fmt: skip
    file = folder / "instance.json"
    file.write_text(make_instance(starter_tests=[test]).canonical_json(), encoding="utf-8")
    assert run("propose", file, "--out", folder / "out", "--quiet").exit_code == OK
    return file, folder / "out"


def test_starters_says_what_is_missing_and_shows_every_year(planned):
    lines = run("starters", *planned).output.splitlines()
    assert lines[0].startswith(
        "School of Drilling: missed. In the year from 1 Mar 2027 9 start where 10 are asked: 1 are missing"
    )
    assert [line.split()[-5:] for line in lines if line.startswith("1 Mar")] == [
        ["0", "9", "9.0", "9", "9"],
        ["12", "12", "12.0", "12", "12"],
    ]


def test_starters_as_json_gives_each_year(planned):
    (row,) = json.loads(run("starters", *planned, "--json").output)
    assert (row["test"], row["outcome"]) == ("school", "missed")
    assert [year["everybody"] for year in row["years"]] == [9, 12]


def test_starters_speaks_dutch(planned):
    assert run("starters", *planned, "--language", "nl").output.startswith("School of Drilling: niet gehaald.")


def test_explain_and_the_page_tell_the_same(planned):
    sentence = run("starters", *planned).output.splitlines()[0]
    assert sentence in run("explain", *planned).output
    assert sentence in (planned[1] / "index.html").read_text(encoding="utf-8")
    assert json.loads(run("explain", *planned, "--json").output)["starter_tests"]["all"][0]["sentence"] == sentence


def test_an_instance_without_a_test_says_so(tmp_path):
    file = tmp_path / "instance.json"
    file.write_text(two_companies_one_class().canonical_json(), encoding="utf-8")
    run("propose", file, "--out", tmp_path / "out", "--quiet")
    assert run("starters", file, tmp_path / "out").output.strip() == "The instance has no starter test."
    assert "starters-title" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
