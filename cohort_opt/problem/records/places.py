"""Where classes are held, where trainees start, and how far it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.fields import Cents, FourDigits, Id, Int, Km, Minutes, Number, Text
from cohort_opt.problem.records.record import Record


class Site(Record):
    """A place where classes are held (academy, centre).

    Attributes
    ----------
    id
        Name of the row, used by others: letters, digits, dot, dash, underscore, at most 64.
    name
        As people read it, at most 200 characters.
    municipality
        Name of the municipality, for eyes only.
    latitude, longitude
        Where it is, degrees (WGS 84).
    beds, boarding_cents_per_week
        Trainees who can stay overnight in any one week, and what a week costs each of them; 0 beds = nobody can.
    min_seats_per_year
        It opens in a calendar year only for so many trainees or more, over all of its classes that start in that year, 1 to
        100,000; `None` = for any number.
    buffer_seats
        Trainees who can keep busy here in any one week while they wait for their class; 0 = nobody can.
    """

    id: Id
    name: Text
    municipality: Text
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]
    beds: Annotated[Int, Field(ge=0, le=10_000)] = 0
    boarding_cents_per_week: Cents = 0
    min_seats_per_year: Annotated[Int, Field(ge=1, le=100_000)] | None = None
    buffer_seats: Annotated[Int, Field(ge=0, le=10_000)] = 0


class Area(Record):
    """A living area from which trainees start their journey: a four-digit postcode area and a point in it.

    Attributes
    ----------
    id
        Four digits.
    latitude, longitude
        Degrees (WGS 84).
    """

    id: FourDigits
    latitude: Annotated[Number, Field(ge=-90, le=90)]
    longitude: Annotated[Number, Field(ge=-180, le=180)]


class SiteDistance(Record):
    """A measured distance between two sites, which replaces the great-circle estimate; it holds both ways.

    Attributes
    ----------
    first, second
        Ids of the two sites.
    km
        Road distance in whole kilometres, 0 to 2,000.
    minutes
        How long the journey takes, 0 to 1,440; `None` = from the distance, see `Prices.speed_km_per_hour`.
    """

    first: Id
    second: Id
    km: Km
    minutes: Minutes | None = None


class Distance(Record):
    """A measured distance in km from a company or a living area to a site, which replaces the great-circle estimate.

    Attributes
    ----------
    company, area, site
        Where the journey starts, a company or an area (exactly one of them), and the site.
    km
        Road distance in whole kilometres, 0 to 2,000.
    minutes
        How long the journey takes, 0 to 1,440; `None` = from the distance, see `Prices.speed_km_per_hour`.
    """

    company: Id | None = None
    area: FourDigits | None = None
    site: Id
    km: Km
    minutes: Minutes | None = None
