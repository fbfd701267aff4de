"""Dutch, English and German: English stands in the code, the others in `translations/*.po`, read as they are kept.

An entry with a context (`msgctxt`) is the sentence of a reason: rule and facts find it, so that stored reasons can be told in
any language. An entry without is a word or phrase of tables and headings.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["nl", "en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOCALES = {"nl": "nl_NL", "de": "de_DE"}


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The texts of one language."""

    templates: dict[tuple[str, frozenset[str]], str]
    phrases: dict[str, str]


def phrase(text: str, language: Language, **facts: int | str) -> str:
    """Return a phrase in a language with its facts filled in; English where the catalogue does not know it."""
    return (text if language == "en" else _catalogue(language).phrases.get(text, text)).format(**facts)


def template_in(rule: str, facts: frozenset[str], language: Language) -> str | None:
    """Return the sentence of a rule that uses these facts, `None` if the catalogue has none."""
    return _catalogue(language).templates.get((rule, facts))


def money(cents: int, language: Language) -> str:
    """Return an amount in euros; English without a table of locales, so that the bytes of a proposal depend on none."""
    if language != "en":
        # Only here: the judge and the plan itself need no languages.
        from babel.numbers import format_currency

        return format_currency(cents / 100, "EUR", locale=_LOCALES[language])
    sign, whole = ("-", -cents) if cents < 0 else ("", cents)
    return f"EUR {sign}{whole // 100:,}.{whole % 100:02d}"


def written_day(text: str, language: Language) -> str | None:
    """Return a day such as `2027-03-01` as people write it (`1 Mar 2027`), `None` if the text is no day."""
    if not _DAY.fullmatch(text):
        return None
    day = dt.date.fromisoformat(text)
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    from babel.dates import format_date

    return format_date(day, "d. MMM y" if language == "de" else "d MMM y", locale=_LOCALES[language])


@cache
def _catalogue(language: Language) -> _Catalogue:
    from babel.messages.pofile import read_po

    with (resources.files("cohort_opt.explanation") / "translations" / f"{language}.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=language) if message.id]
    return _Catalogue(
        {(m.context, _places(str(m.id))): str(m.string) for m in messages if m.context},
        {str(m.id): str(m.string) for m in messages if not m.context},
    )


def _places(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)
