"""Every kind of corruption is caught, by the rule that it breaks; valid plans are all accepted.

The registries are in `mutations/`: corrupted plans, tightened instances, falsified proposals. The kinds run over the village
(worked out by hand) and over proposals for random small instances; `CAMPAIGN=n` scales the number of instances.
"""

import collections
import random
from functools import cache

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.verification.claims import CLAIMS
from cohort_opt.verification.hearing import plan_of
from cohort_opt.verification.rules import RULES
from cohort_opt.verification.verify import verify
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.cohort_opt.verification.mutations import corrupted_plans, falsified_proposals, tightened_instances
from tests.cohort_opt.verification.plans import two_sites_in_a_day, village, village_plan, village_proposal
from tests.conftest import CAMPAIGN
from tests.properties.random_instances import random_fields

CASES = 60 * CAMPAIGN
DRAWS = 25
"""Draws of each kind on the village."""


def _named(kinds):
    return pytest.mark.parametrize(("kind", "rule"), kinds.items(), ids=lambda value: getattr(value, "__name__", value))


def _seeds(kind):
    return (random.Random(f"{kind.__name__} {draw}") for draw in range(DRAWS))


@_named(corrupted_plans.KINDS)
def test_a_corrupted_plan_of_the_village_is_caught(kind, rule):
    for rng in _seeds(kind):
        corrupted = kind(rng, village(), village_plan())
        assert corrupted is not None
        assert corrupted != village_plan() or kind is corrupted_plans.count_in_floating_point
        report = verify(village(), corrupted)
        assert rule in report.broken, report.broken


@_named(tightened_instances.KINDS)
def test_a_rule_drawn_too_tight_for_the_village_is_the_only_one_broken(kind, rule):
    for rng in _seeds(kind):
        tighter = kind(rng, village(), village_plan())
        assert tighter is not None
        broken = set(verify(tighter, village_plan()).broken)
        assert rule in broken
        assert broken <= {rule} | tightened_instances.ALSO.get(kind, set())


@_named(tightened_instances.ELSEWHERE)
def test_a_rule_drawn_too_tight_for_two_sites_in_a_day_is_the_only_one_broken(kind, rule):
    instance, solution = two_sites_in_a_day()
    assert verify(instance, solution).broken == ()
    assert verify(kind(random.Random(1), instance, solution), solution).broken == (rule,)


@_named(falsified_proposals.KINDS)
def test_a_falsified_proposal_of_the_village_is_caught(kind, rule):
    found = [kind(rng, instance, proposal) for instance, proposal in _villages() for rng in _seeds(kind)]
    assert any(lie is not None for lie in found)
    for (instance, proposal), rng in ((pair, rng) for pair in _villages() for rng in _seeds(kind)):
        lie = kind(rng, instance, proposal)
        if lie is not None:
            report = verify_proposal(instance, lie)
            assert not report.ok
            assert not rule or rule in report.broken, report.broken


def _villages():
    """Return the village, and the same without its pin, which some lies need."""
    free = village().model_copy(update={"pins": ()})
    return (
        (village(), village_proposal()),
        (free, village_proposal().model_copy(update={"instance_fingerprint": free.fingerprint()})),
    )


def test_there_are_enough_kinds_and_each_rule_and_claim_has_one():
    plans, lies = corrupted_plans.KINDS, falsified_proposals.KINDS
    tight = {**tightened_instances.KINDS, **tightened_instances.ELSEWHERE}
    assert len(plans) + len(tight) + len(lies) >= 100
    assert set(RULES) | {"plan_form"} <= {*plans.values(), *tight.values()}
    # A class that keeps its days keeps an unbroken block unbroken, whatever the instance says: `block_interrupted` moves a day.
    assert set(RULES) - {"unbroken"} <= set(tight.values())
    assert set(CLAIMS) <= set(lies.values())


# --- random instances -------------------------------------------------------------------------------------------------------


@cache
def _proposals():
    """Return (seed, instance, proposal) for every random instance that is not refused."""
    found = []
    for seed in range(CASES):
        try:
            instance = Instance(**random_fields(seed))
            found.append((seed, instance, propose(instance)))
        except InstanceError:
            continue
    return found


def _plans():
    """Return those with at least one class."""
    return [(seed, instance, proposal) for seed, instance, proposal in _proposals() if proposal.classes]


@pytest.mark.campaign
def test_every_random_proposal_is_accepted():
    for seed, instance, proposal in _proposals():
        assert verify_proposal(instance, proposal).violations == (), f"seed {seed}"
    assert len(_plans()) >= CASES // 3


@pytest.mark.campaign
@_named(corrupted_plans.KINDS)
def test_a_corrupted_random_plan_is_caught(kind, rule):
    for seed, instance, proposal in _plans():
        rng = random.Random(seed)
        corrupted = kind(rng, instance, plan_of(proposal))
        if corrupted is not None:
            report = verify(instance, corrupted)
            assert rule in report.broken, f"seed {seed}: {report.broken}"


@pytest.mark.campaign
@_named({**tightened_instances.KINDS, **tightened_instances.ELSEWHERE})
def test_a_rule_drawn_too_tight_for_a_random_plan_is_the_only_one_broken(kind, rule):
    for seed, instance, proposal in _plans():
        tighter = kind(random.Random(seed), instance, plan_of(proposal))
        if tighter is not None:
            broken = set(verify(tighter, plan_of(proposal)).broken)
            assert rule in broken, f"seed {seed}: {broken}"
            assert broken <= {rule} | tightened_instances.ALSO.get(kind, set()), f"seed {seed}: {broken}"


@pytest.mark.campaign
@_named(falsified_proposals.KINDS)
def test_a_falsified_random_proposal_is_caught(kind, rule):
    for seed, instance, proposal in _plans():
        lie = kind(random.Random(seed), instance, proposal)
        if lie is not None:
            report = verify_proposal(instance, lie)
            assert not report.ok, f"seed {seed}"
            assert not rule or rule in report.broken, f"seed {seed}: {report.broken}"


@pytest.mark.campaign
def test_most_kinds_find_something_to_corrupt_in_random_plans():
    used = collections.Counter()
    for seed, instance, proposal in _plans():
        for registry, subject in (
            (corrupted_plans.KINDS, plan_of(proposal)),
            (tightened_instances.KINDS, plan_of(proposal)),
            (falsified_proposals.KINDS, proposal),
        ):
            for kind in registry:
                used[kind.__name__] += kind(random.Random(seed), instance, subject) is not None
    # Rare among the random instances: a second pool of instructors, parallel classes that share a line, unbroken blocks of
    # several days, and a company with a price cap whose only line in a class is dearer than its cap if it pays for all.
    rare = {"another_instructor", "member_moved_between_classes", "block_interrupted", "one_pays_for_all"}
    assert {name for name, count in used.items() if count == 0} <= rare
