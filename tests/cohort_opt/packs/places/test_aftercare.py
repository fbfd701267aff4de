import datetime as dt

from cohort_opt.packs.places.aftercare import check_in_findings, follow_on_findings
from cohort_opt.packs.places.records import CheckInSlot, FollowOn, Places
from tests.builders import two_companies_one_class

# The class of nine ends on Friday 5 March 2027.
AFTER_ONE, AFTER_THREE = dt.date(2027, 4, 5), dt.date(2027, 6, 5)


def slot(name, day, capacity, days=0):
    return CheckInSlot(id=name, first=day, last=day + dt.timedelta(days=days), capacity=capacity)


def nine(planned):
    return [planned(two_companies_one_class(), {"acme-drilling": 5, "bolt-drilling": 4})]


def missing(planned, *slots):
    places = Places(check_ins=slots, check_in_months=(1, 3))
    return [(f.facts["months"], f.facts["missing"]) for f in check_in_findings(places, nine(planned))]


def test_everybody_is_seen_at_the_months_agreed(planned):
    assert missing(planned, slot("a", AFTER_ONE, 9), slot("b", AFTER_THREE, 9)) == []
    assert missing(planned, slot("a", AFTER_ONE, 8), slot("b", AFTER_THREE, 9)) == [(1, 1)]
    assert missing(planned) == [(1, 9), (3, 9)]


def test_a_slot_on_another_day_does_not_help(planned):
    assert missing(planned, slot("a", AFTER_ONE + dt.timedelta(days=1), 9), slot("b", AFTER_THREE, 9)) == [(1, 9)]


def test_the_slot_that_closes_first_is_used_first(planned):
    # The long slot must be kept for the third month.
    assert missing(planned, slot("long", AFTER_ONE, 9, days=90), slot("short", AFTER_ONE, 9)) == []


def test_a_follow_on_place_is_promised_by_a_day(planned):
    # Six months after 5 March is 5 September.
    def rules(*promises):
        return [(f.subject, f.facts["promised"]) for f in follow_on_findings(promises, nine(planned), 6)]

    bolt = FollowOn(demand="bolt-drilling", count=4, by="2027-09-05")
    assert rules(bolt, FollowOn(demand="acme-drilling", count=5, by="2027-09-05")) == []
    assert rules(bolt, FollowOn(demand="acme-drilling", count=4, by="2027-09-05")) == [("acme-drilling", 4)]
    assert rules(bolt, FollowOn(demand="acme-drilling", count=5, by="2027-09-06")) == [("acme-drilling", 0)]
