"""Names that can be taken for each other have one skeleton."""

import pytest

from service.lookalikes import skeleton


@pytest.mark.parametrize("name", ["ACME", "Ａｃｍｅ", "Ac\u200bme", "\u0410cme", "Acrne", "Ácme", " acme "])
def test_a_name_that_looks_the_same_is_the_same(name):
    assert skeleton(name) == skeleton("Acme")


@pytest.mark.parametrize("name", ["Acme 2", "Acne", "Amce", "Acme Delft"])
def test_another_name_is_another(name):
    assert skeleton(name) != skeleton("Acme")
