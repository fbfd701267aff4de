"""The documents of the packs keep what they say: the vocabulary is complete, commands run, functions exist."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cohort_opt import packs
from cohort_opt.packs.amounts import AMOUNT_KINDS
from cohort_opt.packs.conditions import AGE_REFERENCES, CONDITION_KINDS
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack, Scheme

ROOT = Path(__file__).parents[3]
PACKS = (ROOT / "docs" / "rule-packs.md").read_text(encoding="utf-8")
IDEAS = (ROOT / "docs" / "seed-ideas.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in IDEAS.splitlines() if line.startswith("| ") and not line.startswith("| idea")]


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
    assert {state.strip() for _, _, state in ROWS} == {"command", "function", "part", "limit"}


def test_a_state_is_true_to_its_place():
    for idea, place, state in ROWS:
        if state.strip() == "command":
            assert "`cohort-opt " in place, idea
        if state.strip() == "function":
            assert "`cohort_opt.packs" in place, idea
            assert "`cohort-opt " not in place, idea


def test_every_function_of_the_ideas_is_there():
    named = re.findall(r"`(\w+)` in `(cohort_opt[\w.]+)`", IDEAS)
    assert len(named) > 15
    assert [(name, home) for name, home in named if not hasattr(importlib.import_module(home), name)] == []


@pytest.mark.parametrize("verb", sorted(set(re.findall(r"`cohort-opt (\w+)`", IDEAS))))
def test_every_command_of_the_ideas_runs(verb):
    command = [sys.executable, "-m", "cohort_opt.cli", verb, "--help"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    assert "Usage" in run.stdout
