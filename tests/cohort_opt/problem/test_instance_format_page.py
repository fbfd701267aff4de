"""The page about the format names what the code knows: its example is valid, every column, change and code is on it."""

import json
import re
from pathlib import Path

import pytest

import cohort_opt.problem
from cohort_opt.problem.changes import Change
from cohort_opt.problem.holidays import HolidaySet
from cohort_opt.problem.read import instance_from_dict
from cohort_opt.problem.scenario import apply, scenario_from_dict
from cohort_opt.problem.sheets.layout import SHEETS

PAGE = (Path(__file__).parents[3] / "docs" / "instance-format.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_the_examples_are_valid():
    instance, scenario = EXAMPLES
    changed = apply(instance_from_dict(instance), scenario_from_dict(scenario))
    assert changed.demands[0].count == 6
    assert changed.courses[0].min_seats == 6


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_column_is_explained(sheet):
    section = PAGE.split(f"\n**{sheet.name}**")[1].split("\n**")[0]
    for column in sheet.columns:
        assert f"| `{column.header}` | {'needed' if column.required else ''} | {column.note} |" in section


def test_every_change_is_listed_with_its_fields():
    for kind in Change.__args__[0].__args__:
        row = next(
            line for line in PAGE.splitlines() if line.startswith(f"| `{kind.model_fields['kind'].annotation.__args__[0]}` |")
        )
        for name, field in kind.model_fields.items():
            assert name == "kind" or f"`{name}`{'' if field.is_required() else '?'}" in row


def test_every_code_of_the_room_is_listed():
    known = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", PAGE.split("## Errors")[1]))
    room = Path(cohort_opt.problem.__path__[0])
    written = set()
    for path in room.rglob("*.py"):
        written |= set(re.findall(r"\"([a-z]+(?:-[a-z]+)+)\"", path.read_text(encoding="utf-8")))
    not_codes = {"cohort-opt", "us-ascii", "yyyy-mm-dd", "acme-drilling", "bolt-drilling", "cito-sawing", "drilling-academy"}
    not_codes |= {holidays.value for holidays in HolidaySet}
    assert written - not_codes - known == set()
    assert known - written == set()
