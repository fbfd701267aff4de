"""What a router once said, kept in a file: asked again only for places that it was never asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cohort_opt.errors import TravelError
from cohort_opt.travel.legs import Leg, Place, Router
from cohort_opt.travel.osrm import DIGITS

FORMAT = "cohort-opt-legs/1"


@dataclass(frozen=True, slots=True)
class LegCache:
    """A file of legs by router and coordinates; a place that moves is asked for anew.

    Parameters
    ----------
    path
        The file; made on the first answer, replaced whole.
    """

    path: Path

    def legs(self, router: Router, starts: Sequence[Place], sites: Sequence[Place]) -> Mapping[tuple[Place, Place], Leg | None]:
        """Return every leg, those that are not in the file from the router, which is not asked if none is missing.

        Raises
        ------
        TravelError
            If the file is no such file, or the router has to be asked and does not answer; what the file knows stays in it.
        """
        known = self._read()
        own: dict[str, list[int | None] | None] = known.get(router.name, {})
        missing = [start for start in starts if any(_key(start, site) not in own for site in sites)]
        if missing and sites:
            fresh = router.legs(missing, sites)
            own |= {_key(*pair): None if leg is None else [leg.km, leg.minutes] for pair, leg in fresh.items()}
            self._write({**known, router.name: own})
        return {(start, site): _leg(own[_key(start, site)]) for start in starts for site in sites}

    def known(self, router: Router, starts: Sequence[Place], sites: Sequence[Place]) -> dict[tuple[Place, Place], Leg | None]:
        """Return the legs that the file knows; nobody is asked."""
        own = self._read().get(router.name, {})
        pairs = [(start, site) for start in starts for site in sites]
        return {pair: _leg(own[_key(*pair)]) for pair in pairs if _key(*pair) in own}

    def _read(self) -> dict[str, Any]:
        if not self.path.exists():
            return {}
        try:
            document = json.loads(self.path.read_text(encoding="utf-8"))
            if document["format"] != FORMAT:
                raise ValueError(document["format"])
            routers: dict[str, Any] = document["routers"]
            for legs in routers.values():
                for leg in legs.values():
                    _leg(leg)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise TravelError(f"{self.path} is no file of kept legs ({FORMAT}); name another file, or delete it") from None
        return routers

    def _write(self, routers: Mapping[str, Any]) -> None:
        text = json.dumps({"format": FORMAT, "routers": routers}, sort_keys=True, indent=0, ensure_ascii=False)
        fresh = self.path.with_name(f"{self.path.name}.new")
        fresh.write_text(f"{text}\n", encoding="utf-8")
        fresh.replace(self.path)


def _key(start: Place, site: Place) -> str:
    """Return the coordinates of both ends as the router saw them."""
    return " ".join(f"{place.latitude:.{DIGITS}f},{place.longitude:.{DIGITS}f}" for place in (start, site))


def _leg(kept: list[int | None] | None) -> Leg | None:
    if kept is None:
        return None
    km, minutes = kept
    if not isinstance(km, int) or not isinstance(minutes, int | None):
        raise TypeError
    return Leg(km, minutes)
