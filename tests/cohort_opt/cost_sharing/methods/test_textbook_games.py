"""Games whose solutions stand in the literature, each worked out in a comment; linear programs by the engine and in fractions."""

from fractions import Fraction

import pytest

from cohort_opt.cost_sharing.game import Tools
from cohort_opt.cost_sharing.methods import METHODS, NEED_LINEAR_PROGRAM
from cohort_opt.cost_sharing.stable import least_excess


@pytest.fixture(params=["exact", "glop"])
def tools(request):
    return request.getfixturevalue(request.param)


def shares(method, played, tools):
    return METHODS[method](played, tools).shares


@pytest.fixture
def airport(game):
    """Runways of length 10, 20 and 30: a group builds the longest that one of it needs (Littlechild, Owen 1973)."""
    need = {"a": 10, "b": 20, "c": 30}
    return game("abc", lambda group: max((need[p] for p in group), default=0))


def test_the_shapley_value_shares_each_piece_of_runway_among_its_users(airport, tools):
    # Littlechild, Owen (1973), doi:10.1287/mnsc.20.3.370: first 10 by all three, next 10 by b and c, last 10 by c:
    # 10/3; 10/3 + 5; 10/3 + 5 + 10.
    assert shares("shapley", airport, tools) == (Fraction(10, 3), Fraction(25, 3), Fraction(55, 3))


def test_the_nucleolus_of_the_airport_follows_littlechild(airport, tools):
    # Littlechild (1974), doi:10.1007/BF01766216: min(10/2, 20/3, 30/3) = 5 is paid by a. With these 5 paid, 15 and 25
    # remain for b and c: min(15/2, 25/2) = 7.5 for b; c pays the rest, 30 - 12.5 = 17.5.
    assert shares("nucleolus", airport, tools) == (5, Fraction(15, 2), Fraction(35, 2))


def test_separable_costs_of_the_airport(airport, tools):
    # Last to come: a and b add 0, c adds 30 - 20 = 10. Remaining benefits 10, 20, 30 - 10 = 20; rest 20 by 10 : 20 : 20.
    assert shares("separable_cost_remaining_benefit", airport, tools) == (4, 8, 18)


def test_equal_profit_of_the_airport_saves_everybody_the_same_percentage(airport, tools):
    # 5, 10, 15 halves every stand-alone cost and is in the core: a + b = 15 <= 20. No difference is left.
    assert shares("equal_profit", airport, tools) == (5, 10, 15)


def test_the_core_split_of_the_airport_is_the_equal_price(airport, tools):
    # 10 each: a = 10 <= 10, a + b = 20 <= 20, b + c = 20 <= 30: stable, so the nearest to the equal price is the equal price.
    assert shares("core", airport, tools) == (10, 10, 10)


def test_the_least_core_of_the_airport_leaves_everybody_the_same_gain(airport, tools):
    # e = -5 (a's excess with b + c = 30 - x[a] <= 30 - 5): a pays 5; a + b <= 15; then prices as even as can be: 5, 10, 15.
    assert least_excess(airport, tools.linear_program) == -5
    assert shares("least_core", airport, tools) == (5, 10, 15)


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (100, (Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))),
        (200, (50, 75, 75)),
        (300, (50, 100, 150)),
    ],
)
def test_the_estate_division_of_the_talmud_is_the_nucleolus(game, tools, estate, expected):
    # Aumann, Maschler (1985), doi:10.1016/0022-0531(85)90102-4: claims 100, 200, 300. Awards game w(S) = max(0, E - claims
    # outside S); its dual, what a group can be given at most, is the cost game v(S) = min(E, claims in S): same nucleolus.
    claim = {"a": 100, "b": 200, "c": 300}
    played = game("abc", lambda group: min(estate, sum(claim[p] for p in group)))
    assert shares("nucleolus", played, tools) == expected


def test_the_glove_game_gives_everything_to_the_scarce_glove(game, tools):
    # Shapley, Shubik (1969), doi:10.1016/0022-0531(69)90008-8: a has a left glove, b and c right ones; a pair saves 6 of what
    # all pay alone (6 each). Costs: 6 |S| - 6 for a pair. Core: only a gains: a pays 0, b and c 6. Shapley: of 6 saved, a gets
    # 4 (it makes a pair unless it comes first), b and c 1 each.
    played = game("abc", lambda group: 6 * len(group) - (6 if "a" in group and len(group) > 1 else 0))
    assert least_excess(played, tools.linear_program) == 0
    assert shares("core", played, tools) == (0, 6, 6)
    assert shares("nucleolus", played, tools) == (0, 6, 6)
    assert shares("shapley", played, tools) == (2, 5, 5)


def test_the_voting_game_has_the_power_of_shapley_and_shubik(game, tools):
    # Shapley, Shubik (1954), doi:10.2307/1951053: [3; 2, 1, 1]. As savings of 6 for a majority: a is pivotal in 4 of 6 orders.
    # Everybody alone pays 6: 6 - 4 = 2, and 6 - 1 = 5 twice.
    weight = {"a": 2, "b": 1, "c": 1}
    played = game("abc", lambda group: 6 * len(group) - (6 if sum(weight[p] for p in group) >= 3 else 0))
    assert shares("shapley", played, tools) == (2, 5, 5)


def test_the_majority_of_three_has_an_empty_core(game, tools):
    # Any two of three save 6 together; all three save 6 as well. e = 2: pairs must keep 6 of 6 saved, 4 is all that is left for
    # each pair in an even split. Shares 6 - 2 = 4 each.
    played = game("abc", lambda group: 6 * len(group) - (6 if len(group) >= 2 else 0))
    assert least_excess(played, tools.linear_program) == 2
    for method in ("core", "least_core", "nucleolus", "equal_profit", "shapley"):
        assert shares(method, played, tools) == (4, 4, 4)


def test_bin_packing_with_an_empty_core(game, tools):
    # Faigle, Kern (1993), doi:10.1007/BF01414210 study such games: three items of half a bin each. Two fit in a bin, three
    # need a second. v = 1 for one or two items, 2 for three (in units of 60). x(pair) <= 60 for three pairs sums to
    # 2 x(N) <= 180, but x(N) = 120: e = (240 - 180) / 3 = 20.
    played = game("abc", lambda group: 60 * -(-len(group) // 2))
    assert least_excess(played, tools.linear_program) == 20
    assert shares("nucleolus", played, tools) == (40, 40, 40)


def test_the_facility_that_serves_a_chain(game, tools):
    # Facility location on a line (such games: Goemans, Skutella 2004, Journal of Algorithms 50(2)): b stands
    # between a and c. One facility costs 6; a connection next door costs 1 and from end to end 4. v: one 6; {a,b} 7, {b,c} 7,
    # {a,c} 10 (one facility and 4), all: facility at b: 8. Core: x(a)+x(b) <= 7 and x(b)+x(c) <= 7 and the rest 6 each:
    # the equal 8/3 is stable.
    cost = {"": 0, "a": 6, "b": 6, "c": 6, "ab": 7, "bc": 7, "ac": 10, "abc": 8}
    played = game("abc", lambda group: cost["".join(sorted(group))])
    assert shares("core", played, tools) == (Fraction(8, 3),) * 3
    # Shapley: marginal costs over the 6 orders. a: 6, 6, (ab - b) 1, (ac - c) 4, (abc - bc) 1, 1 -> 19/6; b: 6, 6, 1, 1,
    # (abc - ac) -2, -2 -> 10/6; c as a.
    assert shares("shapley", played, tools) == (Fraction(19, 6), Fraction(10, 6), Fraction(19, 6))


def test_a_game_of_one_pays_it_all(game, tools):
    played = game("a", lambda group: 7 * len(group))
    assert {shares(method, played, tools) for method in METHODS} == {(7,)}


def test_a_method_that_needs_a_linear_program_says_so(game):
    played = game("ab", lambda group: 5 * len(group))
    for method in NEED_LINEAR_PROGRAM:
        with pytest.raises(ValueError, match=f"{method} needs a linear program"):
            METHODS[method](played, Tools())


def test_proportional_and_equal_methods_read_what_they_say(game):
    # 90 over stand-alone costs 30, 60, 90: 15, 30, 45. Over seats 1, 2, 3: the same by chance of the figures 15, 30, 45.
    alone = {"a": 30, "b": 60, "c": 90}
    played = game("abc", lambda group: sum(alone[p] for p in group), total=90, seats=(3, 2, 1))
    assert shares("proportional_to_stand_alone", played, Tools()) == (15, 30, 45)
    assert shares("equal", played, Tools()) == (45, 30, 15)
    assert shares("per_hour", played, Tools()) == (45, 30, 15)


def test_the_sampled_shapley_value_comes_near_the_exact_one_and_states_its_error(game):
    # 13 companies, each needs a runway of its own length 1..13 (x 1,000): exact by Littlechild, Owen: piece k (1,000 long) is
    # shared by 13 - k + 1: share[i] = 1,000 (1/13 + ... + 1/(13 - i + 1)).
    names = [f"c{i:02d}" for i in range(1, 14)]
    played = game(names, lambda group: max((int(p[1:]) * 1_000 for p in group), default=0))
    split = METHODS["shapley"](played, Tools(seed=7, samples=4_000))
    exact_value = [sum(1_000 / (13 - k) for k in range(i + 1)) for i in range(13)]
    error = split.facts["standard_error_cents"]
    assert split.facts["samples"] == 4_000
    assert sum(split.shares) == 13_000
    assert 0 < error < 100
    assert all(abs(float(s) - e) <= 5 * error for s, e in zip(split.shares, exact_value, strict=True))
    assert METHODS["shapley"](played, Tools(seed=7, samples=4_000)).shares == split.shares
