"""A routing server in the table form of OSRM: how far and how long from each start to each site.

    GET {server}/table/v1/{profile}/{lon},{lat};...?sources=0;1&destinations=2&annotations=distance,duration

(project-osrm.org, HTTP API version 1.) Only coordinates travel to the server, rounded to about ten metres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from cohort_opt.errors import TravelError
from cohort_opt.travel.legs import Leg, Place

MOST_PLACES = 100
"""Coordinates in one request: the default `--max-table-size` of a server."""
MOST_SITES = 30
DIGITS = 4
"""Decimals of a degree: 0.0001 is 11 m northwards."""


@dataclass(frozen=True, slots=True)
class OsrmServer:
    """A routing server.

    Parameters
    ----------
    url
        Where it listens, such as `http://127.0.0.1:5000`; `http` or `https`.
    profile
        Its kind of journey; most servers have one and read nothing into the word.
    timeout_seconds
        For each request.

    Raises
    ------
    TravelError
        If the address is none that can be asked.
    """

    url: str
    profile: str = "driving"
    timeout_seconds: float = 20.0

    def __post_init__(self) -> None:
        """Refuse an address that is no web address, or a profile that is no word."""
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise TravelError(f"{self.url} is no address of a routing server; give one such as http://127.0.0.1:5000")
        if not self.profile.isidentifier():
            raise TravelError(f"profile {self.profile} is no word; give one such as driving")

    @property
    def name(self) -> str:
        """Return address and profile."""
        return f"{self.url.rstrip('/')} {self.profile}"

    def legs(self, starts: Sequence[Place], sites: Sequence[Place]) -> Mapping[tuple[Place, Place], Leg | None]:
        """Return every leg, in as many requests as the server's table needs; `None` where it knows no road.

        Raises
        ------
        TravelError
            If the server does not answer, or not in its form.
        """
        found: dict[tuple[Place, Place], Leg | None] = {}
        for some_sites in _pieces(sites, MOST_SITES):
            for some in _pieces(starts, MOST_PLACES - len(some_sites)):
                found |= self._table(some, some_sites)
        return found

    def _table(self, starts: Sequence[Place], sites: Sequence[Place]) -> dict[tuple[Place, Place], Leg | None]:
        places = ";".join(f"{p.longitude:.{DIGITS}f},{p.latitude:.{DIGITS}f}" for p in (*starts, *sites))
        sources = ";".join(str(number) for number in range(len(starts)))
        targets = ";".join(str(len(starts) + number) for number in range(len(sites)))
        query = f"sources={sources}&destinations={targets}&annotations=distance,duration"
        answer = self._ask(f"{self.url.rstrip('/')}/table/v1/{self.profile}/{places}?{query}")
        metres, seconds = (self._figures(answer, name, len(starts), len(sites)) for name in ("distances", "durations"))
        return {
            (start, site): _leg(metres[i][j], seconds[i][j]) for i, start in enumerate(starts) for j, site in enumerate(sites)
        }

    def _ask(self, url: str) -> Any:
        try:
            import requests  # comes with the extra `service`; the library asks nobody unless told to
        except ModuleNotFoundError:
            raise TravelError("asking a routing server needs the package requests; install it, or import a matrix") from None
        try:
            answer = requests.get(url, timeout=self.timeout_seconds, allow_redirects=False)
            document = answer.json()
        except requests.exceptions.JSONDecodeError:
            raise self._away(f"answered {answer.status_code} without JSON") from None
        except requests.exceptions.RequestException as error:
            raise self._away(f"is away ({type(error).__name__})") from None
        if answer.status_code != 200 or not isinstance(document, dict) or document.get("code") != "Ok":
            said = document.get("code") if isinstance(document, dict) else None
            raise self._away(f"answered {answer.status_code}, code {str(said)[:40]}")
        return document

    def _figures(self, answer: Mapping[str, Any], name: str, rows: int, columns: int) -> list[list[float | None]]:
        """Return one of the two tables, checked cell by cell."""
        table = answer.get(name)
        fits = isinstance(table, list) and len(table) == rows and all(isinstance(r, list) and len(r) == columns for r in table)
        if not isinstance(table, list) or not fits:
            raise self._away(f"left out {name}, or gave another number of them than {rows} times {columns}")
        if not all(_is_figure(cell) for row in table for cell in row):
            raise self._away(f"gave {name} that are no amounts")
        return table

    def _away(self, what: str) -> TravelError:
        return TravelError(f"the routing server {self.url} {what}; nothing was guessed: try again, or import a matrix")


def _is_figure(cell: object) -> bool:
    return cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell) and cell >= 0)


def _leg(metres: float | None, seconds: float | None) -> Leg | None:
    if metres is None or seconds is None:
        return None
    return Leg(math.floor(metres / 1_000 + 0.5), math.ceil(seconds / 60))


def _pieces(places: Sequence[Place], most: int) -> Iterator[Sequence[Place]]:
    for first in range(0, len(places), most):
        yield places[first : first + most]
