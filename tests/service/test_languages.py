"""Every word of pages and mails is there in Dutch and German, with the same facts in it."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from service import causes, diff
from service.languages import FOLDER, day, euros, week

SERVICE = Path(__file__).parents[2] / "service"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": (2,)}


def texts():
    """Return every text that is to be translated, and the sentences of the diff with its causes."""
    found = extract_from_dir(
        SERVICE, method_map=[("**.py", "python"), ("templates/**.html", "jinja2")], keywords=KEYWORDS,
        options_map={"templates/**.html": {"newstyle_gettext": "true"}},
    )  # fmt: skip
    singles = {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}
    spoken = {**vars(diff), **vars(causes)}
    return singles | {value for name, value in spoken.items() if name.isupper() and isinstance(value, str)}


def catalogue(language):
    with (FOLDER / f"{language}.po").open("rb") as source:
        return read_po(source, locale=language)


def facts(text):
    return set(re.findall(r"%\((\w+)\)s", text))


@pytest.mark.parametrize("language", ["nl", "de"])
def test_every_text_is_translated(language):
    known = catalogue(language)
    assert len(texts()) > 150
    assert [text for text in sorted(texts()) if known.get(text) is None or not known.get(text).string] == []


@pytest.mark.parametrize("language", ["nl", "de"])
def test_a_translation_carries_the_same_facts(language):
    for message in catalogue(language):
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        source = message.id[0] if isinstance(message.id, tuple) else message.id
        for string in strings:
            assert facts(string) == facts(source), source


def test_amounts_dates_and_weeks_are_written_as_at_home():
    assert euros(123_450, "nl") == "€\u00a01.234,50"  # a space that does not break
    assert euros(123_450, "de") == "1.234,50\u00a0€"
    assert euros(123_450, "en") == "€1,234.50"
    assert day("2027-03-01", "nl", "full") == "maandag 1 maart 2027"
    assert day("2027-03-01", "de") == "01.03.2027"
    # 2027-01-01 is a Friday: by ISO 8601 it lies in week 53 of 2026.
    assert (week("2027-03-01", "nl"), week("2027-01-01", "de")) == ("wk 9", "KW 53")
