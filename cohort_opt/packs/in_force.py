"""Which packs hold in a municipality on a day, which of them contradict each other, and what nobody knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.packs.pack import LOCAL, RulePack


@dataclass(frozen=True, slots=True)
class Overlap:
    """One scheme in two versions at once: which of the packs holds must be asked."""

    scheme: str
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that no pack in force says.

    Parameters
    ----------
    rule
        `no_local_pack`, `local_pack_ended`, `local_pack_not_yet`, or `gap_in_pack` (the pack itself says what it does not know).
    pack
        The pack that comes nearest; empty if there is none.
    says
        The pack's own words for a gap; empty otherwise.
    """

    rule: str
    pack: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """The answer for one municipality and day.

    Parameters
    ----------
    packs
        Packs that hold, as far as their dates say; sorted by id.
    undated
        Ids of those among them whose source names no first day: they may hold.
    """

    municipality: str
    day: dt.date
    packs: tuple[RulePack, ...]
    undated: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    holes: tuple[Hole, ...]

    def alternatives_of(self, scheme: str) -> tuple[str, ...]:
        """Return the packs that hold this scheme in contradictory versions; empty if at most one does."""
        return next((overlap.packs for overlap in self.overlaps if overlap.scheme == scheme), ())


def packs_in_force(packs: Iterable[RulePack], municipality: str, day: dt.date) -> InForce:
    """Return the packs that hold in a municipality on a day, with overlaps and holes named.

    Two local packs overlap where both have a scheme of the same id; so do two national ones and two funds. A scheme of a
    municipality never overlaps with one of a country.
    """
    covering = sorted((pack for pack in packs if pack.jurisdiction.covers(municipality)), key=lambda pack: pack.id)
    holding = tuple(pack for pack in covering if pack.may_hold_on(day))
    undated = tuple(pack.id for pack in holding if not pack.is_dated)
    return InForce(municipality, day, holding, undated, _overlaps(holding), _holes(covering, holding, day))


def _overlaps(holding: tuple[RulePack, ...]) -> tuple[Overlap, ...]:
    owners: dict[tuple[str, str], list[str]] = {}
    for pack in holding:
        tier = "local" if pack.jurisdiction.kind in LOCAL else pack.jurisdiction.kind
        for scheme in pack.schemes:
            owners.setdefault((scheme.id, tier), []).append(pack.id)
    return tuple(Overlap(scheme, tuple(found)) for (scheme, _), found in sorted(owners.items()) if len(found) > 1)


def _holes(covering: list[RulePack], holding: tuple[RulePack, ...], day: dt.date) -> tuple[Hole, ...]:
    gaps = tuple(Hole("gap_in_pack", pack.id, gap) for pack in holding for gap in pack.gaps)
    local = [pack for pack in covering if pack.jurisdiction.kind in LOCAL]
    if any(pack in holding for pack in local):
        return gaps
    if not local:
        return (Hole("no_local_pack"), *gaps)
    ended = [pack for pack in local if pack.valid_until is not None and pack.valid_until < day]
    coming = [pack for pack in local if pack.valid_from is not None and pack.valid_from > day]
    named = [*(Hole("local_pack_ended", pack.id) for pack in ended), *(Hole("local_pack_not_yet", pack.id) for pack in coming)]
    return (*named, *gaps)
