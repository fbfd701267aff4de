"""Names of the days of the week in English, whatever the locale of the machine."""

import datetime as dt

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_name(day: dt.date) -> str:
    """Return `Monday` to `Sunday`."""
    return _NAMES[day.weekday()]
