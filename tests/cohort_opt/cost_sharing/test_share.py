import pytest

from cohort_opt.cost_sharing import line_shares, share_classes
from cohort_opt.solution import Member, PlannedClass, Solution
from tests.builders import MONDAY, RUN, company, day, demand, make_instance


def one_class(*members, number=1):
    dates = tuple(day(days=i) for i in range(5))
    placed = tuple(sorted(Member(line, count) for line, count in members))
    return PlannedClass(RUN, number, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, placed)


def plan(*members, unplaced=()):
    return Solution((one_class(*members),), tuple(Member(*u) for u in unplaced))


def three_companies(*lines):
    return make_instance(
        companies=[company(c) for c in ("acme", "bolt", "cito")],
        demands=[demand(*d[:1], count=d[1]) for d in lines],
        distances=[],
    )


def test_the_shares_of_a_class_add_up_to_its_cost():
    # 9 seats cost 950,000 + 9 x 18,500 = 1,116,500. acme 5/9 = 620,277.78 and bolt 4/9 = 496,222.22: the cent left over
    # goes to the larger fraction, .78 of acme.
    shares = share_classes(make_instance(), plan(("acme-drilling", 5), ("bolt-drilling", 4)))
    assert [(s.company, s.seats, s.share_cents) for s in shares] == [("acme", 5, 620_278), ("bolt", 4, 496_222)]


def test_equal_fractions_give_the_cent_to_the_smaller_company_id():
    # 9 seats for 1,116,500 cents, three each: 372,166 2/3. Two cents are left for three equal fractions: acme and bolt.
    instance = three_companies(("acme-drilling", 3), ("bolt-drilling", 3), ("cito-drilling", 3))
    shares = share_classes(instance, plan(("cito-drilling", 3), ("bolt-drilling", 3), ("acme-drilling", 3)))
    assert [s.share_cents for s in shares] == [372_167, 372_167, 372_166]


def test_two_lines_of_a_company_in_one_class_make_one_share():
    # acme has 4 + 2 seats and bolt 3 of 9: 1,116,500 x 6/9 = 744,333.33 and x 3/9 = 372,166.67.
    instance = make_instance(demands=[demand("acme-a", count=4), demand("acme-b", count=2), demand("bolt-a", count=3)])
    shares = share_classes(instance, plan(("acme-a", 4), ("acme-b", 2), ("bolt-a", 3)))
    assert [(s.company, s.seats, s.share_cents) for s in shares] == [("acme", 6, 744_333), ("bolt", 3, 372_167)]


def test_the_share_of_a_company_splits_over_its_lines_by_seats():
    # 744,333 x 4/6 = 496,222 and x 2/6 = 248,111.
    instance = make_instance(demands=[demand("acme-a", count=4), demand("acme-b", count=2), demand("bolt-a", count=3)])
    solution = plan(("acme-a", 4), ("acme-b", 2), ("bolt-a", 3))
    lines = line_shares(instance, solution, share_classes(instance, solution))
    assert [(line.demand, line.share_cents) for line in lines] == [("acme-a", 496_222), ("acme-b", 248_111), ("bolt-a", 372_167)]


def test_parallel_classes_are_shared_one_by_one():
    instance = make_instance(demands=[demand("acme-drilling", count=16), demand("bolt-drilling", count=4)])
    solution = Solution((one_class(("acme-drilling", 8)), one_class(("acme-drilling", 8), ("bolt-drilling", 4), number=2)), ())
    shares = share_classes(instance, solution)
    # Class 1: 950,000 + 8 x 18,500 = 1,098,000, all acme's. Class 2: 1,172,000, a third of it bolt's.
    assert [(s.class_id[-1], s.company, s.share_cents) for s in shares] == [
        ("1", "acme", 1_098_000), ("2", "acme", 781_333), ("2", "bolt", 390_667),
    ]  # fmt: skip


def test_nothing_planned_is_nothing_to_pay():
    assert share_classes(make_instance(), Solution((), (Member("acme-drilling", 5),))) == ()


def test_an_unknown_method_is_refused_with_the_names_that_exist():
    with pytest.raises(ValueError, match=r"no sharing method 'fair'; choose one of .*equal"):
        share_classes(make_instance(), plan(("acme-drilling", 5), ("bolt-drilling", 4)), "fair")
