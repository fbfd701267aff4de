"""What changed between two proposals, as facts and as sentences in the language of the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.causes import Cause, Causes
from service.languages import catalogue, day, euros


@dataclass(frozen=True, slots=True)
class Change:
    """One change: an English sentence of this service and its facts.

    Parameters
    ----------
    kind
        `opened`, `closed`, `grew`, `shrank`, `moved`, `placed`, `lost`, `price`, `nothing`, `first`.
    text
        The sentence, a key of the translations.
    facts
        What it says; dates as ISO texts, amounts in cents (`_cents`).
    because
        Why, in a sentence of its own; `None` where nothing that differs tells it.
    reasons
        Stored reasons: why a class opens, why somebody has lost a seat, or why somebody waited who has one now.
    """

    kind: str
    text: str
    facts: Mapping[str, int | str]
    because: Cause | None = None
    reasons: tuple[Mapping[str, Any], ...] = ()

    def sentence(self, language: str) -> str:
        """Return the change in words, and why."""
        told = [(self.text, self.facts)] if self.because is None else [(self.text, self.facts), self.because]
        return " ".join(
            str(catalogue(language).ugettext(text)) % {name: _shown(name, value, language) for name, value in facts.items()}
            for text, facts in told
        )


OPENED = "%(course)s at %(site)s opens on %(start)s with %(size)s trainees."
CLOSED = "%(course)s at %(site)s on %(start)s does not open any more (it had %(size)s trainees)."
GREW = "%(course)s at %(site)s on %(start)s grows from %(before)s to %(after)s trainees."
SHRANK = "%(course)s at %(site)s on %(start)s shrinks from %(before)s to %(after)s trainees."
MOVED = "%(company)s: %(count)s in %(course)s move from %(before)s to %(after)s."
PLACED = "%(company)s: %(count)s more have a seat in %(course)s."
LOST = "%(company)s: %(count)s lose their seat in %(course)s."
PRICE = "%(course)s at %(site)s on %(start)s: the price per seat goes from %(before_cents)s to %(after_cents)s."
NOTHING = "Nothing changed."
FIRST = "The first proposal of this round: classes %(count)s."


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], instance: Mapping[str, Any], earlier: Mapping[str, Any] | None = None
) -> list[Change]:
    """Return what changed from one proposal to another, in a fixed order; one `nothing` where nothing did.

    Parameters
    ----------
    instance
        Of the later proposal; it gives the names.
    earlier
        The instance of the earlier proposal; with it each change says why.
    """
    names = _names(instance)
    why = Causes(earlier, instance, before, after) if earlier is not None else None
    old, new = ({entry["id"]: entry for entry in proposal["classes"] or ()} for proposal in (before, after))
    found = [_class_change("opened", OPENED, new[key], names, why) for key in sorted(new.keys() - old.keys())]
    found += [_class_change("closed", CLOSED, old[key], names, why) for key in sorted(old.keys() - new.keys())]
    for key in sorted(old.keys() & new.keys()):
        found += _same_class(old[key], new[key], names, why)
    found += _people(before, after, names, why)
    return found or [Change("nothing", NOTHING, {})]


def _names(instance: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    return {(kind, row["id"]): row["name"] for kind in ("courses", "sites", "companies") for row in instance[kind]}


def _class_facts(entry: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> dict[str, int | str]:
    course, site = names.get(("courses", entry["course"]), entry["course"]), names.get(("sites", entry["site"]), entry["site"])
    return {"course": course, "site": site, "start": entry["start"]}


def _class_change(
    kind: str, text: str, entry: Mapping[str, Any], names: Mapping[tuple[str, str], str], why: Causes | None
) -> Change:
    cause = why.of_course(entry["course"]) if why else None
    reasons = tuple(entry.get("reasons", ())) if kind == "opened" else ()
    return Change(kind, text, {**_class_facts(entry, names), "size": entry["size"]}, cause, reasons)


def _same_class(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[tuple[str, str], str], why: Causes | None
) -> list[Change]:
    found, facts = [], _class_facts(new, names)
    if old["size"] != new["size"]:
        kind, text = ("grew", GREW) if new["size"] > old["size"] else ("shrank", SHRANK)
        cause = why.of_course(new["course"]) if why else None
        found.append(Change(kind, text, {**facts, "before": old["size"], "after": new["size"]}, cause))
    if old["seat_price_cents"] != new["seat_price_cents"]:
        cents = {"before_cents": old["seat_price_cents"], "after_cents": new["seat_price_cents"]}
        found.append(Change("price", PRICE, {**facts, **cents}, why.of_price(old["size"], new["size"]) if why else None))
    return found


def _seats(proposal: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, int]]:
    """Return seats by start, by (company, course)."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for entry in proposal["classes"] or ():
        for member in entry["members"]:
            own = found.setdefault((member["company"], entry["course"]), {})
            own[entry["start"]] = own.get(entry["start"], 0) + member["count"]
    return found


def _people(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[tuple[str, str], str], why: Causes | None
) -> list[Change]:
    """Pair seats that went with seats that came, course by course; what is left over is placed or lost."""
    old, new, found = _seats(before), _seats(after), []
    for company, course in sorted(old.keys() | new.keys()):
        was, now = old.get((company, course), {}), new.get((company, course), {})
        gone, come = _surplus(was, now), _surplus(now, was)
        facts: dict[str, int | str] = {
            "company": names.get(("companies", company), company),
            "course": names.get(("courses", course), course),
        }
        cause = why.of_company(company, course) if why and (gone or come) else None
        pairs = min(len(gone), len(come))
        for (start, other), count in sorted(Counter(zip(gone[:pairs], come[:pairs], strict=True)).items()):
            found.append(Change("moved", MOVED, {**facts, "count": count, "before": start, "after": other}, cause))
        for kind, text, rest, waiting in (("placed", PLACED, come[pairs:], before), ("lost", LOST, gone[pairs:], after)):
            if rest:
                reasons = _why_waiting(waiting, company, course)
                found.append(Change(kind, text, {**facts, "count": len(rest)}, cause, reasons))
    return found


def _why_waiting(proposal: Mapping[str, Any], company: str, course: str) -> tuple[Mapping[str, Any], ...]:
    """Return why trainees of a company have no seat in a course."""
    own = (entry for entry in proposal.get("unplaced") or () if (entry["company"], entry["course"]) == (company, course))
    return tuple(reason for entry in own for reason in entry.get("reasons", ()))


def _surplus(more: Mapping[str, int], less: Mapping[str, int]) -> list[str]:
    """Return one start for each seat that `more` has above `less`, in order of the starts."""
    return [start for start, count in sorted(more.items()) for _ in range(count - less.get(start, 0))]


def _shown(name: str, value: int | str, language: str) -> int | str:
    if name.endswith("_cents"):
        return euros(int(value), language)
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return day(value, language)
    return value
