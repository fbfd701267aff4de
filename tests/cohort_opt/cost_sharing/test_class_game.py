import random
from fractions import Fraction

import pytest

from cohort_opt.cost_sharing.class_game import ClassFacts, FactsReader, game_of
from cohort_opt.cost_sharing.methods import METHODS
from cohort_opt.problem.records import OutsideOptions
from cohort_opt.solution import Member, PlannedClass
from tests.builders import MONDAY, RUN, day, demand, make_instance


def planned(*members):
    dates = tuple(day(days=i) for i in range(5))
    placed = tuple(Member(*m) for m in members)
    return PlannedClass(RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, placed)


def random_facts(seed):
    """Return a class of up to seven companies; every second one has few distinct figures, so that ties abound."""
    draw = random.Random(seed)
    n = draw.randint(1, 7)
    seats = tuple(draw.randint(1, 4) for _ in range(n))
    names = tuple(f"c{i}" for i in range(n))
    if seed % 2:
        outside = tuple(s * draw.choice([0, 50, 100]) for s in seats)
        caps = tuple(draw.choice([0, 0, 6]) for _ in seats)
        return ClassFacts(draw.choice([0, 100, 400]), draw.choice([0, 10]), draw.randint(1, 8), names, seats, outside, caps)
    outside = tuple(s * draw.randint(50_000, 300_000) for s in seats)
    caps = tuple(draw.choice([0, 0, draw.randint(1, 12)]) for _ in seats)
    return ClassFacts(950_000, 18_500, 8, names, seats, outside, caps)


def brute_value(facts, coalition):
    """Return v by looking at every part T of the coalition that could hold the class."""
    members = [i for i in range(len(facts.seats)) if coalition >> i & 1]
    best = sum(facts.outside_cents[i] for i in members)
    for chosen in range(1, 1 << len(members)):
        inside = [m for k, m in enumerate(members) if chosen >> k & 1]
        size = sum(facts.seats[i] for i in inside)
        if size >= facts.min_seats and all(size >= facts.least_size[i] for i in inside):
            outside = sum(facts.outside_cents[i] for i in members if i not in inside)
            best = min(best, facts.fixed_cents + facts.seat_cents * size + outside)
    return best


@pytest.mark.campaign
def test_the_closed_form_and_the_table_agree_with_every_part_of_every_coalition(campaign):
    for seed in range(60 * campaign):
        facts = random_facts(seed)
        table = facts.table()
        for coalition in range(1 << len(facts.seats)):
            assert facts.value(coalition) == table[coalition] == brute_value(facts, coalition), (seed, coalition)


@pytest.mark.campaign
def test_the_class_game_is_subadditive(campaign):
    for seed in range(60 * campaign):
        table = random_facts(seed).table()
        for one in range(len(table)):
            for other in range(len(table)):
                assert one & other or table[one | other] <= table[one] + table[other], (seed, one, other)


@pytest.mark.campaign
def test_the_strongest_objection_is_the_strongest_of_all_groups(campaign):
    for seed in range(100 * campaign):
        facts = random_facts(seed)
        n = len(facts.seats)
        draw = random.Random(seed)
        shares = [Fraction(draw.randint(0, 600_000), draw.randint(1, 7)) for _ in range(n)]
        if n == 1:
            continue
        gains = {s: sum(shares[i] for i in range(n) if s >> i & 1) - facts.value(s) for s in range(1, (1 << n) - 1)}
        coalition, gain = facts.strongest_objection(shares)
        assert gain == max(gains.values()) == gains[coalition], seed


@pytest.mark.campaign
def test_every_method_shares_the_cost_exactly_and_stable_ones_keep_what_they_say(glop, campaign):
    for seed in range(40 * campaign):
        facts = random_facts(seed)
        n = len(facts.seats)
        game = game_of(facts, 5)
        for method, split in METHODS.items():
            found = split(game, glop)
            assert sum(found.shares) == facts.cost_cents, (seed, method)
            if n > 1 and method in ("core", "least_core", "nucleolus", "equal_profit"):
                gains = [
                    sum(found.shares[i] for i in range(n) if s >> i & 1) - brute_value(facts, s) for s in range(1, (1 << n) - 1)
                ]
                least = Fraction(found.facts["excess_cents"])
                allowed = max(0, least) if method in ("core", "equal_profit") else least
                assert max(gains) <= allowed, (seed, method)


@pytest.mark.campaign
def test_the_engine_and_exact_programs_find_the_same_splits(glop, exact, campaign):
    for seed in range(12 * campaign):
        facts = random_facts(seed)
        if len(facts.seats) > 4:
            continue
        game = game_of(facts, 5)
        for method in ("core", "least_core", "nucleolus", "equal_profit"):
            assert METHODS[method](game, glop).shares == METHODS[method](game, exact).shares, (seed, method)


@pytest.mark.campaign
def test_companies_of_one_kind_pay_the_same_and_order_does_not_matter(glop, campaign):
    for seed in range(30 * campaign):
        facts = random_facts(seed)
        order = list(range(len(facts.seats)))
        random.Random(seed).shuffle(order)
        mixed = ClassFacts(
            facts.fixed_cents, facts.seat_cents, facts.min_seats, facts.companies, tuple(facts.seats[i] for i in order),
            tuple(facts.outside_cents[i] for i in order), tuple(facts.least_size[i] for i in order),
        )  # fmt: skip
        for method, split in METHODS.items():
            plain, again = split(game_of(facts, 5), glop).shares, split(game_of(mixed, 5), glop).shares
            assert tuple(plain[i] for i in order) == again, (seed, method)
            for i, kind in enumerate(game_of(facts, 5).kinds):
                for j in range(i):
                    assert game_of(facts, 5).kinds[j] != kind or plain[i] == plain[j], (seed, method)


def test_the_outside_option_of_a_company_is_the_cheapest_less_its_journeys():
    # acme: own course 400,000 + 5 x 50,000 = 650,000, list 5 x 140,000 = 700,000, waiting 5 x 1,000,000; with the outside journey
    # 5 x 1,000: 655,000; less 10 km x 2 x 5 days x 20 x 5 = 10,000 to the class: 645,000.
    options = OutsideOptions(
        own_course_fixed_cents=400_000, own_course_seat_cents=50_000, list_price_cents=140_000, travel_cents=1_000
    )
    instance = make_instance(demands=[demand("acme-drilling", count=5, outside=options), demand("bolt-drilling", count=4)])
    facts = FactsReader(instance).read(planned(("acme-drilling", 5), ("bolt-drilling", 4)))
    # bolt waits at 4 x 1,000,000 less 4 x 20 km x 2 x 5 x 20 = 16,000.
    assert facts.outside_cents == (645_000, 3_984_000)


def test_a_price_cap_asks_a_coalition_for_the_size_at_which_it_holds():
    # 950,000 / (100,000 - 18,500) = 11.66: 12 seats.
    instance = make_instance(
        demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4, max_seat_price_cents=100_000)]
    )
    facts = FactsReader(instance).read(planned(("acme-drilling", 8), ("bolt-drilling", 4)))
    assert facts.least_size == (0, 12)


def test_nobody_is_paid_to_come():
    # A list seat at 1,000 each against journeys of 2,000 each: the outside option counts as 0, not as less.
    instance = make_instance(
        demands=[
            demand("acme-drilling", count=5, outside=OutsideOptions(list_price_cents=1_000)),
            demand("bolt-drilling", count=4),
        ]
    )
    assert FactsReader(instance).read(planned(("acme-drilling", 5), ("bolt-drilling", 4))).outside_cents[0] == 0
