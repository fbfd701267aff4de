from collections import defaultdict

import pytest

from cohort_opt.cost_sharing import company_statement, leaks, listed_prices, price_list
from cohort_opt.solution import Member, PlannedClass
from tests.builders import MONDAY, RUN, company, day, demand, make_instance


def class_of(counts, caps=None):
    """Return (instance, class) of companies acme, bolt, cito, ... with these counts."""
    names = ["acme", "bolt", "cito", "dune", "edge"][: len(counts)]
    caps = caps or {}
    instance = make_instance(
        companies=[company(c) for c in names],
        demands=[demand(f"{c}-drilling", count=n, max_seat_price_cents=caps.get(c)) for c, n in zip(names, counts, strict=True)],
        distances=[],
    )
    dates = tuple(day(days=i) for i in range(5))
    members = tuple(Member(f"{c}-drilling", n) for c, n in zip(names, counts, strict=True))
    return instance, PlannedClass(
        RUN, 1, "drilling-academy", "drilling", "academy", "bay", "crew", MONDAY, "block5", dates, members
    )


ONE_BAND = price_list(950_000, 18_500, 8, 12)


def test_one_band_asks_the_price_of_the_smallest_class():
    # 950,000 / 8 + 18,500 = 137,250.
    assert [(b.least, b.most, b.seat_price_cents) for b in ONE_BAND] == [(8, 12, 137_250)]


def test_bands_begin_at_their_edges():
    # 950,000 / 11 = 86,363.6 + 18,500 = 104,863.6, rounded up.
    assert [(b.least, b.most, b.seat_price_cents) for b in price_list(950_000, 18_500, 8, 12, edges=(11,))] == [
        (8, 10, 137_250), (11, 12, 104_864),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="every edge must lie above 8"):
        price_list(950_000, 18_500, 8, 12, edges=(8,))


def test_what_the_list_takes_above_the_cost_goes_to_the_rounding_account():
    # 9 seats at 137,250 = 1,235,250 against 1,116,500.
    instance, planned = class_of((5, 4))
    prices, account = listed_prices(instance, planned, ONE_BAND)
    assert [(p.company, p.price_cents) for p in prices] == [("acme", 686_250), ("bolt", 549_000)]
    assert (account.account, account.cents) == ("rounding", 118_750)


def test_a_company_pays_at_most_its_own_cap():
    # bolt: 4 x 130,000; the account takes 686,250 + 520,000 - 1,116,500 = 89,750.
    instance, planned = class_of((5, 4), caps={"bolt": 130_000})
    prices, account = listed_prices(instance, planned, ONE_BAND)
    assert (prices[1].seat_price_cents, account.cents) == (130_000, 89_750)


def test_a_class_outside_the_list_is_refused():
    instance, planned = class_of((5, 2))
    with pytest.raises(ValueError, match="holds 7"):
        listed_prices(instance, planned, ONE_BAND)


def attack(edges, colluding):
    """Return the possible counts of the last company for everything that acme (and bolt, if colluding) can see.

    Every class of 8 to 12 with one or two known companies and one other is made, its prices and statements are written, and
    classes that read alike to those who know are put together: what differs between them is what stays hidden.
    """
    bands = price_list(950_000, 18_500, 8, 12, edges)
    seen = defaultdict(set)
    for size in range(8, 13):
        for own in range(1, size):
            for second in range(1, size - own) if colluding else [0]:
                counts = (own, second, size - own - second) if colluding else (own, size - own)
                instance, planned = class_of(counts)
                listed, _ = listed_prices(instance, planned, bands)
                knowing = listed[: 2 if colluding else 1]
                view = tuple(company_statement(instance, planned, price).lines for price in knowing)
                seen[own + second, view].add(counts[-1])
    return seen


@pytest.mark.parametrize("colluding", [False, True])
def test_one_band_tells_an_attacker_nothing_that_its_own_seats_do_not(colluding):
    # Who knows k seats of a class of at most 12 knows that the other holds 12 - k at most; with k < 8 the other holds 8 - k to
    # 12 - k: five counts. With k >= 8: 1 to 12 - k. Nothing in prices and statements narrows that.
    for (known, _), counts in attack((), colluding).items():
        assert counts == set(range(max(1, 8 - known), 12 - known + 1))
        assert len(counts) >= 3 or known > 9


def test_a_second_band_gives_counts_away_and_the_list_says_to_whom():
    # Bands 8-10 and 11-12. In 11-12 whoever knows k < 11 sees two counts; in 8-10 who knows 9 sees exactly 1.
    found = {(leak.band.least, leak.known): leak.counts for leak in leaks(price_list(950_000, 18_500, 8, 12, (11,)))}
    assert found[8, 9] == (1,)
    assert found[11, 5] == (6, 7)
    attacked = attack((11,), colluding=False)
    for (known, view), counts in attacked.items():
        band = 8 if "1,372.50" in view[0][0] else 11
        assert ((band, known) in found) == (tuple(sorted(counts)) == found.get((band, known))), (known, counts)
    assert list(leaks(ONE_BAND)) == []


def test_the_statement_has_five_lines_and_no_figure_of_others():
    instance, planned = class_of((5, 4))
    price = listed_prices(instance, planned, ONE_BAND)[0][0]
    statement = company_statement(instance, planned, price)
    text = "\n".join(statement.lines)
    assert len(statement.lines) == 5
    assert "5 seats in Drilling from 2027-03-01 at EUR 1,372.50 each, EUR 6,862.50 in all" in text
    assert "bolt" not in text.lower()
    assert " 9 " not in text


def test_the_statement_sets_alone_against_together():
    from cohort_opt.problem.records import Distance, OutsideOptions

    # 5 list seats at 1,500: 7,500. Together 6,862.50 + journeys 5 x 10 km x 2 x 5 days x 0.20 = 100: saves 537.50.
    instance, planned = class_of((5, 4))
    instance = make_instance(
        demands=[
            demand("acme-drilling", count=5, outside=OutsideOptions(list_price_cents=150_000)),
            demand("bolt-drilling", count=4),
        ],
        distances=[Distance(company="acme", site="academy", km=10), Distance(company="bolt", site="academy", km=20)],
    )
    acme, bolt = listed_prices(instance, planned, ONE_BAND)[0]
    assert "together saves EUR 537.50" in company_statement(instance, planned, acme).lines[2]
    assert "your trainees would wait" in company_statement(instance, planned, bolt).lines[2]
