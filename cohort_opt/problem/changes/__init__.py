"""Named changes to an instance: a closed union of records; each knows how to change a draft of the instance.

A new change is one class in the file of what it changes and one line in `Change`.
"""

from typing import Annotated

from pydantic import Field

from cohort_opt.problem.changes.calendar import CloseDays, CloseHolidays, SetHorizon
from cohort_opt.problem.changes.company import AddCompany, SetMaxAway
from cohort_opt.problem.changes.couplings import (
    AddCommitment,
    AddReservation,
    CombineCourse,
    KeepApart,
    LetMeet,
    LetSitAlone,
    RemoveCommitment,
    RemoveReservation,
    SeparateCourse,
    SetBudget,
    SetCertainty,
    SetChangePrices,
    SetModuleOrder,
    SetNotAboveAlone,
    SetPlanningDate,
    SetPriceSpread,
    SetTargetSize,
    SitSideBySide,
)
from cohort_opt.problem.changes.course import AddCourse, SetClassSize, SetSurvival
from cohort_opt.problem.changes.demand import (
    AddDemand,
    MoveTrainees,
    SetAttendance,
    SetDemandCount,
    SetParts,
    SetPriceCap,
    SetStartWindow,
    SetTravelLimit,
    WithdrawDemand,
)
from cohort_opt.problem.changes.goals import SetGoals
from cohort_opt.problem.changes.offering import AddOffering, RemoveOffering, SetOfferingPrice, SetOfferingStarts
from cohort_opt.problem.changes.placements import AddBan, AddPin, RemoveBan, RemovePin
from cohort_opt.problem.changes.prices import SetDistance, SetPrices, SetUnplacedPrice
from cohort_opt.problem.changes.resources import (
    AddAbsence,
    SetInstructorCount,
    SetInstructorTravel,
    SetRoomCount,
    SetRoomHire,
    SetSiteDistance,
)
from cohort_opt.problem.changes.site import SetSiteLoad
from cohort_opt.problem.changes.starters import AddStarterTest, RemoveStarterTest

__all__ = [
    "AddAbsence",
    "AddBan",
    "AddCommitment",
    "AddCompany",
    "AddCourse",
    "AddDemand",
    "AddOffering",
    "AddPin",
    "AddReservation",
    "AddStarterTest",
    "Change",
    "CloseDays",
    "CloseHolidays",
    "CombineCourse",
    "KeepApart",
    "LetMeet",
    "LetSitAlone",
    "MoveTrainees",
    "RemoveBan",
    "RemoveCommitment",
    "RemoveOffering",
    "RemovePin",
    "RemoveReservation",
    "RemoveStarterTest",
    "SeparateCourse",
    "SetAttendance",
    "SetBudget",
    "SetCertainty",
    "SetChangePrices",
    "SetClassSize",
    "SetDemandCount",
    "SetDistance",
    "SetGoals",
    "SetHorizon",
    "SetInstructorCount",
    "SetInstructorTravel",
    "SetMaxAway",
    "SetModuleOrder",
    "SetNotAboveAlone",
    "SetOfferingPrice",
    "SetOfferingStarts",
    "SetParts",
    "SetPlanningDate",
    "SetPriceCap",
    "SetPriceSpread",
    "SetPrices",
    "SetRoomCount",
    "SetRoomHire",
    "SetSiteDistance",
    "SetSiteLoad",
    "SetStartWindow",
    "SetSurvival",
    "SetTargetSize",
    "SetTravelLimit",
    "SetUnplacedPrice",
    "SitSideBySide",
    "WithdrawDemand",
]

Change = Annotated[
    SetDemandCount
    | AddDemand
    | WithdrawDemand
    | MoveTrainees
    | SetStartWindow
    | SetAttendance
    | SetParts
    | SetPriceCap
    | SetTravelLimit
    | SetUnplacedPrice
    | SetPrices
    | SetMaxAway
    | AddCompany
    | AddCourse
    | SetClassSize
    | SetSurvival
    | AddOffering
    | RemoveOffering
    | SetOfferingPrice
    | SetOfferingStarts
    | SetRoomCount
    | SetInstructorCount
    | SetInstructorTravel
    | SetRoomHire
    | SetSiteDistance
    | AddAbsence
    | CloseDays
    | CloseHolidays
    | SetHorizon
    | SetDistance
    | AddPin
    | RemovePin
    | AddBan
    | RemoveBan
    | SetPlanningDate
    | SetChangePrices
    | AddCommitment
    | RemoveCommitment
    | SetCertainty
    | CombineCourse
    | SeparateCourse
    | AddReservation
    | RemoveReservation
    | KeepApart
    | LetMeet
    | SitSideBySide
    | LetSitAlone
    | SetTargetSize
    | SetModuleOrder
    | SetNotAboveAlone
    | SetBudget
    | SetPriceSpread
    | SetSiteLoad
    | AddStarterTest
    | RemoveStarterTest
    | SetGoals,
    Field(discriminator="kind"),
]
"""Any one change."""
