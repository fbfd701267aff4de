"""Every sentence and every phrase is there in Dutch and German, uses all its facts, and is found again from a stored reason."""

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from cohort_opt.explanation.language import phrase
from cohort_opt.explanation.reasons.no_run import SENTENCES
from cohort_opt.explanation.sentence import WORDS, in_language, places, say, shown
from cohort_opt.proposal import Reason

LIBRARY = Path(__file__).parents[3] / "cohort_opt"
OTHER_CATALOGUES = ("packs/",)


def texts():
    """Return (rule, template) of every reason and (None, phrase) of every phrase that the library can say."""
    found = {(None, word) for word in WORDS.values()} | set(SENTENCES.items())
    keywords = {"say": ((1, "c"), 2), "phrase": (1,), "phrases_of": None}
    for file, _, message, _, context in extract_from_dir(LIBRARY, method_map=[("**.py", "python")], keywords=keywords):
        if not file.startswith(OTHER_CATALOGUES):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def catalogue(language):
    with (resources.files("cohort_opt.explanation") / "translations" / f"{language}.po").open("rb") as source:
        return [message for message in read_po(source, locale=language) if message.id]


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_sentence_and_phrase_is_translated(language):
    # What stands here was said with `say` or `phrase`: add it to explanation/translations/nl.po and de.po, the rule as msgctxt.
    known = {(message.context, message.id) for message in catalogue(language) if message.string and not message.fuzzy}
    assert len(texts()) > 80
    assert sorted(map(str, texts() - known)) == []


@pytest.mark.parametrize("language", ["nl", "de"])
def test_no_translation_is_left_of_a_sentence_that_nobody_says(language):
    sentences = {(message.context, message.id) for message in catalogue(language) if message.context}
    assert sorted(map(str, sentences - texts())) == []


@pytest.mark.parametrize("language", ["nl", "de"])
def test_a_translation_uses_the_same_facts(language):
    wrong = [message.id for message in catalogue(language) if places(str(message.id)) != places(str(message.string))]
    assert wrong == []


@pytest.mark.parametrize("language", ["nl", "de"])
def test_a_translation_is_not_the_english_sentence(language):
    same = [message.id for message in catalogue(language) if message.context and message.id == message.string]
    assert same == []


def test_rule_and_facts_name_one_sentence_only():
    found = Counter((rule, frozenset(places(text))) for rule, text in texts() if rule)
    assert [key for key, number in found.items() if number > 1] == []


def test_a_fact_that_the_sentence_does_not_use_is_refused():
    with pytest.raises(ValueError, match="the sentence uses"):
        say("room", "one more room in {room}, {count} in all", room="Bay", count=2, site="academy")


def test_a_stored_reason_is_told_in_dutch_and_german():
    reason = say("budget", "One more seat would bring the company to {spent_cents} at least, its budget is {budget_cents}.",
                 spent_cents=154_215, budget_cents=100_000)  # fmt: skip
    dutch, german = (in_language(reason, language) for language in ("nl", "de"))
    assert dutch.facts == german.facts == reason.facts
    assert dutch.sentence == (
        "Met één plaats meer komt het bedrijf op ten minste €\u00a01.542,15, het budget is €\u00a01.000,00."
    )
    assert german.sentence.startswith("Mit einem weiteren Platz käme der Betrieb auf mindestens 1.542,15\u00a0€")
    assert in_language(reason, "en") is reason


def test_a_reason_that_the_catalogue_does_not_know_stays_as_it_was_stored():
    old = Reason(rule="of_another_year", facts={"seats": 3}, sentence="3 seats.")
    assert in_language(old, "nl") is old


def test_days_amounts_and_words_are_written_as_people_write_them():
    assert [shown("date", "2027-03-08", language) for language in ("nl", "en", "de")] == [
        "8 mrt 2027", "8 Mar 2027", "8. März 2027",
    ]  # fmt: skip
    assert shown("price_cents", -5) == "EUR -0.05"
    assert shown("rules", "travel_limit 26, start_window 10", "nl") == "afstand 26, startperiode 10"
    assert shown("run", "drilling/2027-03-08/block5", "nl") == "drilling/2027-03-08/block5"
    assert phrase("Without a seat", "de") == "Ohne Platz"
