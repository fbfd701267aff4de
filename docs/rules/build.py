"""Builds docs/rules.md from the registries: `python docs/rules/build.py` writes it, a test holds it against the code.

Sentence and formula are those of the judge, the place and effect those of the model, the reason that of the explanations; only
the example of each rule is written by hand, in a file of its own beside this one: `<rule>.md`.
"""

from __future__ import annotations

import re
from pathlib import Path

from cohort_opt.explanation.reasons.no_run import SENTENCES
from cohort_opt.model.constraints import CONSTRAINTS, EXTENDING_RULES, RULE_HOME
from cohort_opt.report.wording import RULE_SENTENCES
from cohort_opt.verification import starters
from cohort_opt.verification.rules import RULES

HERE = Path(__file__).parent
PAGE = HERE.parent / "rules.md"

_HEAD = """# Rules

Every plan keeps every rule; an independent judge checks each of them from the instance alone (`cohort_opt/verification/rules`).
This page is built from the registries by `docs/rules/build.py`; edit the examples in `docs/rules/`, not this page.

A new rule is one file per room and one line per registry; `docs/new-rule.md` is the recipe.
"""


_TESTS_HEAD = "Tests that forbid nothing, and say what a plan shows:\n"

TESTS = {"starters": starters}
"""Tests of a plan that forbid nothing."""


def page() -> str:
    """Return the text of the page."""
    toc = "\n".join(f"- [`{name}`](#{name}): {RULE_SENTENCES[name]}" for name in RULES)
    tests = "\n".join(f"- [`{name}`](#{name}): {_sentence(TESTS[name].__doc__)}" for name in TESTS)
    return "\n".join([_HEAD, toc, "", _TESTS_HEAD, tests, "", *(_section(name) for name in (*RULES, *TESTS))])


def _sentence(documentation: str | None) -> str:
    text = (documentation or "").partition("\n\n")[0].partition(": ")[2].replace("\n", " ").strip()
    return text[0].upper() + text[1:]


def _section(name: str) -> str:
    documentation = (RULES[name] if name in RULES else TESTS[name]).__doc__ or ""
    rest = documentation.partition("\n\n")[2]
    parts = [f"## {name}", "", _sentence(documentation), "", "```", _formula(rest), "```", "", _home(name), ""]
    parts += [(HERE / f"{name}.md").read_text(encoding="utf-8").strip(), ""]
    if name in SENTENCES:
        parts += [f"*Reason, where no run suits a line:* {_as_words(SENTENCES[name])}", ""]
    return "\n".join(parts)


def _formula(text: str) -> str:
    lines = [line.removeprefix("    ") for line in text.strip("\n").rstrip().splitlines()]
    return "\n".join(lines)


def _home(name: str) -> str:
    if name in TESTS:
        return f"*Where:* read off a finished plan (`cohort_opt/verification/{name}.py`); it leaves the plan as it is."
    home = RULE_HOME[name]
    also = EXTENDING_RULES.get(name)
    effect = "it only forbids" if also is None else f"it also extends what is possible: {also}"
    if not home:
        return f"*Where:* before the search; what would break it is no candidate, or the instance is refused. *Effect:* {effect}."
    concern = next(concern.effect for concern in CONSTRAINTS if concern.name == home)
    return f"*Where:* constraint `{home}` of the model, which {concern.value}. *Effect:* {effect}."


def _as_words(template: str) -> str:
    """Return a reason with its facts as words: `{travel_km}` -> *travel km*."""
    return re.sub(r"\{(\w+)\}", lambda found: f"*{found[1].replace('_', ' ')}*", template)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
