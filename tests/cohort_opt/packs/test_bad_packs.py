"""Bad packs: every error names the object, the value, the rule and the way out; nothing of a pack is ever run."""

import copy
import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.packs import read_pack
from cohort_opt.packs.amounts import AMOUNT_KINDS
from cohort_opt.packs.conditions import CONDITION_KINDS

CENTS = {"low": 1, "expected": 2, "high": 3}
PACK = {
    "id": "town-2027", "name": "Town", "status": "sample", "source": "invented",
    "jurisdiction": {"kind": "municipality", "name": "Town", "municipalities": ["Town"]},
    "schemes": [{"id": "grant", "name": "Grant", "conditions": [], "amounts": [{"kind": "participant", "cents": CENTS}]}],
    "budgets": [{"id": "places", "name": "Places", "cents_per_place": 1, "budget_cents": 1}],
}  # fmt: skip


def refused(change):
    document = copy.deepcopy(PACK)
    change(document)
    with pytest.raises(InstanceError) as error:
        read_pack(json.dumps(document))
    return error.value.problems


def scheme(**changes):
    return lambda document: document["schemes"][0].update(changes)


def pack(**changes):
    return lambda document: document.update(changes)


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (scheme(conditions=[{"kind": "min_class_size", "seats": 0}]), "out-of-range", "/schemes/0/conditions/0/seats"),
        (scheme(conditions=[{"kind": "min_class_size"}]), "missing-field", "/schemes/0/conditions/0/seats"),
        (scheme(conditions=[{"kind": "min_class_size", "seats": "eval('8')"}]), "wrong-type", "/schemes/0/conditions/0/seats"),
        (scheme(conditions=[{"kind": "python", "code": "1"}]), "unknown-value", "/schemes/0/conditions/0/kind"),
        (scheme(conditions=[{"kind": "age", "at_least": 50}]), "missing-field", "/schemes/0/conditions/0/reference"),
        (scheme(conditions=[{"kind": "counted", "topic": "deafness"}]), "unknown-value", "/schemes/0/conditions/0/topic"),
        (scheme(conditions=[{"kind": "attendance", "percent": 101}]), "out-of-range", "/schemes/0/conditions/0/percent"),
        (scheme(conditions=[{"kind": "min_weeks", "weeks": 2.5}]), "not-an-integer", "/schemes/0/conditions/0/weeks"),
        (scheme(amounts=[{"kind": "participant", "cents": {"low": 3, "expected": 2, "high": 3}}]), "out-of-range",
         "/schemes/0/amounts/0/cents"),
        (scheme(amounts=[{"kind": "participant", "cents": {**CENTS, "low": -1}}]), "out-of-range",
         "/schemes/0/amounts/0/cents/low"),
        (scheme(amounts=[{"kind": "formula", "cents": CENTS}]), "unknown-value", "/schemes/0/amounts/0/kind"),
        (scheme(pot="purse"), "unknown-reference", "/schemes/grant/pot"),
        (scheme(person="J. Doe"), "unknown-field", "/schemes/0/person"),
        (pack(status="law"), "unknown-value", "/status"),
        (pack(status="confirmed"), "missing-field", "/reviewer"),
        (pack(reviewer="A. Person"), "unknown-value", "/reviewer"),
        (pack(valid_from="2027-02-30"), "invalid-date", "/valid_from"),
        (pack(valid_from="2028-01-01", valid_until="2027-01-01"), "start-after-end", "/valid_until"),
        (pack(budgets=[{"id": "places", "name": "Places", "cents_per_place": 0, "budget_cents": 1}]), "out-of-range",
         "/budgets/0/cents_per_place"),
        (pack(budgets=[{"id": "places", "name": "Places", "cents_per_place": 1, "budget_cents": 1, "group": "deaf"}]),
         "unknown-value", "/budgets/0/group"),
        (pack(budgets=PACK["budgets"] * 2), "duplicate-id", "/budgets"),
        (pack(source=""), "missing-field", "/source"),
        (pack(schemes=[]), "missing-field", "/gaps"),
    ],
)  # fmt: skip
def test_the_error_has_code_and_place(change, code, pointer):
    (problem,) = refused(change)
    assert (problem.code, problem.pointer) == (code, pointer)


@pytest.mark.parametrize(
    "change", [scheme(pot="purse"), pack(status="law"), scheme(conditions=[{"kind": "age", "at_least": 50}])]
)
def test_the_error_says_object_rule_and_way_out(change):
    (problem,) = refused(change)
    assert "RulePack" in problem.subject or "Scheme" in problem.subject or "[" in problem.subject
    assert problem.rule
    assert problem.remedy
    assert str(problem).count(":") >= 1


def test_several_mistakes_are_told_at_once():
    problems = refused(lambda document: document.update(status="law", valid_from="tomorrow", source=""))
    assert {problem.pointer for problem in problems} == {"/status", "/valid_from", "/source"}


@pytest.mark.parametrize("kind", [*CONDITION_KINDS, *AMOUNT_KINDS], ids=lambda kind: kind.__name__)
def test_no_kind_takes_a_field_that_it_does_not_know(kind):
    name = kind.model_fields["kind"].annotation.__args__[0]
    where = "conditions" if kind in CONDITION_KINDS else "amounts"
    problems = refused(scheme(**{where: [{"kind": name, "code": "import os"}]}))
    assert ("unknown-field", f"/schemes/0/{where}/0/code") in {(problem.code, problem.pointer) for problem in problems}
