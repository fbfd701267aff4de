"""Other rule packs as a what-if at the command line."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK, USAGE
from cohort_opt.cli.main import main

BORDER = Path(__file__).parents[3] / "examples" / "border"
REGION = (BORDER / "instance.json", "--facts", BORDER / "facts.json", "--today", BORDER / "packs")


def run(*arguments: object):
    return CliRunner().invoke(main, ["scenario", "run", *map(str, arguments)], catch_exceptions=False)


def figure(text: str, name: str) -> list[str]:
    return next(line for line in text.splitlines() if line.startswith(name)).removeprefix(name).split()


def test_all_take_one_pack_by_its_id_and_two_more_classes_open():
    result = run(*REGION, "--rules", "river-2027")
    assert result.exit_code == OK
    assert "every municipality takes river-2027 (sample)" in result.output
    # Today sawing alone with 9; under one pack 10 + 9 + 12 = 31, and one sawyer of 13 waits (README of the example).
    assert figure(result.output, "classes  ") == ["1", "3"]
    assert figure(result.output, "trainees placed") == ["9", "31"]
    assert "before: subsidies €1,000 to €1,500, expected €1,250 (sample), in no price" in result.output


def test_a_pack_file_is_taken_by_all_like_its_id():
    by_file = run(*REGION, "--rules", BORDER / "packs" / "river-2027.json").output
    assert by_file == run(*REGION, "--rules", "river-2027").output


def test_a_folder_of_one_pack_is_taken_by_all(tmp_path):
    shutil.copy(BORDER / "packs" / "river-2027.json", tmp_path)
    assert run(*REGION, "--rules", tmp_path).output == run(*REGION, "--rules", "river-2027").output


def test_a_folder_of_several_packs_replaces_those_of_today_each_in_its_own_area():
    result = run(*REGION[:3], "--rules", BORDER / "packs")
    assert "each pack holds in its own area (sample)" in result.output
    # No pack today, so no grant; then 5 trainees of the river towns at 200 to 300 euros.
    assert "before: subsidies €0 (no pack)" in result.output
    assert "after: subsidies €1,000 to €1,500, expected €1,250 (sample)" in result.output


def test_a_sample_pack_has_its_name():
    assert (
        "every municipality takes utrecht-version-1 (sample)"
        in run(BORDER / "instance.json", "--rules", "utrecht-version-1").output
    )


def test_a_name_that_nothing_has_lists_the_packs_known():
    result = run(*REGION, "--rules", "nowhere")
    assert result.exit_code == BAD_INPUT
    assert "nowhere" in result.stderr
    assert "river-2027" in result.stderr
    assert "utrecht-version-1" in result.stderr


def test_an_empty_folder_is_no_pack(tmp_path):
    result = run(*REGION, "--rules", tmp_path)
    assert result.exit_code == BAD_INPUT
    assert "name a folder of packs" in result.stderr


def test_neither_scenario_nor_rules_is_a_wrong_command():
    assert run(BORDER / "instance.json").exit_code == USAGE


def test_a_scenario_and_rules_together_and_the_facts_of_a_changed_line_are_unknown(tmp_path):
    change = tmp_path / "more.json"
    line = next(d for d in json.loads((BORDER / "instance.json").read_text())["demands"] if d["id"] == "alder-sawing")
    document = {"format": "cohort-opt-scenario/1", "name": "one more sawyer",
                "changes": [{"kind": "set_demand_count", "demand": "alder-sawing", "count": line["count"] + 1}]}  # fmt: skip
    change.write_text(json.dumps(document))
    result = run(REGION[0], change, *REGION[1:], "--rules", "river-2027", "--out", tmp_path / "out")
    assert result.exit_code == OK
    assert "the scenario changes alder-sawing, so its facts are unknown" in result.output
    assert (tmp_path / "out" / "proposal.json").exists()
