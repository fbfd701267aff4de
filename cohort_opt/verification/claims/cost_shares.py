"""Cost shares: each class is paid for to the cent, by exactly the companies that sit in it, and nobody pays above a cap.

one share for each class and each company with seats in it,  seats = its seats there
sum of share_cents over the companies = cost of the class,  share_cents >= 0
method equal:  share = cost * seats / size by the largest remainder, ties to the smaller company id
part of line d in the share <= max_seat_price_cents[d] * seats[d]        where d has a cap
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from cohort_opt.proposal import CostShare
from cohort_opt.verification.case import Case
from cohort_opt.verification.hearing import Hearing
from cohort_opt.verification.largest_remainder import divide
from cohort_opt.verification.violation import Findings, Violation

CLAIM = "cost_shares"

EQUAL = "equal"


def needs_plan() -> bool:
    """Only classes cost money."""
    return True


def check(hearing: Hearing) -> Findings:
    """Yield once for each pair of class and company, each class and each line with a cap."""
    if hearing.case is None:
        return
    shares = hearing.proposal.cost_shares or ()
    yield from _who_pays(hearing, shares)
    by_class: dict[str, list[CostShare]] = defaultdict(list)
    for share in shares:
        by_class[share.class_id].append(share)
    for class_id, cost in hearing.class_cost_cents.items():
        yield from _class_is_paid(class_id, cost, by_class[class_id])
    for share in shares:
        yield from _caps(hearing.case, share, hearing.lines_in_class.get((share.class_id, share.company), {}))


def _who_pays(hearing: Hearing, shares: tuple[CostShare, ...]) -> Findings:
    wanted = hearing.lines_in_class
    rows = Counter((share.class_id, share.company) for share in shares)
    for key in sorted({*wanted, *rows}):
        why = ""
        if key not in wanted:
            why = "a share is listed, but the company has no seat there"
        elif rows[key] != 1:
            why = f"the company has {sum(wanted[key].values())} seats there and {rows[key]} shares, it must have one"
        yield Violation(CLAIM, ",".join(key), f"Class[{key[0]}], Company[{key[1]}]: {why}") if why else None
    for share in shares:
        seats = sum(wanted.get((share.class_id, share.company), {}).values())
        message = f"Class[{share.class_id}], Company[{share.company}]: the share is for {share.seats} seats, it has {seats}"
        yield None if share.seats == seats else Violation(CLAIM, f"{share.class_id},{share.company}", message)
    keys = [(share.class_id, share.company) for share in shares]
    message = "Proposal: the cost shares must ascend by class and company"
    yield None if keys == sorted(keys) else Violation(CLAIM, "order", message)


def _class_is_paid(class_id: str, cost: int, shares: list[CostShare]) -> Findings:
    paid = sum(share.share_cents for share in shares)
    message = f"Class[{class_id}]: the shares add up to {paid} cents, the class costs {cost}"
    yield None if paid == cost else Violation(CLAIM, class_id, message)
    methods = sorted({share.method for share in shares})
    message = f"Class[{class_id}]: it is divided by {' and '.join(methods)}, one method must hold for all its companies"
    yield None if len(methods) <= 1 else Violation(CLAIM, class_id, message)
    equal = divide(cost, {share.company: share.seats for share in shares}) if _divisible(shares) else {}
    for share in shares:
        subject = f"Class[{class_id}], Company[{share.company}]"
        expected = equal.get(share.company, share.share_cents)
        if share.share_cents < 0:
            yield Violation(CLAIM, f"{class_id},{share.company}", f"{subject}: share {share.share_cents} cents is below 0")
        elif share.share_cents != expected:
            message = f"{subject}: share {share.share_cents} cents for {share.seats} seats, at an equal price it is {expected}"
            yield Violation(CLAIM, f"{class_id},{share.company}", message)
        else:
            yield None


def _divisible(shares: list[CostShare]) -> bool:
    unique = len({share.company for share in shares}) == len(shares)
    return bool(shares) and unique and all(share.method == EQUAL and share.seats > 0 for share in shares)


def _caps(case: Case, share: CostShare, lines: dict[str, int]) -> Iterator[Violation | None]:
    caps = {line: case.given.demands[line].max_seat_price_cents for line in lines}
    if not any(cap is not None for cap in caps.values()):
        return
    parts = divide(share.share_cents, lines)
    for line, cap in caps.items():
        if cap is not None:
            message = (
                f"Class[{share.class_id}], Company[{share.company}]: Demand[{line}] pays {parts[line]} cents for "
                f"{lines[line]} seats, its cap allows {cap * lines[line]}"
            )
            yield None if parts[line] <= cap * lines[line] else Violation(CLAIM, f"{share.class_id},{line}", message)
