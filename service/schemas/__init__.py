"""What travels on the wire, what each reader may see, and the conversion to and from the library.

Every body is closed: an unknown field is refused.
"""

from service.schemas.company import CompanyProposal, OwnReason, OwnSeats, OwnUnplaced, company_view, share_is_safe
from service.schemas.jobs import ENDED, JobFailure, JobList, JobRequest, JobState, Params, ValidationReport
from service.schemas.offers import (
    ClassOutlook,
    Conditions,
    OfferList,
    OfferState,
    PublicationOverview,
    PublicationRequest,
    PublicationState,
    ReplyRequest,
)
from service.schemas.problems import FlawDocument, ProblemDocument
from service.schemas.rounds import (
    CompanyCounts,
    CompanyLine,
    NightList,
    NightRequest,
    NightState,
    PatternKind,
    RoundList,
    RoundOverview,
    RoundRequest,
    RoundState,
    StoredCounts,
)
from service.schemas.sums import LEAST_COMPANIES, LEAST_PERSONS, CourseSum, RoundAggregate, aggregate_of
from service.schemas.webhooks import WebhookList, WebhookMade, WebhookRequest, WebhookState
from service.schemas.wire import INSTANCE_MARK, InstanceDocument, Instant, Wire, canonical

__all__ = [
    "ENDED",
    "INSTANCE_MARK",
    "LEAST_COMPANIES",
    "LEAST_PERSONS",
    "ClassOutlook",
    "CompanyCounts",
    "CompanyLine",
    "CompanyProposal",
    "Conditions",
    "CourseSum",
    "FlawDocument",
    "InstanceDocument",
    "Instant",
    "JobFailure",
    "JobList",
    "JobRequest",
    "JobState",
    "NightList",
    "NightRequest",
    "NightState",
    "OfferList",
    "OfferState",
    "OwnReason",
    "OwnSeats",
    "OwnUnplaced",
    "Params",
    "PatternKind",
    "ProblemDocument",
    "PublicationOverview",
    "PublicationRequest",
    "PublicationState",
    "ReplyRequest",
    "RoundAggregate",
    "RoundList",
    "RoundOverview",
    "RoundRequest",
    "RoundState",
    "StoredCounts",
    "ValidationReport",
    "WebhookList",
    "WebhookMade",
    "WebhookRequest",
    "WebhookState",
    "Wire",
    "aggregate_of",
    "canonical",
    "company_view",
    "share_is_safe",
]
