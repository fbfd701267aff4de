"""Hand-made plans and a hand-made proposal for the tests of the judge. Nothing here is computed by the library.

Import with `from tests.cohort_opt.verification.plans import planned`.
"""

import datetime as dt
from typing import Any

from cohort_opt.problem.fields import Weekday
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Ban, Block, DatePeriod, Distance, OutsideOptions, Pin, SiteDistance
from cohort_opt.proposal import (
    ClassEntry,
    CostShare,
    Limits,
    ObjectiveTerms,
    PoolingEntry,
    Proposal,
    RuleVerdict,
    Seats,
    UnplacedEntry,
)
from cohort_opt.solution import Member, PlannedClass, Solution, SolveStatus
from cohort_opt.verification.verify import verify
from tests.builders import (
    MONDAY,
    block,
    calendar,
    company,
    course,
    day,
    demand,
    instructor,
    make_instance,
    offering,
    release,
    room,
    site,
    unbroken_block,
)


def week_from(start: dt.date) -> tuple[dt.date, ...]:
    """Return five days in a row."""
    return tuple(start + dt.timedelta(days=i) for i in range(5))


def planned(seats: dict[str, int] | None = None, **changes: Any) -> PlannedClass:
    """Return the class of the first week with acme's five and bolt's four, with some of its fields changed."""
    members = tuple(Member(line, count) for line, count in (seats or {"acme-drilling": 5, "bolt-drilling": 4}).items())
    base = {"number": 1, "offering": "drilling-academy", "course": "drilling", "site": "academy", "room": "bay",
            "instructor": "crew", "start": MONDAY, "pattern": "block5", "members": members}  # fmt: skip
    fields = {**base, **changes}
    fields.setdefault("dates", week_from(fields["start"]))
    fields.setdefault("run", f"{fields['offering']}/{fields['start'].isoformat()}/{fields['pattern']}")
    return PlannedClass(**fields)


def plan(*classes: PlannedClass, without: dict[str, int] | None = None) -> Solution:
    """Return the plan of these classes and of those without a seat."""
    return Solution(tuple(classes), tuple(Member(line, count) for line, count in (without or {}).items()))


def broken(instance: Instance, *classes: PlannedClass, without: dict[str, int] | None = None) -> tuple[str, ...]:
    """Return the names of the rules that the plan breaks."""
    return verify(instance, plan(*classes, without=without)).broken


def message(instance: Instance, *classes: PlannedClass, without: dict[str, int] | None = None) -> str:
    """Return the message of the only violation of the plan."""
    (violation,) = verify(instance, plan(*classes, without=without)).violations
    return violation.message


def checked(rule: str, instance: Instance, *classes: PlannedClass, without: dict[str, int] | None = None) -> int:
    """Return how many things the rule looked at."""
    report = verify(instance, plan(*classes, without=without))
    return next(verdict.checked for verdict in report.verdicts if verdict.rule == rule)


DRILLING = "drilling-academy/2027-03-01/block5"
SAWING = "sawing-hall/2027-03-08/release3"


def village() -> Instance:
    """Return three companies, two courses and every rule switched on; `village_plan` is a valid plan of it.

    Drilling twice in the first week, Monday to Friday. Sawing on three Mondays from the second week on; the third Monday is a
    holiday, so that it teaches on 8, 22 and 29 March.
    """
    return make_instance(
        name="village",
        calendar=calendar(closed=(DatePeriod(first=day(weeks=2), last=day(weeks=2), name="village fair"),)),
        companies=[
            company("acme", max_away_per_day=5, max_away_per_week=5),
            company("bolt", max_away_per_day=6, closed=(DatePeriod(first=day(1, 1), last=day(1, 4), name="stocktaking"),)),
            company("cito", max_away_per_day=3),
        ],
        courses=[
            course(
                "drilling", min_seats=5, max_seats=8, patterns=(unbroken_block(5),), exam_dates=(day(weeks=1), day(weeks=4)),
                practice_percent=70, needs_equipment=("drill",),
                exam_within_days=7,
            ),
            course("sawing", min_seats=4, max_seats=9, patterns=(block(5), release(3)), survival_percent=90, keep_min_percent=60),
        ],
        sites=[site("academy"), site("depot")],
        rooms=[room("bay", count=2, seats=8, equipment=("drill",)), room("hall", seats=6)],
        instructors=[instructor("crew", count=2, max_days_per_week=5, courses=("drilling",)), instructor("guild")],
        offerings=[
            offering(last_start=day(weeks=3), max_parallel=2),
            offering(
                "sawing-hall", course="sawing", room="hall", instructor="guild", last_start=day(weeks=3),
                fixed_cents=600_001, seat_cents=20_000,
            ),
        ],
        demands=[
            demand(
                "acme-drilling", count=5, together=True, max_seat_price_cents=140_000, min_class_size=8,
                outside=OutsideOptions(
                    own_course_fixed_cents=950_000, own_course_seat_cents=18_500, list_price_cents=200_000, travel_cents=2_000
                ),
            ),
            demand("bolt-drilling", count=6, min_part=3, patterns=("block",), outside=OutsideOptions(list_price_cents=150_000)),
            demand("cito-drilling", count=4, min_practice_percent=60, max_travel_minutes=40),
            demand("acme-sawing", course_id="sawing", count=3, weekdays=(Weekday.MON,)),
            demand(
                "bolt-sawing", course_id="sawing", count=2,
                outside=OutsideOptions(own_course_fixed_cents=100_000, own_course_seat_cents=50_000, travel_cents=1_000),
            ),
            demand("cito-sawing", course_id="sawing", count=2, unplaced_cents=400_000,
                   outside=OutsideOptions(list_price_cents=90_000)),
        ],
        distances=[Distance(company=c, site="academy", km=km) for c, km in (("acme", 10), ("bolt", 20), ("cito", 30))],
        pins=[Pin(demand="acme-sawing", run=SAWING, count=3)],
        bans=[Ban(run="drilling-academy/2027-03-08/block5"), Ban(run="sawing-hall/2027-03-22/block5", demand="bolt-sawing")],
    )  # fmt: skip


def village_plan() -> Solution:
    """Return a valid plan of the village: 20 of 22 have a seat in three classes."""
    sawing = planned(
        {"acme-sawing": 3, "bolt-sawing": 2, "cito-sawing": 1}, offering="sawing-hall", course="sawing", room="hall",
        instructor="guild", start=day(weeks=1), pattern="release3", dates=(day(weeks=1), day(weeks=3), day(weeks=4)),
    )  # fmt: skip
    return plan(
        planned({"acme-drilling": 5, "bolt-drilling": 3}),
        planned({"bolt-drilling": 3, "cito-drilling": 3}, number=2),
        sawing,
        without={"cito-drilling": 1, "cito-sawing": 1},
    )


def two_sites_in_a_day() -> tuple[Instance, Solution]:
    """Return one instructor, mornings at the academy and afternoons at the annex, 20 minutes away, and a valid plan."""
    instance = make_instance(
        courses=[course("drilling", patterns=(Block(kind="block", days=5, part="morning"),)),
                 course("sawing", patterns=(Block(kind="block", days=5, part="afternoon"),))],
        sites=[site("academy"), site("annex")],
        rooms=[room("bay"), room("shed", site="annex")],
        instructors=[instructor(max_minutes_between_sites=20)],
        offerings=[offering(), offering("sawing-annex", course="sawing", site="annex", room="shed")],
        demands=[demand("acme-drilling", count=8), demand("bolt-sawing", course_id="sawing", count=8)],
        site_distances=[SiteDistance(first="academy", second="annex", km=18, minutes=20)],
    )  # fmt: skip
    return instance, plan(
        planned({"acme-drilling": 8}, pattern="block5am"),
        planned({"bolt-sawing": 8}, offering="sawing-annex", course="sawing", site="annex", room="shed", pattern="block5pm"),
    )


VILLAGE_TERMS = ObjectiveTerms(class_fixed=2_500_001, seats=379_000, travel=64_000, waiting=6_000, unplaced=1_400_000)
"""The objective of `village_plan`, worked out by hand.

class_fixed  2 x 950,000 + 600,001
seats        (8 + 6) x 18,500 + 6 x 20,000 = 259,000 + 120,000
travel       a journey of km x 2 x 20 cents a day. Five days of drilling: acme 2,000, bolt 4,000, cito 6,000 a head:
             5 x 2,000 + 3 x 4,000 + 3 x 4,000 + 3 x 6,000 = 52,000. Three days of sawing: 1,200, 2,400, 3,600 a head:
             3 x 1,200 + 2 x 2,400 + 3,600 = 12,000
waiting      six trainees of sawing wait one whole week at 1,000
unplaced     1,000,000 for the one of cito-drilling, 400,000 for the one of cito-sawing
"""


def village_proposal() -> Proposal:
    """Return `village_plan` as a proposal, every figure worked out by hand.

    Costs: 950,000 + 8 x 18,500 = 1,098,000, a seat 137,250; 950,000 + 6 x 18,500 = 1,061,000, a seat 176,833.3;
    600,001 + 6 x 20,000 = 720,001, a seat 120,000.17: acme 360,000.5, bolt 240,000.33, cito 120,000.17, and the one cent left
    over goes to acme, the largest remainder.

    Alone: acme-drilling 5 x 200,000 + 5 x 2,000 = 1,010,000 (its own course would be 1,052,500) against 686,250 + 10,000;
    bolt-drilling 6 x 150,000 = 900,000 against 942,250 + 24,000; bolt-sawing 100,000 + 2 x 50,000 + 2 x 1,000 = 202,000 against
    240,000 + 4,800; cito-sawing 1 x 90,000 against 120,000 + 3,600; acme-sawing (3) and cito-drilling (3) have no option.
    """
    instance, solution = village(), village_plan()
    terms = VILLAGE_TERMS
    objective = 4_349_001
    figures = {
        # id: end, least, most, size, cost, price of a seat
        f"{DRILLING}#1": (day(days=4), 5, 8, 8, 1_098_000, 137_250),
        f"{DRILLING}#2": (day(days=4), 5, 8, 6, 1_061_000, 176_834),
        f"{SAWING}#1": (day(weeks=4), 4, 6, 6, 720_001, 120_001),
    }
    shares = [
        (f"{DRILLING}#1", "acme", 5, 686_250),
        (f"{DRILLING}#1", "bolt", 3, 411_750),
        (f"{DRILLING}#2", "bolt", 3, 530_500),
        (f"{DRILLING}#2", "cito", 3, 530_500),
        (f"{SAWING}#1", "acme", 3, 360_001),
        (f"{SAWING}#1", "bolt", 2, 240_000),
        (f"{SAWING}#1", "cito", 1, 120_000),
    ]
    pooling = [
        # company, placed, unplaced, share, travel, together, alone, gain, without an option, waiting avoided
        ("acme", 8, 0, 1_046_251, 13_600, 1_059_851, 1_010_000, 313_750, 3, 3_000_000),
        ("bolt", 8, 0, 1_182_250, 28_800, 1_211_050, 1_102_000, -109_050, 0, 0),
        ("cito", 4, 2, 650_500, 21_600, 672_100, 90_000, -33_600, 3, 3_000_000),
    ]
    return Proposal(
        instance_name="village",
        instance_fingerprint=instance.fingerprint(),
        status=SolveStatus.FEASIBLE,
        objective_cents=objective,
        bound_cents=4_000_000,
        bound_source="cp-sat",
        gap=0.080249,  # 349,001 / 4,349,001 = 0.0802485
        verified=True,
        reproducible=True,
        seed=1,
        limits=Limits(mode="reproducible", deterministic_limit=60, time_limit_seconds=300, workers=2, gap_target=0),
        versions={"cohort-opt": "0.1.0", "ortools": "9.15", "python": "3.11"},
        objective_terms=terms,
        classes=tuple(_entry(item, *figures[item.id]) for item in solution.classes),
        unplaced=tuple(
            UnplacedEntry(demand=f"cito-{name}", company="cito", course=name, asked=asked, count=1)
            for name, asked in (("drilling", 4), ("sawing", 2))
        ),
        cost_shares=tuple(
            CostShare(class_id=i, company=c, seats=n, share_cents=cents, method="equal") for i, c, n, cents in shares
        ),
        pooling=tuple(PoolingEntry(**dict(zip(PoolingEntry.model_fields, row, strict=True))) for row in pooling),
        verification=(RuleVerdict(rule="class_size", checked=3, violations=()),),
    )


def _entry(item: PlannedClass, end: dt.date, least: int, most: int, size: int, cost: int, price: int) -> ClassEntry:
    return ClassEntry(
        id=item.id, run=item.run, number=item.number, offering=item.offering, course=item.course, site=item.site,
        room=item.room, instructor=item.instructor, pattern=item.pattern, start=item.start, end=end, dates=item.dates,
        min_seats=least, max_seats=most, size=size, cost_cents=cost, seat_price_cents=price,
        members=tuple(Seats(demand=m.demand, company=m.demand.split("-")[0], count=m.count) for m in item.members),
    )  # fmt: skip
