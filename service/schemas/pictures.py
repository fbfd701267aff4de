"""Bodies of pictures: what a map and a timeline of a night show, as data."""

from __future__ import annotations

from service.schemas.wire import Wire


class JourneyState(Wire):
    """So many trainees travel so far, single way, to a site for a course."""

    course: str
    course_name: str
    site: str
    site_name: str
    count: int
    km: int


class MapPlace(Wire):
    """A company; in a large round all companies of a municipality. `asked` and `waiting` count trainees."""

    number: int
    name: str
    municipality: str
    latitude: float
    longitude: float
    asked: int
    waiting: int
    journeys: tuple[JourneyState, ...]


class MapSite(Wire):
    """A site with the numbers of the classes that it holds, as the timeline has them."""

    site: str
    site_name: str
    municipality: str
    latitude: float
    longitude: float
    classes: tuple[int, ...]


class NightMap(Wire):
    """Who travels where."""

    places: tuple[MapPlace, ...]
    sites: tuple[MapSite, ...]


class TimelineClass(Wire):
    """A class and the days on which it takes its room and its instructor."""

    number: int
    class_id: str
    course: str
    course_name: str
    site: str
    site_name: str
    room: str
    room_name: str
    instructor: str
    instructor_name: str
    size: int
    dates: tuple[str, ...]


class ClosedPeriod(Wire):
    """Days on which nothing is taught, both included."""

    name: str
    first: str
    last: str


class NightTimeline(Wire):
    """When which room and which instructor is taken, by number of the class, and the days on which nothing is taught."""

    classes: tuple[TimelineClass, ...]
    closed: tuple[ClosedPeriod, ...]
