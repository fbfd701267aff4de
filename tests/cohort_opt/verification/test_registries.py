"""The registries of the judge: every file is in one, under its own name, with a sentence and a formula."""

import re
from pathlib import Path

import pytest

import cohort_opt.verification
from cohort_opt.verification.claims import CLAIMS
from cohort_opt.verification.rules import RULES, plan_form

ROOM = Path(cohort_opt.verification.__file__).parent


def _files(folder):
    return {path.stem for path in (ROOM / folder).glob("*.py")} - {"__init__"}


def test_every_rule_is_registered_under_the_name_of_its_file():
    assert set(RULES) == _files("rules") - {"plan_form"}
    assert all(rule.__name__.endswith(f".{name}") for name, rule in RULES.items())


def test_every_claim_is_registered_under_the_name_of_its_file():
    assert set(CLAIMS) == _files("claims")
    assert all(claim.__name__.endswith(f".{name}") for name, claim in CLAIMS.items())


def test_no_claim_has_the_name_of_a_rule():
    assert set(RULES).isdisjoint(CLAIMS)


def test_the_first_issue_has_sixteen_rules():
    assert list(RULES)[:16] == [
        "one_seat_per_trainee", "class_size", "travel_limit", "start_window", "weekdays", "release_pattern",
        "company_closed_days", "calendar", "room_capacity", "instructor_capacity", "parts", "company_absence", "price_cap",
        "pins", "bans", "offering",
    ]  # fmt: skip


@pytest.mark.parametrize("module", [plan_form, *RULES.values(), *CLAIMS.values()], ids=lambda module: module.__name__)
def test_a_rule_is_a_sentence_and_what_it_means_exactly(module):
    sentence, _, rest = module.__doc__.partition("\n\n")
    assert re.fullmatch(r"[A-Z][a-z -]+: [^\n]+\.", sentence)
    assert rest.strip()
    if module in RULES.values():
        assert any(sign in rest for sign in ("=", "<=", " in ")), "no formula"


@pytest.mark.parametrize("name", [*RULES, "plan_form", *CLAIMS])
def test_a_rule_has_its_own_tests(name):
    here = Path(__file__).parent
    assert any((here / folder / f"test_{name}.py").exists() for folder in ("rules", "claims"))
