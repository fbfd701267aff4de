"""Pooling: with and without the others, recomputed from the rows."""

import pytest

from cohort_opt.proposal import PoolingEntry
from cohort_opt.verification.claims import pooling
from tests.cohort_opt.verification.plans import village_proposal
from tests.cohort_opt.verification.proposals import complaints, less, refused, rows

FIGURES = [name for name in PoolingEntry.model_fields if name != "company"]


@pytest.mark.parametrize("off", [-1, 1])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_that_is_off_by_one_is_refused(name, place, off):
    value = getattr(village_proposal().pooling[place], name) + off
    assert refused(**rows("pooling", place, **{name: value})) == ("pooling",)


@pytest.mark.parametrize("place", range(3))
def test_each_company_that_asks_has_a_row(place):
    assert refused(**less("pooling", place)) == ("pooling",)


def test_nobody_has_two_rows():
    table = village_proposal().pooling
    assert refused(pooling=(table[0], *table)) == ("pooling",)


def test_rows_ascend():
    assert refused(pooling=tuple(reversed(village_proposal().pooling))) == ("pooling",)


def test_a_stranger_has_no_row():
    stranger = village_proposal().pooling[0].model_copy(update={"company": "zeta"})
    found = complaints(pooling=(*village_proposal().pooling, stranger))
    assert "pooling has rows for acme, bolt, cito, zeta, it needs one for each of acme, bolt, cito" in found[0]


def test_the_message_names_company_figure_and_values():
    assert complaints(**rows("pooling", 1, gain_cents=0)) == [
        "Company[bolt]: gain_cents 0, by the rows of the plan it is -109050"
    ]


def test_it_needs_a_plan():
    assert pooling.needs_plan()
