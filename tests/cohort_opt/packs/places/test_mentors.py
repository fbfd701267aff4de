import datetime as dt
import itertools
import random

from cohort_opt.packs.places.check import german_norm
from cohort_opt.packs.places.mentors import MentorNeed, share_mentors
from cohort_opt.packs.places.records import MentorSlot

JUNE, JULY, AUGUST = (dt.date(2027, month, 28) for month in (6, 7, 8))


def slot(name, company="acme", pool=False, until=AUGUST, hours=16, trade="concrete", most=None):
    return MentorSlot(id=name, company=company, trade=trade, hours_per_week=hours, until=until, pool=pool, max_trainees=most)


def need(company, count, until=JUNE, trade="concrete"):
    return MentorNeed(company, trade, until, count)


def served(needs, slots):
    return [(row.need.company, row.own, row.pool, row.without) for row in share_mentors(needs, slots, german_norm())]


def test_a_part_time_mentor_has_at_most_three_and_a_full_time_one_sixteen():
    assert served([need("acme", 4)], [slot("a")]) == [("acme", 3, 0, 1)]
    assert served([need("acme", 17)], [slot("a", hours=38)]) == [("acme", 16, 0, 1)]
    assert served([need("acme", 3)], [slot("a", most=1)]) == [("acme", 1, 0, 2)]


def test_an_own_mentor_serves_nobody_else_and_a_pool_mentor_does():
    assert served([need("bolt", 2)], [slot("a")]) == [("bolt", 0, 0, 2)]
    assert served([need("bolt", 2)], [slot("a", pool=True)]) == [("bolt", 0, 2, 0)]
    assert served([need("bolt", 2)], [slot("a", pool=True, trade="roofing")]) == [("bolt", 0, 0, 2)]


def test_a_mentor_who_stops_earlier_does_not_count():
    assert served([need("acme", 1, JULY)], [slot("a", until=JULY)]) == [("acme", 1, 0, 0)]
    assert served([need("acme", 1, JULY)], [slot("a", until=JUNE)]) == [("acme", 0, 0, 1)]


def test_the_longest_stay_chooses_first_so_that_nobody_is_left_without_cause():
    # The short stay could take either slot, the long one only the long slot.
    slots = [slot("short", "x", pool=True, until=JUNE, most=1), slot("long", "x", pool=True, until=AUGUST, most=1)]
    assert served([need("acme", 1, JUNE), need("bolt", 1, AUGUST)], slots) == [("acme", 0, 1, 0), ("bolt", 0, 1, 0)]


def test_trainees_are_spread_toward_one_to_one():
    (row,) = share_mentors([need("acme", 2)], [slot("a"), slot("b")], german_norm())
    assert (row.slots, row.one_to_one) == ((("a", 1), ("b", 1)), 2)


def test_no_other_choice_of_slots_serves_more(campaign):
    """Brute force over all ways to give the trainees to slots."""
    dice = random.Random(55)
    for _ in range(60 * campaign):
        days = [JUNE, JULY, AUGUST]
        slots = [
            slot(f"s{i}", dice.choice("ab"), dice.random() < 0.6, dice.choice(days), most=1) for i in range(dice.randint(1, 4))
        ]
        needs = [need(company, dice.randint(1, 2), dice.choice(days)) for company in "ab"]
        trainees = [n for n in needs for _ in range(n.count)]
        best = 0
        for choice in itertools.product([None, *slots], repeat=len(trainees)):
            used = [s for s in choice if s is not None]
            if len({s.id for s in used}) < len(used):
                continue
            if all(s is None or (s.until >= n.last_day and (s.pool or s.company == n.company))
                   for n, s in zip(trainees, choice, strict=True)):  # fmt: skip
                best = max(best, len(used))
        assert sum(row.own + row.pool for row in share_mentors(needs, slots, german_norm())) == best
