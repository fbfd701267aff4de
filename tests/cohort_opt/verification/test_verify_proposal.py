"""The judge of a proposal as a whole: figures worked out by hand pass; without a plan nothing is made up."""

import json

import pytest

from cohort_opt.proposal import ConflictEntry, Proposal
from cohort_opt.solution import SolveStatus
from cohort_opt.verification.claims import CLAIMS
from cohort_opt.verification.rules import RULES
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.builders import demand, make_instance, too_few_for_a_class
from tests.cohort_opt.verification.plans import VILLAGE_TERMS, village, village_proposal

NOTHING = {"objective_cents": None, "gap": None, "verified": False, "objective_terms": None, "classes": None, "unplaced": None,
           "cost_shares": None, "pooling": None, "verification": (), "bound_cents": None, "bound_source": "none"}  # fmt: skip


def without_plan(status, **changes):
    """Return the village's proposal with its plan taken out."""
    return village_proposal().model_copy(update={**NOTHING, "status": status, **changes})


def test_a_proposal_whose_figures_were_worked_out_by_hand_passes():
    report = verify_proposal(village(), village_proposal())
    assert report.violations == ()
    assert report.objective_terms == VILLAGE_TERMS
    assert [verdict.rule for verdict in report.verdicts] == ["plan_form", *RULES, *CLAIMS]
    assert {verdict.rule for verdict in report.verdicts if not verdict.checked} <= set(list(RULES)[16:])


def test_the_bytes_of_a_proposal_are_judged_like_the_proposal():
    again = Proposal.model_validate(json.loads(village_proposal().to_json()))
    assert again == village_proposal()
    assert verify_proposal(village(), again).ok


@pytest.mark.parametrize("status", [SolveStatus.NO_SOLUTION_IN_TIME])
def test_a_proposal_without_a_plan_passes_on_its_claims_alone(status):
    report = verify_proposal(village(), without_plan(status))
    assert report.violations == ()
    assert report.total_cents is None
    assert [verdict.rule for verdict in report.verdicts] == [
        "identity",
        "provenance",
        "status",
        "bound",
        "optimality",
        "stored_verdicts",
    ]


def test_an_infeasible_pin_set_passes_with_its_conflict():
    conflict = ConflictEntry(members=("pins[acme-sawing]", "bans[x]"), checked=True)
    assert verify_proposal(village(), without_plan(SolveStatus.INFEASIBLE, conflict=conflict)).ok


def test_nobody_asking_is_an_empty_plan_of_no_cost():
    instance = make_instance(demands=[])
    empty = village_proposal().model_copy(
        update={
            "instance_name": instance.name,
            "instance_fingerprint": instance.fingerprint(),
            "status": SolveStatus.EMPTY,
            "objective_cents": 0,
            "bound_cents": 0,
            "bound_source": "none",
            "gap": 0.0,
            "objective_terms": VILLAGE_TERMS.model_copy(update=dict.fromkeys(VILLAGE_TERMS.model_fields_set, 0)),
            "classes": (),
            "unplaced": (),
            "cost_shares": (),
            "pooling": (),
        }
    )
    assert verify_proposal(instance, empty).violations == ()
    asked = make_instance(demands=[demand("acme-drilling", count=8)])
    named = empty.model_copy(update={"instance_name": asked.name, "instance_fingerprint": asked.fingerprint()})
    assert set(verify_proposal(asked, named).broken) == {"one_seat_per_trainee", "status", "pooling"}


def test_a_malformed_plan_is_rejected_and_its_rows_are_not_judged():
    proposal = village_proposal()
    doubled = proposal.model_copy(update={"classes": (*proposal.classes, proposal.classes[-1])})
    report = verify_proposal(village(), doubled)
    assert report.broken == ("plan_form",)
    assert "class_rows" not in [verdict.rule for verdict in report.verdicts]


@pytest.mark.parametrize("missing", ["classes", "unplaced"])
def test_half_a_plan_is_no_plan(missing):
    report = verify_proposal(village(), village_proposal().model_copy(update={missing: None}))
    assert "status" in report.broken


def test_a_proposal_for_another_instance_is_refused():
    report = verify_proposal(too_few_for_a_class(), village_proposal())
    assert set(report.broken) >= {"identity", "plan_form"}
