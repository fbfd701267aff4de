"""A proposal as `propose` would make it for reference scenario A, put together by hand: 20 invented companies, 46 trainees.

Run: fixed 9,500 + 185 a seat. Journeys cost 21 cents per km. Nothing here is solved; the figures of every class add up.
"""

import datetime as dt

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.rates import waiting_cents
from cohort_opt.problem.records import (
    Absence,
    Block,
    Calendar,
    Company,
    Course,
    DatePeriod,
    DayRelease,
    Demand,
    InstructorPool,
    Offering,
    OutsideOptions,
    Prices,
    RoomPool,
    Site,
)
from cohort_opt.proposal import (
    ClassEntry,
    CostShare,
    Limits,
    ObjectiveTerms,
    PoolingEntry,
    Proposal,
    Reason,
    RuleVerdict,
    Seats,
    UnplacedEntry,
)
from cohort_opt.solution import SolveStatus

TOWNS = (
    ("avocet", "Avocet Boorwerk", "Rotterdam", 51.9225, 4.4792),
    ("bittern", "Bittern Betonzaag", "Schiedam", 51.9170, 4.3988),
    ("coot", "Coot Techniek", "Vlaardingen", 51.9121, 4.3419),
    ("dunlin", "Dunlin Sloopwerken", "Maassluis", 51.9233, 4.2500),
    ("egret", "Egret Doorvoer", "Capelle aan den IJssel", 51.9293, 4.5780),
    ("fulmar", "Fulmar Brandwering", "Krimpen aan den IJssel", 51.9167, 4.6028),
    ("gadwall", "Gadwall Bouwservice", "Ridderkerk", 51.8725, 4.6031),
    ("heron", "Heron Installatie", "Barendrecht", 51.8565, 4.5348),
    ("ibis", "Ibis Kernboor", "Albrandswaard", 51.8575, 4.4222),
    ("jackdaw", "Jackdaw Renovatie", "Nissewaard", 51.8450, 4.3292),
    ("kestrel", "Kestrel Zaagtechniek", "Lansingerland", 51.9925, 4.4797),
    ("lapwing", "Lapwing Afbouw", "Delft", 52.0116, 4.3571),
    ("merlin", "Merlin Boor & Zaag", "Dordrecht", 51.8133, 4.6901),
    ("nightjar", "Nightjar Leidingwerk", "Zwijndrecht", 51.8175, 4.6333),
    ("osprey", "Osprey Beton", "Papendrecht", 51.8317, 4.6875),
    ("plover", "Plover Montage", "Alblasserdam", 51.8650, 4.6611),
    ("quail", "Quail Brandveilig", "Gouda", 52.0116, 4.7105),
    ("ruff", "Ruff Constructie", "Voorne aan Zee", 51.8333, 4.1333),
    ("snipe", "Snipe Sloop", "Hoeksche Waard", 51.8241, 4.4125),
    ("tern", "Tern Wandwerk", "Westland", 51.9942, 4.2097),
)
COURSES = (
    ("drilling", "Diamond drilling, basic", (Block(kind="block", days=5), DayRelease(kind="day_release", weeks=5))),
    ("firestop", "Fire stopping", (DayRelease(kind="day_release", weeks=6),)),
    ("sawing", "Wall sawing", (Block(kind="block", days=8),)),
)
COUNTS = {
    # 21 trainees: 11 + 10
    "drilling": {"avocet": 3, "bittern": 2, "coot": 1, "egret": 2, "gadwall": 2, "heron": 1, "ibis": 4, "merlin": 3,
                 "nightjar": 1, "snipe": 2},
    # 11 trainees: one class
    "firestop": {"coot": 1, "egret": 1, "fulmar": 3, "lapwing": 2, "quail": 3, "tern": 1},
    # 14 trainees, a gap number: 12 in one class, 2 wait
    "sawing": {"avocet": 1, "dunlin": 2, "jackdaw": 2, "kestrel": 3, "merlin": 1, "osprey": 2, "plover": 1, "ruff": 2},
}  # fmt: skip


def build_instance(**changes):
    """Return the instance; `changes` replace whole collections."""
    start = dt.date(2027, 3, 1)
    base = {
        "name": "Concrete cutting, Rotterdam region",
        "calendar": Calendar(
            start=start,
            end=dt.date(2027, 7, 2),
            closed=(
                DatePeriod(first=dt.date(2027, 3, 26), last=dt.date(2027, 3, 29), name="Easter"),
                DatePeriod(first=dt.date(2027, 4, 26), last=dt.date(2027, 5, 7), name="May holidays"),
                DatePeriod(first=dt.date(2027, 5, 17), last=dt.date(2027, 5, 17), name="Whit Monday"),
            ),
        ),
        "prices": Prices(travel_cents_per_km=21, waiting_cents_per_week=2_500, unplaced_cents=500_000),
        "companies": tuple(
            Company(id=i, name=name, municipality=town, latitude=lat, longitude=lon) for i, name, town, lat, lon in TOWNS
        ),
        "courses": tuple(
            Course(id=i, name=name, trade="Concrete", min_seats=8, max_seats=12, patterns=patterns)
            for i, name, patterns in COURSES
        ),
        "sites": (
            Site(id="harbour", name="Academy Harbour", municipality="Rotterdam", latitude=51.8960, longitude=4.4200),
            Site(id="island", name="Workshop Island", municipality="Dordrecht", latitude=51.7990, longitude=4.6500),
        ),
        "rooms": (
            RoomPool(id="bays", name="Drilling bays", site="harbour", count=2, seats=12),
            RoomPool(
                id="hall", name="Saw hall", site="island", count=1, seats=12,
                absences=(Absence(first=dt.date(2027, 5, 24), last=dt.date(2027, 5, 28), name="maintenance"),),
            ),
        ),
        "instructors": (
            InstructorPool(id="crew", name="Drill instructors", count=2),
            InstructorPool(id="fire", name="Fire instructor", count=1),
        ),
        "offerings": tuple(
            Offering(
                id=f"{course}-{site}", course=course, site=site, room=room, instructor=instructor, first_start=start,
                last_start=dt.date(2027, 6, 14), start_weekdays=("mon", "tue", "wed"), max_parallel=2, fixed_cents=950_000,
                seat_cents=18_500,
            )
            for course, site, room, instructor in (
                ("drilling", "harbour", "bays", "crew"), ("drilling", "island", "hall", "crew"),
                ("firestop", "harbour", "bays", "fire"), ("sawing", "island", "hall", "crew"),
            )
        ),
        "demands": tuple(
            Demand(
                id=f"{company}-{course}", company=company, course=course, count=count, earliest_start=start,
                latest_start=dt.date(2027, 6, 14), max_travel_km=60,
                weekdays=("mon", "tue", "wed", "thu") if course == "firestop" else ("mon", "tue", "wed", "thu", "fri"),
                outside=OutsideOptions(list_price_cents=None if course == "firestop" else 165_000, travel_cents=4_000),
            )
            for course, counts in COUNTS.items()
            for company, count in counts.items()
        ),
    }  # fmt: skip
    return Instance(**{**base, **changes})


def _working_days(first, count, closed):
    days, day = [], first
    while len(days) < count:
        if day.weekday() < 5 and not any(day in period for period in closed):
            days.append(day)
        day += dt.timedelta(days=1)
    return tuple(days)


def _weekly(first, count, closed):
    days, day = [], first
    while len(days) < count:
        if not any(day in period for period in closed):
            days.append(day)
        day += dt.timedelta(days=7)
    return tuple(days)


def _entry(course, site, room, instructor, pattern, dates, seats, reason):
    size = sum(seats.values())
    cost = 950_000 + 18_500 * size
    start = dates[0].isoformat()
    return ClassEntry(
        id=f"{course}-{site}/{start}/{pattern}#1", run=f"{course}-{site}/{start}/{pattern}", number=1,
        offering=f"{course}-{site}",
        course=course, site=site, room=room, instructor=instructor, pattern=pattern, start=dates[0], end=dates[-1], dates=dates,
        min_seats=8, max_seats=12, size=size, cost_cents=cost, seat_price_cents=-(-cost // size),
        members=tuple(Seats(demand=f"{c}-{course}", company=c, count=n) for c, n in sorted(seats.items())),
        reasons=(Reason(rule="opens", facts={"size": size}, sentence=reason),),
    )  # fmt: skip


def build_classes(instance):
    """Return the four classes: drilling 11 + 10, fire stopping 11, sawing 12."""
    closed = instance.calendar.closed
    north = {"avocet": 3, "bittern": 2, "coot": 1, "egret": 2, "ibis": 3}
    south = {"gadwall": 2, "heron": 1, "ibis": 1, "merlin": 3, "nightjar": 1, "snipe": 2}
    sawing = {**COUNTS["sawing"], "ruff": 0}
    return (
        _entry("drilling", "harbour", "bays", "crew", "block5", _working_days(dt.date(2027, 3, 8), 5, closed), north,
               "Opens: 11 trainees within 20 km of the harbour ask for it, and the minimum is 8."),
        _entry("drilling", "island", "hall", "crew", "release5", _weekly(dt.date(2027, 3, 30), 5, closed), south,
               "Opens on the island, where the journeys of these ten are shortest."),
        _entry("firestop", "harbour", "bays", "fire", "release6", _weekly(dt.date(2027, 3, 10), 6, closed), COUNTS["firestop"],
               "Opens: one class holds all 11."),
        _entry("sawing", "island", "hall", "crew", "block8", _working_days(dt.date(2027, 4, 12), 8, closed),
               {c: n for c, n in sawing.items() if n}, "Opens: 12 of the 14 trainees fill it to the last seat."),
    )  # fmt: skip


def build_proposal(instance, **changes):
    """Return the proposal for the instance of `build_instance`; `changes` replace fields."""
    classes = build_classes(instance)
    demands = {d.id: d for d in instance.demands}
    shares, journeys, waits, alone, avoided, without = [], {}, 0, {}, {}, {}
    for entry in classes:
        base, rest = divmod(entry.cost_cents, entry.size)
        for i, seats in enumerate(entry.members):
            cents = base * seats.count + (rest if i == 0 else 0)
            shares.append(
                CostShare(class_id=entry.id, company=seats.company, seats=seats.count, share_cents=cents, method="equal")
            )
            trip = Journeys.of(instance).cents(demands[seats.demand], entry.site, entry.dates) * seats.count
            journeys[seats.company] = journeys.get(seats.company, 0) + trip
            line = demands[seats.demand]
            waits += waiting_cents(line.earliest_start, entry.start, instance.prices.waiting_cents_per_week) * seats.count
            if line.outside.list_price_cents is None:
                without[seats.company] = without.get(seats.company, 0) + seats.count
                avoided[seats.company] = avoided.get(seats.company, 0) + 500_000 * seats.count
            else:
                alone[seats.company] = alone.get(seats.company, 0) + (165_000 + 4_000) * seats.count
    pooling = []
    for company in instance.companies:
        mine = [s for s in shares if s.company == company.id]
        share, placed = sum(s.share_cents for s in mine), sum(s.seats for s in mine)
        together = share + journeys.get(company.id, 0)
        missing = without.get(company.id, 0)
        counted = together * (placed - missing) // placed if placed else 0
        pooling.append(
            PoolingEntry(
                company=company.id, placed=placed, unplaced=2 if company.id == "ruff" else 0, share_cents=share,
                travel_cents=journeys.get(company.id, 0), together_cents=together, alone_cents=alone.get(company.id, 0),
                gain_cents=alone.get(company.id, 0) - counted, placed_without_option=missing,
                waiting_avoided_cents=avoided.get(company.id, 0),
            )
        )  # fmt: skip
    terms = ObjectiveTerms(
        class_fixed=4 * 950_000, seats=44 * 18_500, travel=sum(journeys.values()), waiting=waits, unplaced=2 * 500_000
    )
    objective = sum(terms.model_dump().values())
    base = {
        "instance_name": instance.name,
        "instance_fingerprint": instance.fingerprint(),
        "status": SolveStatus.FEASIBLE,
        "objective_cents": objective,
        "bound_cents": objective - 67_000,
        "bound_source": "cp-sat",
        "gap": round(67_000 / objective, 6),
        "verified": True,
        "reproducible": True,
        "seed": 1,
        "limits": Limits(mode="reproducible", deterministic_limit=60.0, time_limit_seconds=300.0, workers=1, gap_target=0.0),
        "versions": {"cohort_opt": "0.1.0", "numpy": "2.3.0", "ortools": "9.15.0", "pydantic": "2.12.0", "python": "3.11.9"},
        "objective_terms": terms,
        "classes": tuple(sorted(classes, key=lambda c: c.id)),
        "unplaced": (
            UnplacedEntry(
                demand="ruff-sawing", company="ruff", course="sawing", asked=2, count=2,
                reasons=(
                    Reason(
                        rule="gap_number",
                        facts={"asked": 14, "min_seats": 8, "max_seats": 12},
                        sentence="14 trainees ask for Wall sawing in classes of 8 to 12: one class holds 12, two need 16. "
                        "Two more trainees would open a second class.",
                    ),
                    Reason(rule="travel", facts={"km": 49}, sentence="Of those who could wait, theirs is the longest journey."),
                ),
            ),
        ),
        "cost_shares": tuple(sorted(shares, key=lambda s: (s.class_id, s.company))),
        "pooling": tuple(pooling),
        "verification": tuple(
            RuleVerdict(rule=rule, checked=checked, violations=())
            for rule, checked in (("class_size", 4), ("one_seat_per_trainee", 24), ("room_capacity", 23), ("travel_limit", 24))
        ),
    }  # fmt: skip
    return Proposal(**{**base, **changes})


def without_plan(instance, status, **changes):
    """Return a proposal without a plan."""
    nothing = dict.fromkeys(
        ("objective_cents", "bound_cents", "gap", "objective_terms", "classes", "unplaced", "cost_shares", "pooling")
    )
    none = {"status": status, "bound_source": "none", "verified": False, "verification": ()}
    return build_proposal(instance, **{**nothing, **none, **changes})
