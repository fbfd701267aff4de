"""The verbs that argue with a plan: text in three languages, JSON and a picture, as a planner uses them."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from cohort_opt.cli.exits import INFEASIBLE
from cohort_opt.cli.main import main
from cohort_opt.planning import propose
from cohort_opt.report import write_report
from tests.builders import gap_number


def run(*arguments, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gap")
    instance = folder / "instance.json"
    instance.write_text(gap_number().model_dump_json(), encoding="utf-8")
    write_report(gap_number(), propose(gap_number()), folder / "out")
    return instance, folder / "out" / "proposal.json"


def test_repair_says_the_sentence_of_a_gap_number_in_three_languages(files):
    english, dutch, german = (run("repair", *files, "--language", language) for language in ("en", "nl", "de"))
    assert "14 trainees ask for Drilling, 12 are placed: 14 cannot be split into classes of 8 to 12" in english
    assert "Cheapest repair: 2 more trainees in Drilling" in english
    assert "2 classes of 7 at EUR 1,542.15 a seat instead of EUR 976.67" in english
    assert "14 is niet te verdelen over klassen van 8 tot 12" in dutch
    assert "2 klassen van 7 voor €\u00a01.542,15 per plaats in plaats van €\u00a0976,67" in dutch
    assert "14 lassen sich nicht auf Klassen von 8 bis 12 aufteilen" in german


def test_repair_with_nobody_held_tells_the_difference_of_the_whole_plan(files):
    assert "planned anew with nobody held" in run("repair", *files, "--free")


def test_conflicts_ends_with_the_code_of_infeasible_and_names_who_was_promised(files):
    text = run("conflicts", files[0], "--promise-all", code=INFEASIBLE)
    assert "cannot be kept together (checked:" in text
    assert "are promised a seat" in text
    assert "Nothing is pinned" in run("conflicts", files[0])


def test_conflicts_as_data(files):
    found = json.loads(run("conflicts", files[0], "--promise-all", "--json", "--language", "nl", code=INFEASIBLE))
    assert found["conflicts"][0]["checked"]
    assert "beloofd" in found["conflicts"][0]["members"][0]["sentence"]


def test_value_marks_estimates(files):
    text = run("value", files[0], "--of", "seat", "--of", "trainee", "--solves", 1)
    assert "one more seat in a class of Drilling: EUR" in text
    assert "an estimate by the dual price" in text


def test_robustness_tells_each_class_and_the_whole(files):
    text = run("robustness", *files, "--survival", 66)
    assert "keeps 8 or more with a chance of" in text
    assert "of 10000 samples (seed 1)" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "both"),
        ("repair", "both"),
        ("pooling", "both", "--by", "trade"),
        ("sweep", "one", "--figure", "min-seats", "--from", 6, "--to", 12),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_verb_writes_data_and_a_picture(files, tmp_path, arguments):
    verb, which, *options = arguments
    picture = tmp_path / "picture.svg"
    text = run(verb, *(files if which == "both" else files[:1]), *options, "--json", "--svg", picture)
    assert json.loads(text)
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")  # noqa: S314 - our own file


def test_scenario_run_and_compare_write_data_and_pictures(files, tmp_path):
    scenario = tmp_path / "seven.json"
    scenario.write_text(json.dumps({
        "format": "cohort-opt-scenario/1", "name": "seven",
        "changes": [{"kind": "set_class_size", "course": "drilling", "min_seats": 7}],
    }))  # fmt: skip
    out, picture = tmp_path / "seven", tmp_path / "picture.svg"
    found = json.loads(run("scenario", "run", files[0], scenario, "--out", out, "--json", "--svg", picture))
    assert [plan["figures"]["trainees placed"] for plan in found["plans"]] == ["12", "14"]
    text = run("scenario", "compare", files[1], out / "proposal.json", "--svg", picture, "--language", "de")
    assert "Auszubildende bekommen, verlieren oder wechseln einen Platz" in text
    assert "before" not in text
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")  # noqa: S314 - our own file
