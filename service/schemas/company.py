"""What one company may see of a plan: decided here and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from cohort_opt import Instance, OwnAccounts, Reason, unplaced_for_company
from service.schemas.wire import Wire


class OwnSeats(Wire):
    """Seats of one company in one class.

    `share_cents` is its share where that tells nothing about another company's count; otherwise it is `null` and the share
    lies between `share_least_cents` and `share_most_cents`, the shares at the fullest and at the emptiest class allowed.

    `journeys_cents` come on top of the share. `alone_cents` is what the same trainees would cost without the others, by the
    cheapest outside option that the company gave (`null` where it gave none); `waiting_alone` of them would wait instead.
    `outcome`: part of a registered diploma, a certificate outside the register, or neither.
    """

    class_id: str
    course: str
    course_name: str
    site: str
    site_name: str
    municipality: str
    pattern: str
    dates: tuple[str, ...]
    seats: int
    lines: tuple[str, ...]
    fill: Literal["nearly_full", "filling", "not_told"]
    share_cents: int | None
    share_least_cents: int
    share_most_cents: int
    journeys_cents: int = 0
    alone_cents: int | None = None
    waiting_alone: int = 0
    outcome: Literal["diploma", "certificate", "course"] = "course"


class OwnReason(Wire):
    """A reason as the company may read it: name of its kind, the facts that its sentence tells, and the sentence in English."""

    rule: str
    sentence: str
    facts: dict[str, int | str] = Field(default_factory=dict)


class OwnUnplaced(Wire):
    """Trainees of one line without a seat, and why as far as it tells nothing about others."""

    line: str
    course: str
    course_name: str
    asked: int
    count: int
    reasons: tuple[OwnReason, ...]


class CompanyProposal(Wire):
    """A proposal as one company may see it: its own figures and nothing of the others."""

    round: str
    date: str
    company: str
    status: str
    verified: bool
    asked: int
    seats: int
    classes: tuple[OwnSeats, ...]
    unplaced: tuple[OwnUnplaced, ...]


def share_is_safe(own: int, min_seats: int, companies: int) -> bool:
    """Whether an exact share leaves every other company at least three possible counts (reliability.md, G23).

    A share tells the size of the class, and so the sum of the others; with one other company that is its count. `k` others who
    sent `s` trainees in all, each at least one, may each have sent 1 to `s - k + 1`, which must be three values at least. The
    smallest class decides, not the one at hand: else a share that is not shown would tell that the class is small.
    """
    others = companies - 1
    return others == 0 or (others >= 2 and min_seats - own >= others + 2)


def company_view(
    round_id: str, date: str, company: str, proposal: dict[str, Any], instance: dict[str, Any],
    accounts: OwnAccounts | None = None,
) -> CompanyProposal:  # fmt: skip
    """Return what one company may see of a stored proposal over a stored instance.

    Parameters
    ----------
    accounts
        Of the instance; made here where they are left out, and better made once for many companies.
    """
    accounts = accounts or OwnAccounts(Instance.model_validate(instance))
    demands = {row["id"]: row for row in instance["demands"] if row["company"] == company}
    classes = [
        _own_seats(entry, company, proposal, instance, accounts)
        for entry in proposal["classes"] or ()
        if any(member["company"] == company for member in entry["members"])
    ]
    unplaced = [_own_unplaced(entry, company, instance) for entry in proposal["unplaced"] or () if entry["company"] == company]
    return CompanyProposal(
        round=round_id,
        date=date,
        company=company,
        status=proposal["status"],
        verified=proposal["verified"],
        asked=sum(row["count"] for row in demands.values()),
        seats=sum(entry.seats for entry in classes),
        classes=tuple(classes),
        unplaced=tuple(unplaced),
    )


def _named(instance: dict[str, Any], collection: str, key: str) -> dict[str, Any]:
    return next(row for row in instance[collection] if row["id"] == key)


def _own_seats(
    entry: dict[str, Any], company: str, proposal: dict[str, Any], instance: dict[str, Any], accounts: OwnAccounts
) -> OwnSeats:  # fmt: skip
    site = _named(instance, "sites", entry["site"])
    own = [member for member in entry["members"] if member["company"] == company]
    seats = sum(member["count"] for member in own)
    share = sum(
        row["share_cents"] for row in proposal["cost_shares"] if (row["class_id"], row["company"]) == (entry["id"], company)
    )
    companies = len({member["company"] for member in entry["members"]})
    least, most = _share_range(entry, seats, instance)
    days = [dt.date.fromisoformat(date) for date in entry["dates"]]
    account = accounts.of([(member["demand"], member["count"]) for member in own], entry["site"], days)
    return OwnSeats(
        class_id=entry["id"],
        course=entry["course"],
        course_name=_named(instance, "courses", entry["course"])["name"],
        site=entry["site"],
        site_name=site["name"],
        municipality=site["municipality"],
        pattern=entry["pattern"],
        dates=tuple(entry["dates"]),
        seats=seats,
        lines=tuple(member["demand"].removeprefix(f"{company}.") for member in own),
        fill=_fill(entry),
        share_cents=share if share_is_safe(seats, entry["min_seats"], companies) else None,
        share_least_cents=least,
        share_most_cents=most,
        journeys_cents=account.journeys_cents,
        alone_cents=account.alone_cents,
        waiting_alone=account.waiting_alone,
        outcome=_outcome(_named(instance, "courses", entry["course"])),
    )


def _outcome(course: dict[str, Any]) -> Literal["diploma", "certificate", "course"]:
    if course.get("certificate_only"):
        return "certificate"
    return "diploma" if course.get("crebo") else "course"


def _share_range(entry: dict[str, Any], seats: int, instance: dict[str, Any]) -> tuple[int, int]:
    """Return the share of so many seats in the fullest and in the emptiest class that the rules allow."""
    offering = _named(instance, "offerings", entry["offering"])
    fullest, emptiest = max(entry["max_seats"], seats), max(entry["min_seats"], seats)
    # With the hire of a room and the journeys of instructors, where the class has them.
    fixed = entry["cost_cents"] - offering["seat_cents"] * entry["size"]
    each = seats * offering["seat_cents"]
    return each + seats * fixed // fullest, each + -(-seats * fixed // emptiest)


def _fill(entry: dict[str, Any]) -> Literal["nearly_full", "filling", "not_told"]:
    """Return the fill level as a band of at least three sizes; a class whose sizes do not allow two bands tells nothing."""
    threshold = entry["max_seats"] - max(2, entry["max_seats"] // 4)
    if threshold - entry["min_seats"] < 3:
        return "not_told"
    return "nearly_full" if entry["size"] >= threshold else "filling"


def _own_unplaced(entry: dict[str, Any], company: str, instance: dict[str, Any]) -> OwnUnplaced:
    course_name = _named(instance, "courses", entry["course"])["name"]
    reasons = unplaced_for_company([Reason.model_validate(reason) for reason in entry["reasons"]], course_name, entry["count"])
    return OwnUnplaced(
        line=entry["demand"].removeprefix(f"{company}."),
        course=entry["course"],
        course_name=course_name,
        asked=entry["asked"],
        count=entry["count"],
        reasons=tuple(OwnReason(rule=reason.rule, sentence=reason.sentence, facts=reason.facts) for reason in reasons),
    )
