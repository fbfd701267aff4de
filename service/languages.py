"""The languages of the pages: English in the templates, Dutch and German in `translations/*.po`, read at the start.

Catalogues are read as they are kept; there is nothing to compile and nothing to forget to compile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, cast

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations

from cohort_opt import Reason, in_language, in_words

LANGUAGES = {"nl": "Nederlands", "en": "English", "de": "Deutsch"}
"""Code and own name of each language; the first is the default."""
DEFAULT = "nl"
LOCALES = {"nl": "nl_NL", "en": "en_IE", "de": "de_DE"}
"""English of a country that pays in euros and writes the day before the month."""
FOLDER = Path(__file__).parent / "translations"


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into a language; English translates into itself."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def euros(cents: int | None, language: str) -> str:
    """Return an amount for eyes, or a dash where there is none."""
    return "–" if cents is None else format_currency(cents / 100, "EUR", locale=LOCALES[language])


def day(date: str | dt.date, language: str, form: str = "medium") -> str:
    """Return a date for eyes; `form` is one of Babel's. A German day of the month carries its dot."""
    if language == "de" and "d MMM" in form:
        form = form.replace("d MMM", "d. MMM")
    return format_date(dt.date.fromisoformat(date) if isinstance(date, str) else date, form, locale=LOCALES[language])


def moment(instant: str, language: str, zone: dt.tzinfo) -> str:
    """Return an instant (RFC 3339) for eyes, as the clocks of a zone show it."""
    found = dt.datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return format_datetime(found, "short", tzinfo=zone, locale=LOCALES[language])


def number(value: float, language: str, digits: int = 1) -> str:
    """Return a figure for eyes with so many digits behind the comma."""
    return format_decimal(value, f"#,##0.{'0' * digits}" if digits else "#,##0", locale=LOCALES[language])


def week(date: str | dt.date, language: str) -> str:
    """Return the ISO week of a date as planners say it: `wk 9`."""
    found = dt.date.fromisoformat(date) if isinstance(date, str) else date
    return f"{ {'nl': 'wk', 'en': 'wk', 'de': 'KW'}[language] } {found.isocalendar().week}"


def said(reason: Mapping[str, Any], language: str, names: Mapping[str, str] | None = None) -> str:
    """Return a stored reason as a sentence; English where its facts were not stored or the catalogue does not know it.

    `names` stand in the sentence for the ids that it would else tell, of classes and runs.
    """
    found = in_language(Reason.model_validate(dict(reason)), cast(Literal["nl", "en", "de"], language)).sentence
    for value in sorted({str(value) for value in reason["facts"].values()} & set(names or ()), key=len, reverse=True):
        found = found.replace(value, (names or {})[value])
    return found


def class_names(proposal: Mapping[str, Any] | None, instance: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return class and run ids of a plan -> course, place and first day, as people say it."""
    places = {row["id"]: row["name"] for kind in ("courses", "sites") for row in instance.get(kind, ())}
    found: dict[str, str] = {}
    for entry in (proposal or {}).get("classes") or ():
        course, site = places.get(entry["course"], entry["course"]), places.get(entry["site"], entry["site"])
        text = f"{course}, {site}, {day(entry['start'], language)}"
        found[entry["id"]] = text + (f" ({entry['number']})" if entry["number"] > 1 else "")
        found.setdefault(entry["run"], text)
    return found


def rule(name: str, language: str) -> str:
    """Return the name of a rule as a person reads it; what has no such name stays."""
    return in_words(name, cast(Literal["nl", "en", "de"], language))
