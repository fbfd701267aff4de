"""The one clock of the service: instants in UTC, nights by local date. Tests hand in one of their own."""

import datetime as dt
import zoneinfo
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Returns the present instant, aware, in UTC."""


def system_clock() -> dt.datetime:
    """Return the present instant in UTC."""
    return dt.datetime.now(dt.UTC)


def stamp(instant: dt.datetime) -> str:
    """Return the instant as RFC 3339 in UTC with microseconds; such texts sort as the instants do."""
    return instant.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def local_date(instant: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.date:
    """Return the date that people in the zone call today."""
    return instant.astimezone(zone).date()
