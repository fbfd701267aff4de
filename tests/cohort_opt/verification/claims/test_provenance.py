"""Provenance: seed, limits and versions are there, and nothing is promised that cannot be kept."""

import pytest

from cohort_opt.verification.claims import provenance
from tests.cohort_opt.verification.plans import village_proposal
from tests.cohort_opt.verification.proposals import complaints, refused

BROKEN = ("provenance",)


@pytest.mark.parametrize(("seed", "expected"), [(-1, BROKEN), (0, ()), (2**31 - 1, ()), (2**31, BROKEN)])
def test_a_seed_is_one_that_a_solve_accepts(seed, expected):
    assert refused(seed=seed) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("deterministic_limit", 0, BROKEN),
        ("deterministic_limit", 0.001, ()),
        ("time_limit_seconds", 0, BROKEN),
        ("time_limit_seconds", 0.1, ()),
        ("workers", 0, BROKEN),
        ("workers", 1, ()),
        ("workers", 64, ()),
        ("workers", 65, BROKEN),
        ("gap_target", -0.001, BROKEN),
        ("gap_target", 0, ()),
        ("gap_target", 1, ()),
        ("gap_target", 1.001, BROKEN),
        ("gap_target", float("nan"), BROKEN),
    ],
)
def test_a_limit_is_one_that_a_solve_accepts(name, value, expected):
    assert refused(limits=village_proposal().limits.model_copy(update={name: value})) == expected


@pytest.mark.parametrize(("mode", "reproducible", "expected"), [
    ("fast", True, BROKEN), ("fast", False, ()), ("reproducible", True, ()), ("reproducible", False, ()),
])  # fmt: skip
def test_fast_promises_no_same_bytes(mode, reproducible, expected):
    limits = village_proposal().limits.model_copy(update={"mode": mode})
    assert refused(limits=limits, reproducible=reproducible) == expected


@pytest.mark.parametrize("name", provenance.NEEDED_VERSIONS)
def test_a_version_that_is_not_named_is_missed(name):
    for versions in (
        {**village_proposal().versions, name: ""},
        {k: v for k, v in village_proposal().versions.items() if k != name},
    ):
        assert complaints(versions=versions) == [f"Proposal: versions name no {name}"]


def test_it_needs_no_plan():
    assert not provenance.needs_plan()
