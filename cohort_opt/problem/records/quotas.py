"""Quotas: what seats use up of something that there is only so much of: a budget, mentors, host places, visits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cohort_opt.problem.fields import Cents, Date, Id, Int
from cohort_opt.problem.records.record import Record, sorted_by

Amount = Annotated[Int, Field(ge=0, le=10**12)]

QuotaKind = Literal[
    "municipal_budget", "uncovered_risk", "host_places", "mentors", "guidance", "rotation", "check_ins", "follow_on",
    "one_to_one", "continuity",
]  # fmt: skip
"""What is used up; the word with which it is explained."""


class QuotaUse(Record):
    """Seats that use so much each, in classes of a period.

    Attributes
    ----------
    block, step
        Which sum of the quota the use belongs to; see `SeatQuota`.
    demands
        Ids of the demand lines.
    amount
        What one seat uses, in the unit of the quota; at least 1.
    starts_from, starts_until, ends_from, ends_until
        The first and the last day of the class lie in these periods, both ends included; `None` = open.
    """

    block: Id = "all"
    step: Annotated[Int, Field(ge=1, le=1_000)] = 1
    demands: Annotated[
        tuple[Id, ...], Field(min_length=1, max_length=200_000), AfterValidator(lambda ids: tuple(sorted(set(ids))))
    ]
    amount: Annotated[Int, Field(ge=1, le=10**9)] = 1
    starts_from: Date | None = None
    starts_until: Date | None = None
    ends_from: Date | None = None
    ends_until: Date | None = None


class QuotaAllowance(Record):
    """What a step of a block may use before it counts, and the most that it counts.

    Attributes
    ----------
    block, step
        Which sum of the quota.
    free
        So much does not count: own mentors before those of the pool.
    at_most
        More than this is never counted, whoever is seated: so many of a line are concerned at all; `None` = no end.
    """

    block: Id = "all"
    step: Annotated[Int, Field(ge=1, le=1_000)] = 1
    free: Amount = 0
    at_most: Amount | None = None


class SeatQuota(Record):
    """Seats together use at most so much, or more at a price.

        use[b, s] = min(at_most[b, s], sum of amount * seats over the uses of block b, step s) - free[b, s]
        sum over blocks b of max(0, max over steps s of use[b, s]) <= limit

    One block and one step say a plain cap. Several blocks share what each of them lacks (companies and a pool of mentors);
    several steps of a block hold at once (mentors who stay for a shorter or a longer time), and the worst one counts.

    Attributes
    ----------
    id
        Name of the row: letters, digits, dot, dash, underscore, at most 64.
    kind
        What is used up.
    limit
        How much there is: cents, trainees, hours a week.
    cents_over
        Price of each unit above the limit, in the objective; `None` = the limit must hold.
    uses, allowances
        The rows of the sums.
    """

    id: Id
    kind: QuotaKind
    limit: Amount
    cents_over: Cents | None = None
    uses: Annotated[
        tuple[QuotaUse, ...],
        Field(max_length=100_000),
        sorted_by("block", "step", "demands", "amount", "starts_from", "starts_until", "ends_from", "ends_until"),
    ] = ()
    allowances: Annotated[tuple[QuotaAllowance, ...], Field(max_length=100_000), sorted_by("block", "step")] = ()
