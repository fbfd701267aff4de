"""What the seats of a line bring in, by class size, and the pots that several of them share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.problem.fields import Cents, Count, Id, Int, Text
from cohort_opt.problem.records.record import Record

GrantStatus = Literal["sample", "draft", "confirmed"]
"""How far the rule behind an amount may be believed; the word stands beside every amount that a person sees."""


class Grant(Record):
    """A step of a subsidy: in classes of a run that hold so many, certain seats of a demand line bring so much each.

    Rows add up: a threshold is a row that begins at its size, a scheme for the first two trainees a row of two seats.

    Attributes
    ----------
    id
        Name of the row: letters, digits, dot, dash, underscore, at most 64.
    demand
        Id of the demand line.
    run
        Id of the run, copied from a proposal; a run that cannot be brings nothing.
    first_size, last_size
        Class sizes at which it is paid, both included, 1 to 500.
    first_seat, last_seat
        Which seats of the line in the class bring it, counted from 1, both included.
    cents
        What each of these seats brings; it lowers the objective and no price.
    pot
        Id of the pot out of which it is paid; `None` = of no pot.
    status
        `sample`, `draft` or `confirmed`, as the rule pack says.
    """

    id: Id
    demand: Id
    run: Text
    first_size: Count = 1
    last_size: Count = 500
    first_seat: Count = 1
    last_seat: Count = 500
    cents: Cents
    pot: Id | None = None
    status: GrantStatus = "sample"


class GrantPot(Record):
    """A budget out of which grants are paid: together at most so much.

    Attributes
    ----------
    id
        Name of the row.
    budget_cents
        What is there.
    """

    id: Id
    budget_cents: Annotated[Int, Field(ge=0, le=10**12)]
