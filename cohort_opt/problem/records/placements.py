"""What a planner or a promise has settled: pins, bans and commitments."""

from __future__ import annotations

from typing import Literal

from cohort_opt.problem.fields import Cents, Count, Date, Id, Text
from cohort_opt.problem.records.record import Record


class Pin(Record):
    """At least `count` trainees of the demand line must sit in the run.

    Attributes
    ----------
    demand
        Id of the demand line.
    run
        Id of the run, copied from a proposal.
    count
        At least so many of the line, 1 to 500.
    """

    demand: Id
    run: Text
    count: Count


class Ban(Record):
    """The run stays closed, or, with a demand line named, holds nobody of that line.

    Attributes
    ----------
    run
        Id of the run, copied from a proposal.
    demand
        Id of the demand line; `None` = the run stays closed to all.
    """

    run: Text
    demand: Id | None = None


class Commitment(Record):
    """Trainees of a line who have been told that they sit in a run: kept, or moved at a price.

    Attributes
    ----------
    demand
        Id of the demand line.
    run
        Id of the run, copied from a proposal; a run that can no longer be counts as moved.
    start
        First day of the run, as it was told.
    count
        How many of the line, 1 to 500.
    state
        `published` (shown to the company), `agreed` (accepted by it) or `started` (the class runs; nobody moves).
    seat_price_cents
        Price per seat that was agreed: a ceiling as long as the line sits in the run; `None` = no price was agreed.
    """

    demand: Id
    run: Text
    start: Date
    count: Count
    state: Literal["published", "agreed", "started"] = "agreed"
    seat_price_cents: Cents | None = None
