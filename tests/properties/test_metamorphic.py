"""What must not change an answer, and what may only make it dearer: order, names, currency, and rules that only forbid."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import InstanceRecords
from cohort_opt.proposal import Proposal
from cohort_opt.solver.params import SolveParams
from tests.conftest import CAMPAIGN
from tests.properties.brute_force import may_attend, possible_runs
from tests.properties.plans import assert_sums_hold
from tests.properties.random_instances import random_fields

CASES = 100 * CAMPAIGN
CHUNK = 20
Fields = dict[str, Any]

chunks = pytest.mark.parametrize("first_seed", range(0, CASES, CHUNK))


def solved(fields: Fields, params: SolveParams | None = None) -> Proposal | None:
    """Return the proposal; `None` where the input is refused."""
    try:
        return propose(Instance(**fields), params)
    except InstanceError:
        return None


def value(proposal: Proposal | None) -> int | None:
    """Return the objective; `None` where there is no plan, whether refused or infeasible."""
    return proposal.objective_cents if proposal else None


@pytest.mark.campaign
@chunks
def test_shuffled_rows_give_the_same_bytes(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        fields, rng = random_fields(seed), random.Random(seed)
        shuffled = {name: rng.sample(rows, k=len(rows)) if isinstance(rows, list) else rows for name, rows in fields.items()}
        before, after = solved(fields), solved(shuffled)
        assert (before and before.to_json()) == (after and after.to_json()), f"seed {seed}"


@pytest.mark.campaign
@chunks
def test_other_names_cost_the_same(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        fields = random_fields(seed)
        assert value(solved(renamed(fields))) == value(solved(fields)), f"seed {seed}"


@pytest.mark.campaign
@chunks
def test_prices_times_seven_cost_seven_times_as_much(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        # Shares, seat prices, prices of change and of uncertain lines are rounded to the cent: they do not scale exactly.
        fields = random_fields(seed, coupling=0)
        before, after = value(solved(fields)), value(solved(scaled(fields, 7)))
        assert after == (None if before is None else 7 * before), f"seed {seed}"


@pytest.mark.campaign
@chunks
def test_a_rule_that_only_forbids_never_makes_the_plan_cheaper(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        fields = random_fields(seed)
        before = value(solved(fields))
        for forbid in FORBIDDING:
            after = solved(forbid(fields, random.Random(seed)))
            if value(after) is not None:
                assert before is not None, f"seed {seed} {forbid.__name__}: a plan appears where there was none"
                assert before <= value(after), f"seed {seed} {forbid.__name__}"


@pytest.mark.campaign
@chunks
def test_splitting_on_one_seat_changes_nothing(first_seed):
    """Either the line has no seat in the run or at least one: the better of the two is the best of all.

    Splitting on one Boolean has exposed a certified wrong optimum of a solver (google/or-tools #5293).
    """
    for seed in range(first_seed, first_seed + CHUNK):
        fields, rng = random_fields(seed), random.Random(seed)
        pairs = free_pairs(fields)
        if not pairs:
            continue
        line, run = rng.choice(pairs)
        without = {**fields, "bans": [*fields["bans"], {"run": run, "demand": line}]}
        with_one = {**fields, "pins": [*fields["pins"], {"demand": line, "run": run, "count": 1}]}
        both = [found for found in (value(solved(without)), value(solved(with_one))) if found is not None]
        assert value(solved(fields)) == min(both, default=None), f"seed {seed}: {line} in {run}"


@pytest.mark.campaign
@chunks
def test_another_seed_of_the_search_costs_the_same(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        fields = random_fields(seed)
        assert value(solved(fields, SolveParams(seed=1 + seed))) == value(solved(fields)), f"seed {seed}"


@pytest.mark.campaign
@chunks
def test_terms_shares_and_seats_add_up(first_seed):
    for seed in range(first_seed, first_seed + CHUNK):
        proposal = solved(random_fields(seed))
        if proposal is not None and proposal.classes is not None:
            assert_sums_hold(proposal, f"seed {seed}")


def free_pairs(fields: Fields) -> list[tuple[str, str]]:
    """Return (line, run) where the line may sit and neither a pin nor a ban of this pair stands yet."""
    given = InstanceRecords(**fields)
    taken = {(pin.demand, pin.run) for pin in given.pins} | {(ban.demand, ban.run) for ban in given.bans}
    pairs = ((line, run) for run in possible_runs(given) for line in given.demands if may_attend(given, line, run))
    return [(line.id, run.id) for line, run in pairs if (line.id, run.id) not in taken]


# --- the changes ------------------------------------------------------------------------------------------------------------


def renamed(fields: Fields) -> Fields:
    """Return the same instance with other ids, in another order of the alphabet, wherever they are named."""
    # An area is the first four digits of a postcode: a fact of the world, no name that somebody chose.
    chosen = {name: rows for name, rows in fields.items() if isinstance(rows, list) and name != "areas"}
    ids = {row["id"] for rows in chosen.values() for row in rows if "id" in row}

    def new(name: str) -> str:
        return f"{'zyxwv'[len(name) % 5]}{name[::-1]}"

    def walk(item: Any, key: str = "") -> Any:
        if isinstance(item, dict):
            return {k: walk(v, k) for k, v in item.items()}
        if isinstance(item, list | tuple):
            return [walk(v, key) for v in item]
        if not isinstance(item, str) or key in ("name", "municipality", "trade"):
            return item
        # A run is offering/start/pattern, and /instructor where it is not the usual one.
        return "/".join(new(part) if part in ids else part for part in item.split("/"))

    return {name: walk(rows) if isinstance(rows, list) else rows for name, rows in fields.items()}


def scaled(fields: Fields, factor: int) -> Fields:
    """Return the same instance in a currency of which `factor` make one."""

    def walk(item: Any, key: str = "") -> Any:
        if isinstance(item, dict):
            return {k: walk(v, k) for k, v in item.items()}
        if isinstance(item, list):
            return [walk(v, key) for v in item]
        return item * factor if "cents" in key and item is not None else item

    return {name: walk(rows) for name, rows in fields.items()}


def with_a_closed_run(fields: Fields, rng: random.Random) -> Fields:
    """Ban one run for everybody."""
    runs = [run.id for run in possible_runs(InstanceRecords(**fields))]
    taken = {(ban["run"], ban["demand"]) for ban in fields["bans"]}
    free = [run for run in runs if (run, None) not in taken]
    return {**fields, "bans": [*fields["bans"], *({"run": run} for run in rng.sample(free, k=min(1, len(free))))]}


def with_a_shorter_journey(fields: Fields, rng: random.Random) -> Fields:
    """Lower the travel limit of one line."""
    return _changed(fields, "demands", rng, max_travel_km=10)


def with_a_line_together(fields: Fields, rng: random.Random) -> Fields:
    """Keep one line together; whoever is together keeps every smaller part."""
    return _changed(fields, "demands", rng, together=True, min_part=1)


def with_a_price_cap(fields: Fields, rng: random.Random) -> Fields:
    """Let one line pay at most 300 cents a seat, or what it already pays at most."""
    index = rng.randrange(len(fields["demands"]))
    cap = min(300, fields["demands"][index].get("max_seat_price_cents", 300))
    return _replaced(fields, "demands", index, max_seat_price_cents=cap)


def with_a_narrower_window(fields: Fields, rng: random.Random) -> Fields:
    """Close the window of one line a few days earlier, never before it opens."""
    index = rng.randrange(len(fields["demands"]))
    line = fields["demands"][index]
    latest = max(line["earliest_start"], line["latest_start"] - dt.timedelta(days=rng.randint(1, 9)))
    return _replaced(fields, "demands", index, latest_start=latest)


def with_few_away(fields: Fields, rng: random.Random) -> Fields:
    """Let one company send one trainee a day."""
    return _changed(fields, "companies", rng, max_away_per_day=1)


def with_a_closed_company(fields: Fields, rng: random.Random) -> Fields:
    """Close one company for the first three days."""
    index = rng.randrange(len(fields["companies"]))
    first = fields["calendar"]["start"]
    period = {"first": first, "last": first + dt.timedelta(days=2), "name": "inventory"}
    closed = [*fields["companies"][index].get("closed", []), period]
    return _replaced(fields, "companies", index, closed=closed)


def with_an_absent_room(fields: Fields, rng: random.Random) -> Fields:
    """Take one room of a pool away for the first week."""
    index = rng.randrange(len(fields["rooms"]))
    first = fields["calendar"]["start"]
    absence = {"first": first, "last": first + dt.timedelta(days=6), "count": 1}
    return _replaced(fields, "rooms", index, absences=[*fields["rooms"][index]["absences"], absence])


def with_a_larger_minimum(fields: Fields, rng: random.Random) -> Fields:
    """Ask for one trainee more in each class of one course, up to its maximum and every room."""
    index = rng.randrange(len(fields["courses"]))
    course = fields["courses"][index]
    seats = min(room["seats"] for room in fields["rooms"])
    least = max(course["min_seats"], min(course["min_seats"] + 1, course["max_seats"], seats))
    return _replaced(fields, "courses", index, min_seats=least)


def with_a_busier_site(fields: Fields, rng: random.Random) -> Fields:
    """Open one site only for four trainees or more, or for as many as it opens for already."""
    index = rng.randrange(len(fields["sites"]))
    least = max(4, fields["sites"][index].get("min_seats_per_year", 4))
    return _replaced(fields, "sites", index, min_seats_per_year=least)


def with_instructors_who_stay(fields: Fields, rng: random.Random) -> Fields:
    """Let nobody of one pool go to another site within a day."""
    return _changed(fields, "instructors", rng, max_minutes_between_sites=0)


FORBIDDING: tuple[Callable[[Fields, random.Random], Fields], ...] = (
    with_a_closed_run,
    with_a_shorter_journey,
    with_a_line_together,
    with_a_price_cap,
    with_a_narrower_window,
    with_few_away,
    with_a_closed_company,
    with_an_absent_room,
    with_a_larger_minimum,
    with_a_busier_site,
    with_instructors_who_stay,
)


def _changed(fields: Fields, collection: str, rng: random.Random, **changes: Any) -> Fields:
    rows = fields[collection]
    index = rng.randrange(len(rows))
    if "max_travel_km" in changes:
        changes["max_travel_km"] = min(changes["max_travel_km"], rows[index]["max_travel_km"])
    return _replaced(fields, collection, index, **changes)


def _replaced(fields: Fields, collection: str, index: int, **changes: Any) -> Fields:
    rows = fields[collection]
    return {**fields, collection: [{**row, **changes} if i == index else row for i, row in enumerate(rows)]}
