import datetime as dt

from cohort_opt.packs.estimate import subsidy_estimate
from tests.builders import demand, make_instance, offering


def two_classes(planned):
    """Return 8 + 8 trainees in two weeks, each line in a class of its own."""
    week = dt.date(2027, 3, 8)
    lines = [demand("acme-drilling", count=8), demand("bolt-drilling", count=8)]
    companies = [c.model_copy(update={"municipality": "Rotterdam"}) for c in make_instance().companies]
    instance = make_instance(demands=lines, companies=companies, offerings=[offering(last_start=week)])
    return instance, [planned(instance, {"bolt-drilling": 8}, run=0), planned(instance, {"acme-drilling": 8}, run=1)]


def paid(pack, scheme, planned, facts, money, budget, when_short, **changes):
    amount = {"kind": "participant", "cents": money(100)}
    pot = {"id": "town", "name": "Town", "budget_cents": budget, "when_short": when_short}
    instance, classes = two_classes(planned)
    rules = pack([scheme("grant", [], [amount], pot="town")], pots=[pot], **changes)
    report = subsidy_estimate(instance, [rules], facts(), classes)
    return {e.demand: e.cents.expected for e in report.estimates}, report


def test_a_pot_that_is_large_enough_pays_all(pack, scheme, planned, facts, money):
    found, report = paid(pack, scheme, planned, facts, money, 160_000, "scale")
    assert found == {"acme-drilling": 80_000, "bolt-drilling": 80_000}
    assert not report.pots[0].is_short


def test_a_pot_one_cent_short_cuts_all_claims_and_spends_every_cent(pack, scheme, planned, facts, money):
    # 159,999 of 160,000: 79,999.5 each; the odd cent goes to the earlier claim.
    found, report = paid(pack, scheme, planned, facts, money, 159_999, "scale")
    assert found == {"acme-drilling": 79_999, "bolt-drilling": 80_000}
    assert (report.pots[0].is_short, report.pots[0].claimed.high, report.pots[0].paid.high) == (True, 160_000, 159_999)
    assert "The pot town is too small; the claims are cut (sample)." in report.estimates[1].sentence()


def test_first_come_first_served_goes_by_the_start_of_the_class(pack, scheme, planned, facts, money):
    # bolt's class starts first and takes 80,000 of 100,000; acme gets the rest.
    found, _ = paid(pack, scheme, planned, facts, money, 100_000, "first_come")
    assert found == {"acme-drilling": 20_000, "bolt-drilling": 80_000}


def test_a_pot_without_a_published_budget_scales_nothing(pack, scheme, planned, facts, money):
    found, report = paid(pack, scheme, planned, facts, money, None, "scale")
    assert found == {"acme-drilling": 80_000, "bolt-drilling": 80_000}
    assert report.pots[0].budget_cents is None


def test_additional_places_of_an_alliance_stop_at_their_cap(pack, scheme, planned, facts, money):
    # 16 places at 2,000 = 32,000, capped at 20,000: half of it each.
    amount = {"kind": "additional_place", "cents": money(2_000), "max_cents": 2_000_000}
    instance, classes = two_classes(planned)
    stated = facts({"acme-drilling": {}, "bolt-drilling": {}}, additional_places=8)
    report = subsidy_estimate(instance, [pack([scheme("alliance", [], [amount])])], stated, classes)
    assert [e.cents.low for e in report.estimates] == [1_000_000, 1_000_000]
