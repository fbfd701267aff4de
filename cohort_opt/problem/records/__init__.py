"""What is given, record by record: companies, demand lines (counts), courses, sites, rooms, instructors, calendar, prices.

All records are frozen and closed (unknown fields are refused). Collections are sorted on entry, so that the order of rows in
a file never matters.
"""

from cohort_opt.problem.records.calendar import Absence, Calendar, DatePeriod
from cohort_opt.problem.records.company import Company
from cohort_opt.problem.records.course import Course
from cohort_opt.problem.records.demand import Demand, OutsideOptions
from cohort_opt.problem.records.grants import Grant, GrantPot, GrantStatus
from cohort_opt.problem.records.instance_records import InstanceRecords
from cohort_opt.problem.records.offering import CombinedCourse, Offering, Reservation
from cohort_opt.problem.records.pairs import Apart, SideBySide
from cohort_opt.problem.records.pattern import Block, DayPart, DayRelease, Mixed, Pattern, PatternKind
from cohort_opt.problem.records.placements import Ban, Commitment, Pin
from cohort_opt.problem.records.places import Area, Distance, Site, SiteDistance
from cohort_opt.problem.records.prices import Prices
from cohort_opt.problem.records.quotas import QuotaAllowance, QuotaKind, QuotaUse, SeatQuota
from cohort_opt.problem.records.record import Record, check_order
from cohort_opt.problem.records.resources import InstructorPool, RoomPool
from cohort_opt.problem.records.starters import PromisedStarters, StarterTest

__all__ = [
    "Absence",
    "Apart",
    "Area",
    "Ban",
    "Block",
    "Calendar",
    "CombinedCourse",
    "Commitment",
    "Company",
    "Course",
    "DatePeriod",
    "DayPart",
    "DayRelease",
    "Demand",
    "Distance",
    "Grant",
    "GrantPot",
    "GrantStatus",
    "InstanceRecords",
    "InstructorPool",
    "Mixed",
    "Offering",
    "OutsideOptions",
    "Pattern",
    "PatternKind",
    "Pin",
    "Prices",
    "PromisedStarters",
    "QuotaAllowance",
    "QuotaKind",
    "QuotaUse",
    "Record",
    "Reservation",
    "RoomPool",
    "SeatQuota",
    "SideBySide",
    "Site",
    "SiteDistance",
    "StarterTest",
    "check_order",
]
