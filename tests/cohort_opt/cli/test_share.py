import json

import pytest
from click.testing import CliRunner

from cohort_opt.cli.main import main
from tests.examples.folders import EXAMPLES


def shared(folder, tmp_path, *options):
    instance = str(EXAMPLES / folder / "instance.json")
    made = CliRunner().invoke(main, ["propose", instance, "--out", str(tmp_path), "--quiet"])
    assert made.exit_code == 0, made.output
    said = CliRunner().invoke(main, ["share", instance, str(tmp_path), *options])
    assert said.exit_code == 0, said.output
    return said.output


@pytest.mark.parametrize("folder", ["core_split", "gap_number", "price_cap"])
def test_every_method_shares_a_plan_and_all_are_compared(folder, tmp_path):
    assert "strongest objection" in shared(folder, tmp_path, "--compare")
    assert "Promises of the method nucleolus" in shared(folder, tmp_path, "--method", "nucleolus")


def test_the_whole_plan_is_shared_as_one_game(tmp_path):
    # Class of twelve 9,500 + 12 x 185 = 11,720 euros, two seats elsewhere 2 x 1,680: 15,080.
    said = shared("gap_number", tmp_path, "--plan")
    assert "15,080.00" in said
    assert "a share of the academy's by trainees, rounded down" in said
    assert "no_group_better_off          kept (checked)" in said


def test_where_any_twelve_could_fill_the_class_the_subsidy_is_told(tmp_path):
    said = shared("gap_number", tmp_path, "--plan", "optimistic")
    assert "The core is empty" in said
    assert "no_group_better_off          impossible" in said


def test_a_method_is_written_into_a_proposal_that_the_judge_passes(tmp_path):
    # Core split by hand in tests/examples/test_scripts.py: cedar 1,500 euros.
    out = tmp_path / "shared.json"
    shared("core_split", tmp_path, "--method", "core", "--out", str(out))
    document = json.loads(out.read_text(encoding="utf-8"))
    assert {row["company"]: row["share_cents"] for row in document["cost_shares"]}["cedar"] == 150_000
    assert document["sharing"]["method"] == "core"
    assert document["sharing"]["kept"]["no_group_better_off"] == 1
    judged = CliRunner().invoke(main, ["verify", str(EXAMPLES / "core_split" / "instance.json"), str(out)])
    assert judged.exit_code == 0, judged.output


def test_a_broken_promise_is_in_the_proposal_with_its_witness(tmp_path):
    shared("core_split", tmp_path)
    document = json.loads((tmp_path / "proposal.json").read_text(encoding="utf-8"))
    found = {row["promise"]: row for row in document["sharing"]["exceptions"]}
    # The equal price asks cedar for 2,700 euros, elsewhere it pays 1,500.
    assert (found["nobody_above_stand_alone"]["state"], found["nobody_above_stand_alone"]["broken_by_cents"]) == (
        "broken",
        120_000,
    )
    assert found["nobody_above_stand_alone"]["witness"] == ["cedar"]


def test_the_lead_firm_pays_all_seats(tmp_path):
    said = shared("core_split", tmp_path, "--alliance", "lead_firm", "--lead", "alder")
    assert "alder" in said
    assert "10,800.00" in said
    refused = CliRunner().invoke(
        main, ["share", str(EXAMPLES / "core_split" / "instance.json"), str(tmp_path), "--alliance", "lead_firm"]
    )
    assert refused.exit_code != 0
    assert "needs the id of a company" in refused.output


def test_flexibility_is_given_back(tmp_path):
    said = shared("core_split", tmp_path, "--flexibility", "50")
    # One class on one day, at one site: nobody's window or second site made anything possible.
    assert "given back" in said
    assert "cedar                                            0.00         0.00" in said


def test_the_comparison_is_drawn(tmp_path):
    picture = tmp_path / "methods.svg"
    shared("core_split", tmp_path, "--compare", "--picture", str(picture))
    assert "cedar: 180% of alone" in picture.read_text(encoding="utf-8")


def test_those_who_stay_keep_their_price_when_one_leaves(tmp_path):
    # Equal price 900 a seat. cedar's three leave 13 days before the start: nine cost 9,600, 8,100 are agreed with those
    # who stay, 1,500 are open. cedar owes half of 2,700, 1,350; the reserve pays 100, the association 50.
    said = shared(
        "core_split", tmp_path, "--leave", "cedar=2027-02-16", "--fee", "42=25", "--fee", "14=50", "--reserve", "10000",
        "--bearer", "association",
    )  # fmt: skip
    rows = [line.split() for line in said.splitlines()]
    assert [row[:2] for row in rows[1:]] == [
        ["alder", "4,500.00"], ["birch", "3,600.00"], ["cedar", "1,350.00"], ["reserve", "100.00"], ["association", "50.00"],
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [("--leave", "cedar"), ("--leave", "dune=2027-02-16"),
                                   ("--leave", "cedar=2027-02-16", "--fee", "half")])  # fmt: skip
def test_a_leave_that_cannot_be_read_is_refused(wrong, tmp_path):
    shared("core_split", tmp_path)
    said = CliRunner().invoke(main, ["share", str(EXAMPLES / "core_split" / "instance.json"), str(tmp_path), *wrong])
    assert said.exit_code == 2
    assert "cannot leave" in said.output or "such as" in said.output
