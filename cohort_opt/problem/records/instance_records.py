"""The fields of an instance, each collection sorted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.fields import Date, Text
from cohort_opt.problem.records.calendar import Calendar
from cohort_opt.problem.records.company import Company
from cohort_opt.problem.records.course import Course
from cohort_opt.problem.records.demand import Demand
from cohort_opt.problem.records.goal import Goals
from cohort_opt.problem.records.grants import Grant, GrantPot
from cohort_opt.problem.records.offering import Offering
from cohort_opt.problem.records.pairs import Apart, SideBySide
from cohort_opt.problem.records.placements import Ban, Commitment, Pin
from cohort_opt.problem.records.places import Area, Distance, Site, SiteDistance
from cohort_opt.problem.records.prices import Prices
from cohort_opt.problem.records.quotas import SeatQuota
from cohort_opt.problem.records.record import Record, sorted_by
from cohort_opt.problem.records.resources import InstructorPool, RoomPool
from cohort_opt.problem.records.starters import StarterTest


class InstanceRecords(Record):
    """The fields of an instance, each collection sorted; references are not checked yet (see `Instance`).

    Attributes
    ----------
    format
        Version of this format.
    name
        As people read it, at most 200 characters.
    calendar, prices
        What holds for all.
    companies, courses, sites, rooms, instructors, offerings, demands
        The rows; their order never matters.
    areas, distances, site_distances, pins, bans
        May be left out.
    planning_date
        The day on which the plan is made: commitments and reservations are seen from here. `None` = no day is known: nothing is
        frozen, every change has its full price, and every reservation stands.
    commitments, apart, side_by_side
        May be left out.
    grants, grant_pots, seat_quotas
        What rule packs, mentors and host places make of the region (`cohort_opt.packs`); may be left out.
    starter_tests
        What a new course or region must show: at least n starters in each of k consecutive years. Tests of the plan, no rules.
    goals
        What the plan is for, in order; each is improved while those before it are kept, and last of all one sum of cents:
        `placed` (few without a seat), `changes` (price of moved seats), `cost` (classes and seats), `travel` (journeys and
        boarding), `spread` (prices of the dearest and the cheapest seat of each course). None = the one sum of cents alone.
    """

    format: Literal["cohort-opt/1"] = "cohort-opt/1"
    name: Text
    calendar: Calendar
    prices: Prices
    companies: Annotated[tuple[Company, ...], Field(max_length=50_000), sorted_by("id")]
    courses: Annotated[tuple[Course, ...], Field(max_length=5_000), sorted_by("id")]
    sites: Annotated[tuple[Site, ...], Field(max_length=5_000), sorted_by("id")]
    areas: Annotated[tuple[Area, ...], Field(max_length=5_000), sorted_by("id")] = ()
    rooms: Annotated[tuple[RoomPool, ...], Field(max_length=20_000), sorted_by("id")]
    instructors: Annotated[tuple[InstructorPool, ...], Field(max_length=20_000), sorted_by("id")]
    offerings: Annotated[tuple[Offering, ...], Field(max_length=50_000), sorted_by("id")]
    demands: Annotated[tuple[Demand, ...], Field(max_length=200_000), sorted_by("id")]
    distances: Annotated[tuple[Distance, ...], Field(max_length=1_000_000), sorted_by("company", "area", "site")] = ()
    site_distances: Annotated[tuple[SiteDistance, ...], Field(max_length=1_000_000), sorted_by("first", "second")] = ()
    pins: Annotated[tuple[Pin, ...], Field(max_length=50_000), sorted_by("demand", "run")] = ()
    bans: Annotated[tuple[Ban, ...], Field(max_length=50_000), sorted_by("run", "demand")] = ()
    planning_date: Date | None = None
    commitments: Annotated[tuple[Commitment, ...], Field(max_length=200_000), sorted_by("demand", "run")] = ()
    apart: Annotated[tuple[Apart, ...], Field(max_length=50_000), sorted_by("first", "second", "of")] = ()
    side_by_side: Annotated[tuple[SideBySide, ...], Field(max_length=50_000), sorted_by("first", "second")] = ()
    grants: Annotated[tuple[Grant, ...], Field(max_length=1_000_000), sorted_by("id")] = ()
    grant_pots: Annotated[tuple[GrantPot, ...], Field(max_length=50_000), sorted_by("id")] = ()
    seat_quotas: Annotated[tuple[SeatQuota, ...], Field(max_length=50_000), sorted_by("id")] = ()
    starter_tests: Annotated[tuple[StarterTest, ...], Field(max_length=1_000), sorted_by("id")] = ()
    goals: Goals = ()
