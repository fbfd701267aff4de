"""Objective: every term and their sum are those of the judge."""

import pytest

from cohort_opt.proposal import ObjectiveTerms
from cohort_opt.verification.claims import objective
from tests.cohort_opt.verification.plans import VILLAGE_TERMS
from tests.cohort_opt.verification.proposals import complaints, refused


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("name", ObjectiveTerms.model_fields)
def test_a_term_that_is_off_by_a_cent_is_refused(name, off):
    wrong = VILLAGE_TERMS.model_copy(update={name: getattr(VILLAGE_TERMS, name) + off})
    assert refused(objective_terms=wrong) == ("objective",)


def test_two_wrong_terms_that_make_up_for_each_other_are_refused():
    wrong = VILLAGE_TERMS.model_copy(update={"travel": 64_001, "waiting": 5_999})
    assert len(complaints(objective_terms=wrong)) == 2


# 349,000 / 4,349,000 = 0.08024833 and 349,002 / 4,349,002 = 0.08024875: the gap is made to fit.
@pytest.mark.parametrize(("cents", "gap"), [(4_349_000, 0.080248), (4_349_002, 0.080249)])
def test_an_objective_that_is_off_by_a_cent_is_refused(cents, gap):
    assert refused(objective_cents=cents, gap=gap) == ("objective",)


def test_it_needs_a_plan():
    assert objective.needs_plan()
