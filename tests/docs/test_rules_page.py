"""The page about the rules is built from the registries; what is checked in is what they say today."""

import importlib.util
from pathlib import Path

from cohort_opt.verification.rules import RULES

DOCS = Path(__file__).parents[2] / "docs"


def _builder():
    spec = importlib.util.spec_from_file_location("rules_page", DOCS / "rules" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_checked_in_page_is_current():
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == _builder().page(), "run: python docs/rules/build.py"


def test_every_rule_has_one_example_and_every_example_its_rule():
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {*RULES, *_builder().TESTS}


def test_every_rule_has_a_section_with_formula_and_example():
    sections = (DOCS / "rules.md").read_text(encoding="utf-8").split("\n## ")[1:]
    assert [section.split("\n")[0] for section in sections] == [*RULES, *_builder().TESTS]
    assert all("```\n" in section and "*Example:*" in section and "*Where:*" in section for section in sections)
