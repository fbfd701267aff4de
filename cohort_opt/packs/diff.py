"""Two packs, side by side, in words: what joined, what is gone, what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.packs.wording import Language, amount_words, condition_words, date, say, scheme_words, status_word
from cohort_opt.problem.records import Record

_FIELDS = ("name", "valid_from", "valid_until", "source", "reviewer", "status")


def diff_packs(before: RulePack, after: RulePack, language: Language = "en") -> tuple[str, ...]:
    """Return what changes from one pack to another, one sentence each, in a fixed order; one sentence if nothing does.

    Schemes are matched by id, conditions and amounts by what they say. The id of a pack is not compared: two versions have two.
    """
    parts = (_fields, _places, _schemes, _shared, _gaps)
    return tuple(line for part in parts for line in part(before, after, language)) or (say("diff.same", language),)


def _shown(value: object, language: Language) -> str:
    return "–" if value is None else date(value, language) if isinstance(value, dt.date) else str(value)


def _fields(before: RulePack, after: RulePack, language: Language) -> Iterator[str]:
    rows = [(field, getattr(before, field), getattr(after, field)) for field in _FIELDS]
    rows += [(f"jurisdiction {f}", getattr(before.jurisdiction, f), getattr(after.jurisdiction, f)) for f in ("kind", "name")]
    for field, old, new in rows:
        if old != new:
            yield say("diff.field", language, field=field, before=_shown(old, language), after=_shown(new, language))


def _places(before: RulePack, after: RulePack, language: Language) -> Iterator[str]:
    old, new = before.jurisdiction.municipalities, after.jurisdiction.municipalities
    yield from (say("diff.municipality_added", language, municipality=name) for name in new if name not in old)
    yield from (say("diff.municipality_removed", language, municipality=name) for name in old if name not in new)


def _schemes(before: RulePack, after: RulePack, language: Language) -> Iterator[str]:
    old, new = ({scheme.id: scheme for scheme in pack.schemes} for pack in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield say("diff.scheme_added", language, scheme=new[name].name, what=scheme_words(after, new[name], language))
        elif name not in new:
            yield say("diff.scheme_removed", language, scheme=old[name].name, what=scheme_words(before, old[name], language))
        else:
            yield from _scheme(before, old[name], after, new[name], language)


def _scheme(before: RulePack, old: Scheme, after: RulePack, new: Scheme, language: Language) -> Iterator[str]:
    asked, asks = ([condition_words(c, language) for c in scheme.conditions] for scheme in (old, new))
    yield from _moved("condition", new.name, asked, asks, language)
    paid = [amount_words(amount, status_word(before, language), language) for amount in old.amounts]
    pays = [amount_words(amount, status_word(after, language), language) for amount in new.amounts]
    yield from _moved("amount", new.name, paid, pays, language)
    for field in ("name", "trades", "payment", "application", "pot", "stack"):
        was, is_now = getattr(old, field), getattr(new, field)
        if was != is_now:
            yield say("diff.field", language, field=f"{new.id} {field}", before=_flat(was), after=_flat(is_now))


def _shared(before: RulePack, after: RulePack, language: Language) -> Iterator[str]:
    """Yield what changes in stacking groups and pots."""
    for noun in ("groups", "pots", "budgets"):
        old, new = ({row.id: _flat(row) for row in getattr(pack, noun)} for pack in (before, after))
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                shown = {"before": old.get(name, "–"), "after": new.get(name, "–")}
                yield say("diff.field", language, field=f"{noun} {name} ({status_word(after, language)})", **shown)


def _moved(noun: str, scheme: str, old: list[str], new: list[str], language: Language) -> Iterator[str]:
    yield from (say(f"diff.{noun}_removed", language, scheme=scheme, what=text) for text in old if text not in new)
    yield from (say(f"diff.{noun}_added", language, scheme=scheme, what=text) for text in new if text not in old)


def _flat(value: object) -> str:
    """Return a small record or list as text: its filled fields in order."""
    if value is None or value == ():
        return "–"
    if isinstance(value, tuple):
        return ", ".join(value)
    dumped = value.model_dump().items() if isinstance(value, Record) else ()
    return ", ".join(f"{k} {v}" for k, v in dumped if v is not None) or str(value)


def _gaps(before: RulePack, after: RulePack, language: Language) -> Iterator[str]:
    old, new = status_word(before, language), status_word(after, language)
    yield from (say("diff.gap_removed", language, what=gap, status=old) for gap in before.gaps if gap not in after.gaps)
    yield from (say("diff.gap_added", language, what=gap, status=new) for gap in after.gaps if gap not in before.gaps)
