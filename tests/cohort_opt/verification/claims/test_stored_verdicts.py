"""Stored verdicts: a verified proposal does not carry its own refutation."""

from cohort_opt.proposal import RuleVerdict
from cohort_opt.solution import SolveStatus
from cohort_opt.verification.claims import stored_verdicts
from cohort_opt.verification.verify_proposal import verify_proposal
from tests.cohort_opt.verification.plans import village
from tests.cohort_opt.verification.proposals import complaints, refused
from tests.cohort_opt.verification.test_verify_proposal import without_plan

PASSED = RuleVerdict(rule="class_size", checked=3, violations=())
FAILED = RuleVerdict(rule="parts", checked=3, violations=("Class[x]: too small",))


def test_a_violation_in_a_verified_proposal_is_refused():
    assert refused(verification=(PASSED, FAILED)) == ("stored_verdicts",)
    assert complaints(verification=(PASSED, FAILED)) == [
        "Verdict[parts]: 1 violations are stored in a proposal that calls itself verified"
    ]


def test_a_rule_has_one_verdict():
    assert refused(verification=(PASSED, PASSED)) == ("stored_verdicts",)


def test_more_wrong_than_looked_at_is_refused():
    wrong = FAILED.model_copy(update={"checked": 0})
    assert "stored_verdicts" in refused(verification=(wrong,), verified=False)


def test_without_a_plan_there_is_nothing_to_store():
    late = without_plan(SolveStatus.NO_SOLUTION_IN_TIME, verification=(PASSED,))
    assert verify_proposal(village(), late).broken == ("stored_verdicts",)


def test_it_needs_no_plan():
    assert not stored_verdicts.needs_plan()
