"""What a page of its own needs to show a plan: timelines as SVG in the language of the reader, and who travels where as data."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from cohort_opt.explanation.language import Language
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.report.places import Place, UsedSite, places, used_sites
from cohort_opt.report.svg import dash, line_sample, tone
from cohort_opt.report.timeline import draw_timeline
from cohort_opt.report.view import ClassView, view


@dataclass(frozen=True, slots=True)
class CourseLook:
    """How the lines and blocks of a course look everywhere: colour class, line pattern (empty = unbroken) and a sample as SVG."""

    name: str
    tone: str
    dash: str
    sample: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """The parts of such a page.

    Parameters
    ----------
    rooms, instructors
        Timelines as SVG elements; empty where no class opens. They ask for the classes of `static/pictures.css`.
    places, sites
        Dots and squares of a map.
    classes
        In the order of their numbers.
    courses
        Course id -> look, of the courses that have a class.
    """

    rooms: str
    instructors: str
    places: tuple[Place, ...]
    sites: tuple[UsedSite, ...]
    classes: tuple[ClassView, ...]
    courses: dict[str, CourseLook]


def pictures(instance: Instance, proposal: Proposal, language: Language = "en") -> Pictures:
    """Return the pictures of a proposal.

    Raises
    ------
    InstanceError
        If the proposal was made for another instance.
    """
    seen = view(instance, proposal)
    used = {item.course.id: seen.course_position(item.course.id) for item in seen.classes}
    looks = {
        course: CourseLook(seen.courses[course].name, tone(position), dash(position) or "", str(line_sample(position)))
        for course, position in used.items()
    }
    return Pictures(
        str(draw_timeline(seen, "rooms", language)),
        str(draw_timeline(seen, "instructors", language)),
        places(seen),
        used_sites(seen),
        seen.classes,
        looks,
    )


def province_outlines() -> str:
    """Return the outlines of the Dutch provinces as GeoJSON; coarse, for orientation only (`data/ATTRIBUTION.md`)."""
    return resources.files("cohort_opt.report").joinpath("data/provinces_nl.geojson").read_text(encoding="utf-8")
