"""Packs and facts small enough to be worked out by hand; fixtures return builders."""

import pytest

from cohort_opt.packs.class_setting import setting_of_run
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.read import pack_from_dict
from cohort_opt.problem.runs import list_runs
from cohort_opt.solution import Member, PlannedClass


def pack_document(**changes):
    """Return the plain document of a sample pack for Rotterdam with nothing in it but a gap."""
    base = {
        "id": "rotterdam-1",
        "name": "Rules of Rotterdam",
        "jurisdiction": {"kind": "municipality", "name": "Rotterdam", "municipalities": ["Rotterdam"]},
        "valid_from": "2027-01-01",
        "source": "invented for a test",
        "status": "sample",
        "gaps": ["everything else"],
    }
    return {**base, **changes}


def scheme_document(scheme_id="grant", conditions=(), amounts=(), **changes):
    """Return the plain document of a scheme."""
    return {"id": scheme_id, "name": scheme_id.title(), "conditions": list(conditions), "amounts": list(amounts), **changes}


def euro(low, expected=None, high=None):
    """Return a range in cents from whole euros; one figure stands for all three."""
    expected = low if expected is None else expected
    return {"low": low * 100, "expected": expected * 100, "high": (expected if high is None else high) * 100}


@pytest.fixture
def pack():
    """Return a builder of packs: `pack([scheme, ...], **changes of the document)`."""

    def build(schemes=(), **changes):
        return pack_from_dict(pack_document(schemes=list(schemes), **changes))

    return build


@pytest.fixture
def scheme():
    return scheme_document


@pytest.fixture
def money():
    return euro


@pytest.fixture
def document():
    return pack_document


@pytest.fixture
def facts():
    """Return a builder of facts: `facts({"acme-drilling": {"rule": (yes, no, ask)}}, courses=[...], **fields of all lines)`."""

    def build(answers=None, courses=(), **fields):
        lines = [
            {
                "demand": demand,
                "facts": [
                    {"rule": rule, "reference_date": "2027-02-01", "yes": yes, "no": no, "ask": ask}
                    for rule, (yes, no, ask) in rules.items()
                ],
                **fields,
            }
            for demand, rules in (answers or {}).items()
        ]
        return EligibilityFacts.model_validate({"lines": lines, "courses": list(courses)})

    return build


@pytest.fixture
def first_run():
    """Return the first candidate run of an instance and a class of it: `setting(instance, size)`."""

    def build(instance, size):
        runs, _ = list_runs(instance)
        return setting_of_run(instance, runs[0], size)

    return build


@pytest.fixture
def planned():
    """Return a builder of classes: `planned(instance, {"acme-drilling": 5}, run=0)`."""

    def build(instance, members, run=0):
        runs, _ = list_runs(instance)
        r = runs[run]
        seats = tuple(Member(demand, count) for demand, count in sorted(members.items()))
        return PlannedClass(r.id, 1, r.offering, r.course, r.site, r.room, r.instructor, r.start, r.pattern, r.dates, seats)

    return build
