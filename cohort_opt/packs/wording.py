"""What packs say, in Dutch, English and German: one catalogue, and amounts that never stand without the status of their pack."""

from __future__ import annotations

import datetime as dt
import functools
import json
from importlib import resources
from typing import Any, Literal, Protocol

from cohort_opt.packs.amounts import (
    Amount,
    PaidHour,
    PlaceYear,
    ShareOfSeatPrice,
    SocialReturnAtCost,
    SocialReturnYear,
)
from cohort_opt.packs.conditions import Age, Condition, Counted, MinHours, SameArea
from cohort_opt.packs.pack import RulePack, Scheme

Language = Literal["en", "nl", "de"]
LANGUAGES: tuple[Language, ...] = ("de", "en", "nl")


class Ranged(Protocol):
    """Anything with low, expected and high in cents."""

    @property
    def low(self) -> int:
        """Return the least amount in cents."""
        ...

    @property
    def expected(self) -> int:
        """Return the expected amount in cents."""
        ...

    @property
    def high(self) -> int:
        """Return the most amount in cents."""
        ...


@functools.cache
def catalogue() -> dict[str, dict[Language, str]]:
    """Return all messages: key -> language -> sentence with named places."""
    found: dict[str, dict[Language, str]] = json.loads(
        (resources.files("cohort_opt.packs") / "data" / "messages.json").read_text(encoding="utf-8")
    )
    return found


def say(key: str, language: Language = "en", **facts: Any) -> str:
    """Return the message in a language, its places filled.

    Raises
    ------
    KeyError
        If the catalogue has no such message, or a place has no fact.
    """
    return catalogue()[key][language].format(**facts)


def euros(cents: int, language: Language = "en") -> str:
    """Return cents as an amount: `€1,234.50`, `€ 1.234,50`, `1.234,50 €`; whole euros without decimals."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    if language != "en":
        text = text.translate(str.maketrans(",.", ".,"))
    sign = "−" if cents < 0 else ""
    return {"en": f"{sign}€{text}", "nl": f"€ {sign}{text}", "de": f"{sign}{text} €"}[language]


def date(day: dt.date, language: Language = "en") -> str:
    """Return a date as people of the language write it in figures; English keeps the ISO form, which nobody misreads."""
    return {"en": day.isoformat(), "nl": f"{day.day}-{day.month}-{day.year}", "de": f"{day.day}.{day.month}.{day.year}"}[language]


def status_word(pack: RulePack, language: Language = "en") -> str:
    """Return the word that stands beside every amount of the pack."""
    return say(f"status.{pack.status}", language)


def euro_range(cents: Ranged, status: str, language: Language = "en") -> str:
    """Return a range of euros with the status beside it: least and most of the three worlds; one figure if they are equal."""
    three = sorted((cents.low, cents.expected, cents.high))
    key = "range.euro_one" if three[0] == three[2] else "range.euro"
    return say(
        key,
        language,
        low_euro=euros(three[0], language),
        expected_euro=euros(cents.expected, language),
        high_euro=euros(three[2], language),
        status=status,
    )


def condition_words(condition: Condition, language: Language = "en") -> str:
    """Return a condition in words."""
    facts = {k: date(v, language) if isinstance(v, dt.date) else v for k, v in condition.model_dump().items()}
    match condition:
        case Counted():
            return say(f"topic.{condition.topic}", language)
        case MinHours():
            return say(f"condition.min_hours.{condition.of}", language, **facts)
        case SameArea(unless_no_offer=True):
            return say("condition.same_area.unless_no_offer", language)
        case Age():
            key = "employment_started" if condition.started_before else condition.reference
            return say(f"condition.age.{key}", language, **facts)
        case _:
            return say(f"condition.{condition.kind}", language, **facts)


def amount_words(amount: Amount, status: str, language: Language = "en") -> str:
    """Return an amount in words, with the status of its pack beside it."""
    key = f"amount.{amount.kind}"
    match amount:
        case ShareOfSeatPrice():
            share = {
                f"{level}_percent": _percent(getattr(amount.share, level), language) for level in ("low", "expected", "high")
            }
            return say(key, language, status=status, **share)
        case SocialReturnAtCost():
            return say(key, language, status=status)
        case PlaceYear():
            return say(key, language, range=euro_range(amount.cents, status, language), full_weeks=amount.full_weeks)
        case PaidHour() | SocialReturnYear():
            return say(key, language, range=euro_range(amount.cents, status, language), months=amount.months)
        case _:
            return say(key, language, range=euro_range(amount.cents, status, language))


def _percent(basis_points: int, language: Language) -> str:
    whole, rest = divmod(basis_points, 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"{text if language == 'en' else text.replace('.', ',')} %"


def scheme_words(pack: RulePack, scheme: Scheme, language: Language = "en") -> str:
    """Return what a scheme asks and pays, in one line."""
    asks = [condition_words(condition, language) for condition in scheme.conditions]
    pays = [amount_words(amount, status_word(pack, language), language) for amount in scheme.amounts]
    return "; ".join([*asks, *pays]) or scheme.name
