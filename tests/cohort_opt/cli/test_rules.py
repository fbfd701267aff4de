"""Local rule packs at the command line."""

from pathlib import Path

from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK
from cohort_opt.cli.main import main

BORDER = Path(__file__).parents[3] / "examples" / "border"
PACKS = BORDER / "packs"


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def test_valid_packs_are_listed_with_their_status():
    result = run("rules", "validate", PACKS)
    assert result.exit_code == OK
    assert "river-2027: valid, sample" in result.output


def test_a_broken_pack_lists_its_problems_and_the_file(tmp_path):
    (tmp_path / "bad.json").write_text('{"id": "bad"}')
    result = run("rules", "validate", tmp_path)
    assert result.exit_code == BAD_INPUT
    assert "bad.json" in result.stderr
    assert "missing-field" in result.stderr


def test_a_pack_compared_with_itself_has_no_difference_and_with_another_names_the_towns():
    river, north = PACKS / "river-2027.json", PACKS / "north-2027.json"
    assert len(run("rules", "diff", river, river).output.splitlines()) == 1
    assert "Delft joins the jurisdiction" in run("rules", "diff", PACKS / "east-2027.json", north).output


def test_the_border_shows_what_differs_with_the_status_beside_each_amount():
    result = run("rules", "border", PACKS, "--town", "Rotterdam", "--town", "Delft", "--date", "2027-03-01")
    assert result.exit_code == OK
    grant = next(line for line in result.output.splitlines() if line.startswith("course_grant"))
    assert grant.count("(sample)") == 2


def test_one_pack_for_all_says_what_it_would_gain():
    result = run("rules", "harmonise", BORDER / "instance.json", PACKS, "--facts", BORDER / "facts.json",
                 "--everyone-takes", "river-2027")  # fmt: skip
    assert result.exit_code == OK
    assert "classes +2, places +22" in result.output
