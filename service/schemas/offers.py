"""Bodies of publications and offers: what is published, what a company answers, and how the classes stand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt import Cents, Count, Date, Text
from service.schemas.company import OwnSeats
from service.schemas.wire import Instant, Wire


class PublicationRequest(Wire):
    """Publish the proposal of a night: every company with a seat in it gets an offer."""

    date: Date
    note: Text
    answer_until: Instant | None = None


class PublicationState(Wire):
    """What is published in a round."""

    round: str
    version: int
    date: str
    note: str
    answer_until: str | None
    created_at: str


class Conditions(Wire):
    """'Yes, if': the class holds at least so many, the seat costs at most so much, it starts by the end of that ISO week."""

    min_class_size: Count | None = None
    max_seat_price_cents: Cents | None = None
    latest_week: Annotated[str, Field(pattern="^[0-9]{4}-W[0-9]{2}$")] | None = None


class ReplyRequest(Wire):
    """A company's answer to an offer. Conditions belong to `conditional` and to nothing else; the next solve keeps to them."""

    answer: Literal["accept", "decline", "conditional", "ask"]
    conditions: Conditions = Conditions()


class OfferState(Wire):
    """An offer as its company sees it. `answer` is `open` until there is one."""

    id: str
    company: str
    class_id: str
    start: str
    seats: int
    answer: Literal["open", "accept", "decline", "conditional", "ask"]
    conditions: Conditions
    answered_at: str | None
    answer_until: str | None
    terms: OwnSeats


class OfferList(Wire):
    """The offers of one company in what is published now."""

    offers: tuple[OfferState, ...]


class ClassOutlook(Wire):
    """Go or no-go for one published class: days left, seats agreed, open and lost, seats missing to the minimum."""

    class_id: str
    course_name: str
    site_name: str
    start: str
    days_left: int
    min_seats: int
    max_seats: int
    agreed: int
    open: int
    lost: int
    missing: int
    decision: Literal["go", "wait", "no_go"]


class PublicationOverview(PublicationState):
    """What is published, as its planner follows it."""

    offers: tuple[OfferState, ...]
    outlook: tuple[ClassOutlook, ...]


class WithdrawalRequest(Wire):
    """Why a publication is withdrawn."""

    note: Text


class DecisionDay(Wire):
    """What stands on a working day: a class that is to be decided, or that starts."""

    date: str
    kind: Literal["decide", "start"]
    class_id: str


class Outlook(Wire):
    """Go or no-go: how every published class stands, and the days on which something is to be done, in order."""

    classes: tuple[ClassOutlook, ...]
    days: tuple[DecisionDay, ...]


class ApprovalState(Wire):
    """Whether a night's plan waits for the approval of a second planner, and whether the first one is the reader's own."""

    waits: bool
    is_own: bool
    note: str | None
    answer_until: str | None
    asked_at: str | None
