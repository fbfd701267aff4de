"""The rules of several municipalities side by side, without any trainee: what each scheme asks and pays where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cohort_opt.packs.border import warnings
from cohort_opt.packs.in_force import InForce, packs_in_force
from cohort_opt.packs.pack import LOCAL, RulePack
from cohort_opt.packs.wording import Language, say, scheme_words


@dataclass(frozen=True, slots=True)
class BorderRules:
    """Schemes by municipality on one day.

    Parameters
    ----------
    schemes
        Ids of all schemes that any of the municipalities has, sorted.
    in_force
        The packs in force in each municipality, in the order asked for.
    """

    day: dt.date
    municipalities: tuple[str, ...]
    schemes: tuple[str, ...]
    in_force: tuple[InForce, ...]

    def table(self, language: Language = "en") -> tuple[tuple[str, ...], ...]:
        """Return rows of text: a head with the municipalities, then one row per scheme with the status beside each amount."""
        head = ("", *self.municipalities)
        return (head, *((scheme, *(_cell(place, scheme, language) for place in self.in_force)) for scheme in self.schemes))

    def differing(self) -> tuple[str, ...]:
        """Return the schemes that two municipalities with known rules treat differently."""
        known = [place for place in self.in_force if _speaks(place)]
        return tuple(scheme for scheme in self.schemes if len({_rules(place, scheme) for place in known}) > 1)

    def warnings(self, language: Language = "en") -> tuple[str, ...]:
        """Return what nobody knows and what stands in two versions."""
        return warnings(self.in_force, language)


def border_rules(packs: Iterable[RulePack], municipalities: Sequence[str], day: dt.date) -> BorderRules:
    """Return the schemes in force in each municipality on a day."""
    packs = tuple(packs)
    places = tuple(dict.fromkeys(municipalities))
    in_force = tuple(packs_in_force(packs, place, day) for place in places)
    schemes = sorted({scheme.id for place in in_force for pack in place.packs for scheme in pack.schemes})
    return BorderRules(day, places, tuple(schemes), in_force)


def _speaks(place: InForce) -> bool:
    return any(pack.schemes and pack.jurisdiction.kind in LOCAL for pack in place.packs)


def _rules(place: InForce, scheme_id: str) -> tuple[str, ...]:
    """Return what the scheme says there, one text per version, whoever's pack it is."""
    return tuple(scheme_words(pack, scheme) for pack in place.packs for scheme in pack.schemes if scheme.id == scheme_id)


def _cell(place: InForce, scheme_id: str, language: Language) -> str:
    found = [(pack, scheme) for pack in place.packs for scheme in pack.schemes if scheme.id == scheme_id]
    if found:
        return " | ".join(f"{pack.id}: {scheme_words(pack, scheme, language)}" for pack, scheme in found)
    return say("border.nothing" if _speaks(place) else "border.unknown", language)
