"""Random small instances: the proposal has the value that trying everything finds, or says infeasible when nothing works."""

import collections
import functools
from typing import Any

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstanceRecords
from cohort_opt.proposal import Proposal
from tests.conftest import CAMPAIGN
from tests.properties.brute_force import Best, best_plan
from tests.properties.coupling_switches import COUPLING_SWITCHES
from tests.properties.lifted_rules import LIFTED, NOTHING_TO_LIFT, without
from tests.properties.random_instances import RULES, random_fields, rules_switched_on
from tests.properties.trade_switches import TRADE_SWITCHES

CASES = 2_000 * CAMPAIGN
CHUNK = 100


@functools.lru_cache(maxsize=2_000)
def _best_of(seed: int) -> Best | None:
    """Return the best plan of a seed; tried once, though several tests ask, since some cases take seconds."""
    return best_plan(InstanceRecords(**random_fields(seed)))


@pytest.mark.campaign
@pytest.mark.parametrize("first_seed", range(0, CASES, CHUNK))
def test_a_proposal_costs_what_trying_everything_costs(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        fields, best = random_fields(seed), _best_of(seed)
        proposal, codes = _answer(fields)
        if proposal is None:
            # Pins and frozen seats that can be seen to clash are refused with those that clash; nothing else is.
            assert codes <= {"contradictory-pins", "contradictory-commitments"}, f"seed {seed}: {codes}"
            assert best is None, f"seed {seed}: refused, yet {best} keeps every pin"
            continue
        if best is None:
            assert proposal.status == "infeasible", f"seed {seed}"
            assert proposal.classes is None, f"seed {seed}: infeasible is not an empty plan"
            named, frozen = (_named(fields.get(rows, ()), proposal) for rows in ("pins", "commitments"))
            assert named or frozen, f"seed {seed}: infeasible, and no pin is named although only pins can make an instance so"
            alone = best_plan(InstanceRecords(**{**fields, "pins": named, "commitments": frozen}))
            assert alone is None, f"seed {seed}: the pins of {proposal.conflict.members} do not clash: {alone}"
            continue
        assert proposal.status == "optimal", f"seed {seed}: brute force has {best}"
        assert (proposal.objective_cents, proposal.bound_cents) == (best.cents, best.cents), f"seed {seed}: {best}"
        assert proposal.verified, f"seed {seed}"


MEETING = 120 * CAMPAIGN
OFTEN = 0.3
"""Probability of each rule inside a class or between classes where many of them are to meet."""


@pytest.mark.campaign
@pytest.mark.parametrize("first_seed", range(50_000, 50_000 + MEETING, 40))
def test_a_proposal_costs_what_trying_everything_costs_where_many_rules_meet(first_seed):
    for seed in range(first_seed, first_seed + 40):
        fields = random_fields(seed, coupling=OFTEN)
        best, (proposal, codes) = best_plan(InstanceRecords(**fields)), _answer(fields)
        if proposal is None:
            assert (best, codes <= {"contradictory-pins", "contradictory-commitments"}) == (None, True), f"seed {seed}: {codes}"
        elif best is None:
            assert proposal.status == "infeasible", f"seed {seed}"
        else:
            found = (proposal.objective_cents, proposal.bound_cents, proposal.verified)
            assert found == (best.cents, best.cents, True), f"seed {seed}: {best}"


def _named(rows: Any, proposal: Proposal) -> list[dict[str, Any]]:
    """Return the pins or commitments whose run the conflict names."""
    return [row for row in rows if any(row["run"] in member for member in proposal.conflict.members)]


def _answer(fields: dict[str, Any]) -> tuple[Proposal | None, set[str]]:
    """Return the proposal, or the codes with which the input was refused."""
    try:
        return propose(Instance(**fields)), set()
    except InstanceError as refused:
        return None, {problem.code for problem in refused.problems}


def test_the_random_instances_use_every_rule_and_every_outcome():
    rules: collections.Counter[str] = collections.Counter()
    outcomes: collections.Counter[str] = collections.Counter()
    for seed in range(2_000):
        rules.update(rules_switched_on(seed))
    for seed in range(150):
        best = _best_of(seed)
        outcomes["infeasible" if best is None else "several classes" if len(best.classes) > 1 else "other"] += 1
        outcomes["somebody waits"] += best is not None and bool(best.unplaced) and bool(best.classes)
    assert set(rules) == {*RULES, *TRADE_SWITCHES, *COUPLING_SWITCHES} == {*LIFTED, *NOTHING_TO_LIFT}
    assert min(rules.values()) >= 50
    assert min(outcomes[name] for name in ("infeasible", "several classes", "somebody waits")) > 10


@pytest.mark.campaign
@pytest.mark.parametrize("rule", sorted(LIFTED))
def test_every_rule_decides_the_best_plan_of_some_instances(rule):
    # A rule that is switched on and never forbids or allows anything would agree with every engine.
    decided = 0
    for seed in (seed for seed in range(2_000) if rule in rules_switched_on(seed)):
        with_it, without_it = _best_of(seed), best_plan(InstanceRecords(**without(rule, random_fields(seed))))
        decided += (with_it and with_it.cents) != (without_it and without_it.cents)
        if decided == 5:
            return
    pytest.fail(f"{rule} decides only {decided} of 2,000 instances")
