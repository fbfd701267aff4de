"""The border report: the same trainees in the same class, and what each municipality makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.amounts import Money
from cohort_opt.packs.claims import Cents, Claim, claim_total, line_claims
from cohort_opt.packs.class_setting import ClassSetting, SeatedLine, seated_line
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.in_force import InForce, packs_in_force
from cohort_opt.packs.pack import LOCAL, RulePack
from cohort_opt.packs.wording import Language, date, euro_range, say, scheme_words
from cohort_opt.problem.instance import Instance


@dataclass(frozen=True, slots=True)
class BorderCell:
    """One scheme in one municipality.

    Parameters
    ----------
    known
        False where no pack of the municipality says anything: absence of a rule is then not known either.
    cents
        What the scheme brings these trainees there; `None` where there is no such scheme.
    status
        Of the pack; empty where there is none.
    rules
        The scheme in words, in English, one text per version.
    """

    municipality: str
    known: bool
    packs: tuple[str, ...] = ()
    status: str = ""
    cents: Cents | None = None
    missing: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """Return the cell in words: an amount with its status, none, or not known."""
        if not self.known:
            return say("border.unknown", language)
        if self.cents is None:
            return say("border.nothing", language)
        amount = euro_range(self.cents, say(f"status.{self.status}", language), language)
        return f"{amount}; {say('estimate.missing', language, facts=', '.join(self.missing))}" if self.missing else amount


@dataclass(frozen=True, slots=True)
class BorderRow:
    """One scheme and one kind of money across all municipalities, in the order asked for."""

    scheme: str
    money: Money
    cells: tuple[BorderCell, ...]

    @property
    def differs(self) -> bool:
        """Return whether two municipalities whose rules are known treat the same trainees differently."""
        known = [cell for cell in self.cells if cell.known]
        return len({(cell.cents, cell.rules) for cell in known}) > 1

    def sentence(self, language: Language = "en") -> str:
        """Return who pays least and most, with the status beside each amount."""
        known = [cell for cell in self.cells if cell.known]
        if not self.differs:
            return say("border.same", language, scheme=self.scheme)
        ordered = sorted(known, key=lambda cell: (cell.cents.expected if cell.cents else -1, cell.municipality))
        lowest, highest = (f"{cell.municipality} ({cell.text(language)})" for cell in (ordered[0], ordered[-1]))
        return say("border.differs", language, scheme=self.scheme, lowest=lowest, highest=highest)


@dataclass(frozen=True, slots=True)
class BorderReport:
    """What differs per municipality for `seats` trainees of one line in one class."""

    demand: str
    class_id: str
    day: dt.date
    seats: int
    municipalities: tuple[str, ...]
    rows: tuple[BorderRow, ...]
    in_force: tuple[InForce, ...]

    def table(self, language: Language = "en") -> tuple[tuple[str, ...], ...]:
        """Return the report as rows of text: a head with the municipalities, then one row per scheme."""
        head = ("", *self.municipalities)
        return (head, *((row.scheme, *(cell.text(language) for cell in row.cells)) for row in self.rows))

    def sentences(self, language: Language = "en") -> tuple[str, ...]:
        """Return one sentence per scheme, then every hole and every contradiction between versions."""
        return (*(row.sentence(language) for row in self.rows), *warnings(self.in_force, language))


def warnings(in_force: Iterable[InForce], language: Language = "en") -> tuple[str, ...]:
    """Return what nobody knows and what stands in two versions, one sentence each, repeated ones once."""
    found: dict[str, None] = {}
    for place in in_force:
        statuses = {pack.id: say(f"status.{pack.status}", language) for pack in place.packs}
        for overlap in place.overlaps:
            text = say(
                "overlap", language, municipality=place.municipality, scheme=overlap.scheme, packs=", ".join(overlap.packs)
            )
            found.setdefault(text)
        for hole in place.holes:
            text = say(f"hole.{hole.rule}", language, municipality=place.municipality, day=date(place.day, language),
                       pack=hole.pack, says=hole.says, status=statuses.get(hole.pack, ""))  # fmt: skip
            found.setdefault(text)
    return tuple(found)


def border_report(
    instance: Instance,
    packs: Iterable[RulePack],
    facts: EligibilityFacts,
    demand: str,
    setting: ClassSetting,
    municipalities: Sequence[str],
    seats: int | None = None,
) -> BorderReport:
    """Return what each municipality would make of the same trainees, as if their company stood there.

    Parameters
    ----------
    demand
        The line whose trainees and facts are looked at.
    setting
        The class; its site stays where it is.
    seats
        How many of the line sit in it; `None` = as many as fit.
    """
    packs = tuple(packs)
    here = seated_line(instance, demand, 1)
    number = min(here.demand.count, setting.size) if seats is None else seats
    places = tuple(dict.fromkeys(municipalities))
    found = {
        place: line_claims(instance, packs, facts, setting, SeatedLine(here.demand, place, here.trade, number))
        for place in places
    }
    in_force = {place: packs_in_force(packs, place, setting.start) for place in places}
    keys = sorted({(claim.eligible.scheme.id, claim.money) for claims in found.values() for claim in claims})
    rows = tuple(
        BorderRow(scheme, money, tuple(_cell(place, in_force[place], _of(found[place], scheme, money)) for place in places))
        for scheme, money in keys
    )
    return BorderReport(demand, setting.id, setting.start, number, places, rows, tuple(in_force.values()))


def _of(claims: Iterable[Claim], scheme: str, money: Money) -> list[Claim]:
    return [claim for claim in claims if claim.eligible.scheme.id == scheme and claim.money == money]


def _cell(place: str, in_force: InForce, claims: list[Claim]) -> BorderCell:
    if not claims:
        return BorderCell(place, _speaks(in_force))
    return BorderCell(
        municipality=place,
        known=True,
        packs=tuple(claim.eligible.pack.id for claim in claims),
        status=_weakest([claim.eligible.pack.status for claim in claims]),
        cents=claim_total(claims, claims[0].money),
        missing=tuple(sorted({name for claim in claims for name in claim.missing})),
        rules=tuple(scheme_words(claim.eligible.pack, claim.eligible.scheme) for claim in claims),
    )


def _speaks(in_force: InForce) -> bool:
    """Return whether a pack of the municipality itself has a scheme; a national pack does not speak for the town."""
    return any(pack.schemes and pack.jurisdiction.kind in LOCAL for pack in in_force.packs)


def _weakest(statuses: list[str]) -> str:
    """Return the least reliable status among packs."""
    return next(status for status in ("sample", "draft", "confirmed") if status in statuses)
