import re
import string

import pytest

from cohort_opt.packs.amounts import AMOUNT_KINDS
from cohort_opt.packs.conditions import AGE_REFERENCES, CONDITION_KINDS
from cohort_opt.packs.wording import LANGUAGES, catalogue, euros, say


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_stands_in_three_languages_with_the_same_places():
    for key, texts in catalogue().items():
        assert sorted(texts) == list(LANGUAGES), key
        assert len({frozenset(places(text)) for text in texts.values()}) == 1, key


def test_an_amount_never_stands_without_a_status_in_its_sentence():
    for key, texts in catalogue().items():
        for text in texts.values():
            if any(name.endswith(("_euro", "_percent")) for name in places(text)):
                assert places(text) & {"status", "price_status"}, key
            assert not re.search(r"[0-9€]", text), key


def test_every_condition_and_amount_has_words():
    kinds = {kind.model_fields["kind"].annotation.__args__[0] for kind in (*CONDITION_KINDS, *AMOUNT_KINDS)}
    keys = {key.split(".")[1] for key in catalogue() if key.startswith(("condition.", "amount.", "topic."))}
    assert kinds - {"counted"} <= keys
    assert all(f"condition.age.{reference}" in catalogue() for reference in AGE_REFERENCES)


@pytest.mark.parametrize(
    ("cents", "language", "text"),
    [
        (123_450, "en", "€1,234.50"),
        (123_450, "nl", "€ 1.234,50"),
        (123_450, "de", "1.234,50 €"),
        (-500, "en", "−€5"),
        (0, "de", "0 €"),
        (100_000_005, "nl", "€ 1.000.000,05"),
    ],
)
def test_euros_are_written_as_people_of_the_language_do(cents, language, text):
    assert euros(cents, language) == text


def test_a_message_without_a_fact_is_refused():
    with pytest.raises(KeyError):
        say("border.row", "en", municipality="Delft")
