"""Kinds of falsification of a proposal: each takes a true proposal and returns one with a lie, or `None` if it cannot.

The claim named is broken for certain, except where the lie is about the plan itself, where it is a rule.
"""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import ConflictEntry, CostShare, GoalEntry, ObjectiveTerms, PoolingEntry, Proposal, RuleVerdict
from cohort_opt.solution import SolveStatus

Falsify = Callable[[random.Random, Instance, Proposal], Proposal | None]

TERMS = tuple(ObjectiveTerms.model_fields)
FIGURES = tuple(name for name in PoolingEntry.model_fields if name != "company")


def _with(proposal: Proposal, **changes: Any) -> Proposal:
    return proposal.model_copy(update=changes)


def _row(rng: random.Random, proposal: Proposal, table: str, change: Callable[[Any], dict[str, Any]]) -> Proposal | None:
    rows = list(getattr(proposal, table))
    if not rows:
        return None
    place = rng.randrange(len(rows))
    rows[place] = rows[place].model_copy(update=change(rows[place]))
    return _with(proposal, **{table: tuple(rows)})


def _dropped(rng: random.Random, proposal: Proposal, table: str) -> Proposal | None:
    rows = list(getattr(proposal, table))
    if not rows:
        return None
    del rows[rng.randrange(len(rows))]
    return _with(proposal, **{table: tuple(rows)})


def _off(rng: random.Random) -> int:
    return rng.choice((-1, 1))


# --- identity and status ----------------------------------------------------------------------------------------------------


def fingerprint_of_another(rng, instance, proposal):
    """Answer another instance."""
    digits = list(proposal.instance_fingerprint)
    place = rng.randrange(64)
    digits[place] = "0" if digits[place] != "0" else "1"
    return _with(proposal, instance_fingerprint="".join(digits))


def fingerprint_cut_short(rng, instance, proposal):
    """Name only the beginning of the fingerprint."""
    return _with(proposal, instance_fingerprint=proposal.instance_fingerprint[:12])


def name_of_another(rng, instance, proposal):
    """Name another instance."""
    return _with(proposal, instance_name=f"{proposal.instance_name}!")


def status_without_a_plan(rng, instance, proposal):
    """Say that there is no plan, and give one."""
    return _with(proposal, status=rng.choice((SolveStatus.INFEASIBLE, SolveStatus.NO_SOLUTION_IN_TIME)))


def status_empty(rng, instance, proposal):
    """Say that nobody asked."""
    return _with(proposal, status=SolveStatus.EMPTY) if instance.demands else None


def part_of_the_plan_missing(rng, instance, proposal):
    """Leave out a table that belongs to a plan."""
    name = rng.choice(("classes", "unplaced", "cost_shares", "pooling", "objective_terms", "objective_cents"))
    return _with(proposal, **{name: None})


def called_unverified(rng, instance, proposal):
    """Say that the judge did not pass the plan."""
    return _with(proposal, verified=False)


def conflict_beside_a_plan(rng, instance, proposal):
    """Name rules that cannot hold together, beside a plan that keeps them."""
    return _with(proposal, conflict=ConflictEntry(members=("pins[x]",), checked=True))


def promised_again_in_a_hurry(rng, instance, proposal):
    """Promise the same bytes of a solve against the wall clock."""
    return _with(proposal, reproducible=True, limits=proposal.limits.model_copy(update={"mode": "fast"}))


def seed_of_nothing(rng, instance, proposal):
    """Name a seed that no solve accepts."""
    return _with(proposal, seed=rng.choice((-1, 2**31)))


def version_forgotten(rng, instance, proposal):
    """Keep silent about a version."""
    gone = rng.choice(("cohort-opt", "ortools", "python"))
    return _with(proposal, versions={name: version for name, version in proposal.versions.items() if name != gone})


# --- objective and bound ----------------------------------------------------------------------------------------------------


def objective_off_by_a_cent(rng, instance, proposal):
    """Say another objective."""
    return _with(proposal, objective_cents=proposal.objective_cents + _off(rng))


def objective_halved(rng, instance, proposal):
    """Say half the objective."""
    return _with(proposal, objective_cents=proposal.objective_cents // 2) if proposal.objective_cents else None


def term_off_by_a_cent(rng, instance, proposal):
    """Say another figure for one term."""
    name = rng.choice(TERMS)
    terms = proposal.objective_terms
    return _with(proposal, objective_terms=terms.model_copy(update={name: getattr(terms, name) + _off(rng)}))


def terms_shifted(rng, instance, proposal):
    """Move a cent from one term to another; the sum stays right."""
    down, up = rng.sample(TERMS, k=2)
    terms = proposal.objective_terms
    moved = {down: getattr(terms, down) - 1, up: getattr(terms, up) + 1}
    return _with(proposal, objective_terms=terms.model_copy(update=moved))


def bound_above_the_objective(rng, instance, proposal):
    """Claim to have proven that no plan is as cheap as this one."""
    return _with(proposal, bound_cents=proposal.objective_cents + rng.choice((1, 10**6)), bound_source="cp-sat", gap=0.0)


def gap_too_small(rng, instance, proposal):
    """Say a smaller gap than there is."""
    if proposal.bound_cents is None or not proposal.objective_cents:
        return None
    bound = proposal.objective_cents // 2
    return _with(proposal, status=SolveStatus.FEASIBLE, bound_cents=bound, gap=rng.choice((0.0, 0.4, 0.1)))


def gap_missing(rng, instance, proposal):
    """Keep silent about the gap."""
    return _with(proposal, gap=None) if proposal.gap is not None else None


def gap_without_a_bound(rng, instance, proposal):
    """Say a gap to a bound that is not there."""
    return _with(proposal, status=SolveStatus.FEASIBLE, bound_cents=None, bound_source="none", gap=0.0)


def bound_of_nobody(rng, instance, proposal):
    """Say a bound and not whose it is."""
    return _with(proposal, bound_source="none") if proposal.bound_cents is not None and instance.demands else None


def optimum_without_a_proof(rng, instance, proposal):
    """Call a plan optimal whose bound is a cent below it."""
    bound = proposal.objective_cents - 1
    gap = round(1 / proposal.objective_cents, 6) if proposal.objective_cents else 0.0
    return _with(proposal, status=SolveStatus.OPTIMAL, bound_cents=bound, bound_source="cp-sat", gap=gap)


def bound_above_closing_everything(rng, instance, proposal):
    """Claim that even the plan that opens nothing is impossible, or that its cost is."""
    if instance.pins or instance.commitments:
        return None
    price = {d.id: instance.prices.unplaced_cents if d.unplaced_cents is None else d.unplaced_cents for d in instance.demands}
    nothing = sum(demand.count * price[demand.id] for demand in instance.demands)
    plan = dict.fromkeys(("objective_cents", "gap", "objective_terms", "classes", "unplaced", "cost_shares", "pooling"))
    return _with(
        proposal, **plan, status=SolveStatus.NO_SOLUTION_IN_TIME, bound_cents=nothing + 1, bound_source="lp", verified=False,
        verification=(),
    )  # fmt: skip


def infeasible_without_a_pin(rng, instance, proposal):
    """Claim that no plan exists where nothing is asked that the plan that opens nothing could break."""
    if instance.pins or instance.commitments:
        return None
    plan = dict.fromkeys(
        ("objective_cents", "bound_cents", "gap", "objective_terms", "classes", "unplaced", "cost_shares", "pooling")
    )
    return _with(proposal, **plan, status=SolveStatus.INFEASIBLE, bound_source="none", verified=False, verification=())


# --- rows of classes and of those who wait ----------------------------------------------------------------------------------


def size_off_by_one(rng, instance, proposal):
    """Say another size of a class."""
    return _row(rng, proposal, "classes", lambda row: {"size": row.size + _off(rng)})


def cost_off_by_a_cent(rng, instance, proposal):
    """Say another cost of a class."""
    return _row(rng, proposal, "classes", lambda row: {"cost_cents": row.cost_cents + _off(rng)})


def seat_price_off_by_a_cent(rng, instance, proposal):
    """Say another price of a seat."""
    return _row(rng, proposal, "classes", lambda row: {"seat_price_cents": row.seat_price_cents + _off(rng)})


def end_of_a_class_moved(rng, instance, proposal):
    """Say another last day."""
    return _row(rng, proposal, "classes", lambda row: {"end": row.end + dt.timedelta(days=_off(rng))})


def least_seats_off_by_one(rng, instance, proposal):
    """Say another minimum."""
    return _row(rng, proposal, "classes", lambda row: {"min_seats": row.min_seats + _off(rng)})


def most_seats_off_by_one(rng, instance, proposal):
    """Say another maximum."""
    return _row(rng, proposal, "classes", lambda row: {"max_seats": row.max_seats + _off(rng)})


def class_called_otherwise(rng, instance, proposal):
    """Give a class an id that is not its own."""
    return _row(rng, proposal, "classes", lambda row: {"id": f"{row.id}0"})


def member_of_another_company(rng, instance, proposal):
    """List a member under another company."""
    others = sorted(company.id for company in instance.companies)
    if len(others) < 2:
        return None

    def swap(row):
        members = list(row.members)
        place = rng.randrange(len(members))
        own = members[place].company
        members[place] = members[place].model_copy(update={"company": rng.choice([c for c in others if c != own])})
        return {"members": tuple(members)}

    return _row(rng, proposal, "classes", swap)


def class_dropped(rng, instance, proposal):
    """Leave out a class and keep every figure."""
    return _dropped(rng, proposal, "classes")


def member_moved_between_classes(rng, instance, proposal):
    """Seat a trainee in another class of the same run, and keep every figure."""
    rows = list(proposal.classes)
    pairs = [(i, j) for i, a in enumerate(rows) for j, b in enumerate(rows) if a.run == b.run and i != j]
    if not pairs:
        return None
    source, target = rng.choice(pairs)
    seats = {m.demand: m for m in rows[target].members}
    guest = rng.choice(rows[source].members)
    left = [m if m.demand != guest.demand else m.model_copy(update={"count": m.count - 1}) for m in rows[source].members]
    there = seats[guest.demand].count + 1 if guest.demand in seats else 1
    seats[guest.demand] = guest.model_copy(update={"count": there})
    rows[source] = rows[source].model_copy(update={"members": tuple(m for m in left if m.count)})
    rows[target] = rows[target].model_copy(update={"members": tuple(seats[line] for line in sorted(seats))})
    return _with(proposal, classes=tuple(rows))


def asked_off_by_one(rng, instance, proposal):
    """Say that a line that waits asked for another number."""
    return _row(rng, proposal, "unplaced", lambda row: {"asked": row.asked + _off(rng)})


def waits_for_another_course(rng, instance, proposal):
    """Say that a line waits for another course."""
    return _row(rng, proposal, "unplaced", lambda row: {"course": f"{row.course}x"})


def waits_for_another_company(rng, instance, proposal):
    """Say that another company waits."""
    return _row(rng, proposal, "unplaced", lambda row: {"company": f"{row.company}x"})


def fewer_wait(rng, instance, proposal):
    """Leave out a line that waits and keep every figure."""
    return _dropped(rng, proposal, "unplaced")


# --- shares -----------------------------------------------------------------------------------------------------------------


def share_off_by_a_cent(rng, instance, proposal):
    """Let a company pay a cent more or less."""
    return _row(rng, proposal, "cost_shares", lambda row: {"share_cents": row.share_cents + _off(rng)})


def cent_moved_between_shares(rng, instance, proposal):
    """Move a cent from one company to another of the same class; the sum stays right."""
    rows = list(proposal.cost_shares)
    pairs = [(i, j) for i, a in enumerate(rows) for j, b in enumerate(rows) if a.class_id == b.class_id and i != j]
    if not pairs:
        return None
    for place, cents in zip(rng.choice(pairs), (-1, 1), strict=True):
        rows[place] = rows[place].model_copy(update={"share_cents": rows[place].share_cents + cents})
    return _with(proposal, cost_shares=tuple(rows))


def share_dropped(rng, instance, proposal):
    """Let a company pay nothing for its seats."""
    return _dropped(rng, proposal, "cost_shares")


def share_doubled(rng, instance, proposal):
    """Let a company pay twice."""
    rows = proposal.cost_shares
    if not rows:
        return None
    place = rng.randrange(len(rows))
    return _with(proposal, cost_shares=(*rows[: place + 1], *rows[place:]))


def share_of_a_stranger(rng, instance, proposal):
    """Let a company pay that has no seat."""
    if not proposal.classes:
        return None
    row = CostShare(class_id=proposal.classes[-1].id, company="~nobody", seats=0, share_cents=0, method="equal")
    return _with(proposal, cost_shares=(*proposal.cost_shares, row))


def share_for_other_seats(rng, instance, proposal):
    """Say another number of seats beside a share."""
    return _row(rng, proposal, "cost_shares", lambda row: {"seats": row.seats + _off(rng)})


def shares_unsorted(rng, instance, proposal):
    """List the shares in another order."""
    return _with(proposal, cost_shares=tuple(reversed(proposal.cost_shares))) if len(proposal.cost_shares) > 1 else None


def two_methods_in_a_class(rng, instance, proposal):
    """Divide a class by two methods at once."""
    several = {row.class_id for row in proposal.cost_shares if sum(r.class_id == row.class_id for r in proposal.cost_shares) > 1}
    if not several:
        return None
    rows = list(proposal.cost_shares)
    place = rng.choice([i for i, row in enumerate(rows) if row.class_id in several])
    rows[place] = rows[place].model_copy(update={"method": "own idea"})
    return _with(proposal, cost_shares=tuple(rows))


def a_goal_that_nobody_asked_for(rng, instance, proposal):
    """Say that all are placed although the instance asks for no such goal."""
    return _with(proposal, goals=(*proposal.goals, GoalEntry(name="placed", value=0, bound=0)))


def one_pays_for_all(rng, instance, proposal):
    """Let one company with a cap pay for the whole class, by a method of its own."""
    caps = {d.id: d.max_seat_price_cents for d in instance.demands}
    for entry in proposal.classes:
        for member in entry.members:
            cap = caps[member.demand]
            own = sum(m.count for m in entry.members if m.company == member.company)
            if cap is not None and own == member.count and entry.cost_cents > cap * member.count:
                rows = [
                    row if row.class_id != entry.id
                    else row.model_copy(update={
                        "method": "one pays", "share_cents": entry.cost_cents if row.company == member.company else 0,
                    })
                    for row in proposal.cost_shares
                ]  # fmt: skip
                return _with(proposal, cost_shares=tuple(rows))
    return None


# --- pooling ----------------------------------------------------------------------------------------------------------------


def pooling_figure_off_by_one(rng, instance, proposal):
    """Say another figure of the pooling gain."""
    name = rng.choice(FIGURES)
    return _row(rng, proposal, "pooling", lambda row: {name: getattr(row, name) + _off(rng)})


def gain_made_prettier(rng, instance, proposal):
    """Raise what a company would pay alone, and its gain with it."""
    cents = rng.choice((1, 1_000, 10**6))
    return _row(
        rng, proposal, "pooling", lambda row: {"alone_cents": row.alone_cents + cents, "gain_cents": row.gain_cents + cents}
    )


def pooling_row_dropped(rng, instance, proposal):
    """Leave out a company."""
    return _dropped(rng, proposal, "pooling")


def pooling_unsorted(rng, instance, proposal):
    """List the companies in another order."""
    return _with(proposal, pooling=tuple(reversed(proposal.pooling))) if len(proposal.pooling) > 1 else None


# --- stored verdicts --------------------------------------------------------------------------------------------------------


def refuted_by_its_own_verdict(rng, instance, proposal):
    """Store a violation in a verified proposal."""
    row = RuleVerdict(rule="~refuted", checked=1, violations=("Class[x]: 7 trainees, below the minimum 8",))
    return _with(proposal, verification=(*proposal.verification, row))


def verdict_doubled(rng, instance, proposal):
    """Store a verdict twice."""
    row = RuleVerdict(rule="class_size", checked=1, violations=())
    return _with(proposal, verification=(*proposal.verification, row, row))


KINDS: dict[Falsify, str] = {
    fingerprint_of_another: "identity",
    fingerprint_cut_short: "identity",
    name_of_another: "identity",
    promised_again_in_a_hurry: "provenance",
    seed_of_nothing: "provenance",
    version_forgotten: "provenance",
    status_without_a_plan: "status",
    status_empty: "status",
    part_of_the_plan_missing: "status",
    called_unverified: "status",
    conflict_beside_a_plan: "status",
    objective_off_by_a_cent: "objective",
    objective_halved: "objective",
    term_off_by_a_cent: "objective",
    terms_shifted: "objective",
    bound_above_the_objective: "bound",
    gap_too_small: "bound",
    gap_missing: "bound",
    gap_without_a_bound: "bound",
    bound_of_nobody: "bound",
    optimum_without_a_proof: "bound",
    bound_above_closing_everything: "optimality",
    infeasible_without_a_pin: "optimality",
    size_off_by_one: "class_rows",
    cost_off_by_a_cent: "class_rows",
    seat_price_off_by_a_cent: "class_rows",
    end_of_a_class_moved: "class_rows",
    least_seats_off_by_one: "class_rows",
    most_seats_off_by_one: "class_rows",
    class_called_otherwise: "class_rows",
    member_of_another_company: "class_rows",
    class_dropped: "",
    member_moved_between_classes: "class_rows",
    asked_off_by_one: "unplaced_rows",
    waits_for_another_course: "unplaced_rows",
    waits_for_another_company: "unplaced_rows",
    fewer_wait: "one_seat_per_trainee",
    share_off_by_a_cent: "cost_shares",
    cent_moved_between_shares: "cost_shares",
    share_dropped: "cost_shares",
    share_doubled: "cost_shares",
    share_of_a_stranger: "cost_shares",
    share_for_other_seats: "cost_shares",
    shares_unsorted: "cost_shares",
    two_methods_in_a_class: "cost_shares",
    one_pays_for_all: "cost_shares",
    a_goal_that_nobody_asked_for: "goals",
    pooling_figure_off_by_one: "pooling",
    gain_made_prettier: "pooling",
    pooling_row_dropped: "pooling",
    pooling_unsorted: "pooling",
    refuted_by_its_own_verdict: "stored_verdicts",
    verdict_doubled: "stored_verdicts",
}
"""Every kind, and the claim that it breaks for certain; empty = it depends on what was left out."""
