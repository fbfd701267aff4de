"""The region with every rule on: made by one command, and solved, verified and explained by one other."""

import json

import pytest
from click.testing import CliRunner, Result

from cohort_opt.cli.main import main
from cohort_opt.verification.rules import RULES
from tests.examples.folders import EXAMPLES, read_example

FILE = EXAMPLES / "region_b" / "instance.json"


def run(*words: object) -> Result:
    """Run a verb of the command line."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    """Return what the one command prints and writes, within a small limit that always gives the same plan."""
    out = tmp_path_factory.mktemp("region_b")
    told = run("propose", FILE, "--out", out, "--deterministic-limit", 2, "--explain", "--quiet")
    return told.output, json.loads((out / "proposal.json").read_text(encoding="utf-8"))


def test_the_file_is_what_the_command_makes():
    made = run("generate", "--size", "B", "--seed", 1, "--rules", "all", "--out", "-")
    assert made.output == FILE.read_text(encoding="utf-8")


def test_every_rule_of_the_judge_applies():
    region = read_example("region_b")
    assert [name for name, rule in RULES.items() if not rule.applies(region)] == []


def test_one_command_solves_verifies_and_explains(answer):
    printed, proposal = answer
    assert "checked by an independent verifier: yes" in printed
    assert proposal["status"] == "feasible"
    assert 0 < proposal["bound_cents"] <= proposal["objective_cents"]
    for row in (*proposal["classes"], *proposal["unplaced"]):
        assert row["reasons"]
        assert all(reason["sentence"] in printed for reason in row["reasons"])


def test_every_trainee_sits_in_a_class_or_waits(answer):
    _, proposal = answer
    placed = sum(member["count"] for row in proposal["classes"] for member in row["members"])
    assert placed + sum(row["count"] for row in proposal["unplaced"]) == 230
