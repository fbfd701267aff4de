"""The documents of the packs keep what they say: the vocabulary is complete, commands run, functions exist."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cohort_opt import packs
from cohort_opt.cli.main import main
from cohort_opt.packs.amounts import AMOUNT_KINDS
from cohort_opt.packs.conditions import AGE_REFERENCES, CONDITION_KINDS
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack, Scheme

ROOT = Path(__file__).parents[3]
PACKS = (ROOT / "docs" / "rule-packs.md").read_text(encoding="utf-8")
IDEAS = (ROOT / "docs" / "seed-ideas.md").read_text(encoding="utf-8")
TABLE = IDEAS.split("| idea | where | state |")[1]
ROWS = [line.strip("|").split("|") for line in TABLE.splitlines() if line.startswith("| ")]
COMMANDS = sorted(set(re.findall(r"`cohort-opt ([^`]+)`", TABLE)))
BORDER = ROOT / "examples" / "border"


def test_the_format_document_names_every_field_kind_and_reference():
    kinds = [kind.model_fields["kind"].annotation.__args__[0] for kind in (*CONDITION_KINDS, *AMOUNT_KINDS)]
    fields = [name for model in (RulePack, Scheme, *CONDITION_KINDS, *AMOUNT_KINDS) for name in model.model_fields]
    missing = [name for name in (*kinds, *fields, *AGE_REFERENCES) if f"`{name}`" not in PACKS and name not in ("kind", "format")]
    assert missing == []


def test_every_function_of_the_first_table_is_there():
    named = re.findall(r"`([a-z_]+)`", PACKS.split("<!-- run -->")[0].split("|---|---|")[1])
    assert len(named) > 12
    assert [name for name in named if not callable(getattr(packs, name, None))] == []


def test_the_facts_example_is_a_facts_file():
    (block,) = re.findall(r"```json\n(.*?)```", PACKS, re.DOTALL)
    assert EligibilityFacts.model_validate(json.loads(block)).lines[0].demand == "acme-drilling"


def test_every_idea_has_a_place_and_a_state():
    # 26 rows: five actions, municipality 4, agency 4, companies 1, sector 1, schools 3, vision 8.
    assert len(ROWS) == 26
    assert {state.strip() for _, _, state in ROWS} == {"command", "part", "limit"}


def test_every_idea_names_a_command():
    assert [idea for idea, place, _ in ROWS if "`cohort-opt " not in place] == []
    assert len(COMMANDS) >= 20


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """Return what the words of the page stand for, with a plan of the example written to OUT."""
    out, new = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("new")
    files = {name.upper(): BORDER / f"{name}.json" for name in ("facts", "places", "tender", "contracts", "regions", "outcomes")}
    packs = BORDER / "packs"
    found = {**files, "BORDER": BORDER / "instance.json", "PACKS": packs, "EAST": packs / "east-2027.json",
             "NORTH": packs / "north-2027.json", "OUT": out, "NEW": new}  # fmt: skip
    planned = CliRunner().invoke(main, ["propose", str(found["BORDER"]), "--out", str(out), "--quiet"])
    assert planned.exit_code == 0
    return {word: str(path) for word, path in found.items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_ideas_runs_on_the_example(command, words):
    result = CliRunner().invoke(main, [words.get(word, word) for word in command.split()], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert result.output.strip()
