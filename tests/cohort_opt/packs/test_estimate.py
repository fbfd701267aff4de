from cohort_opt.packs.estimate import subsidy_estimate
from cohort_opt.packs.wording import LANGUAGES
from tests.builders import two_companies_one_class


def report(pack, scheme, facts, planned, money, **changes):
    instance = two_companies_one_class()
    amounts = [{"kind": "participant", "cents": money(100, 200, 300)}, {"kind": "social_return_at_cost"}]
    rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}], amounts, **changes)])
    stated = facts({"acme-drilling": {"jobs-register": (3, 1, 1)}})
    return subsidy_estimate(instance, [rules], stated, [planned(instance, {"acme-drilling": 5, "bolt-drilling": 4})])


def test_cash_and_social_return_are_never_added(pack, scheme, facts, planned, money):
    found = report(pack, scheme, facts, planned, money)
    # acme: 3, 3 and 4 eligible seats at 100, 200, 300; bolt stands in Schiedam, where no pack holds.
    assert [(e.money, e.demand) for e in found.estimates] == [("cash", "acme-drilling"), ("social_return", "acme-drilling")]
    cash = found.total("cash")
    assert (cash.low, cash.expected, cash.high) == (30_000, 60_000, 120_000)
    assert found.total("social_return").high == 4 * 124_055
    assert found.total("cash", company="bolt").high == 0
    assert found.total("cash", class_id="drilling-academy/2027-03-01/block5#1") == cash


def test_an_estimate_says_its_range_status_payment_day_and_missing_fact(pack, scheme, facts, planned, money):
    found = report(
        pack, scheme, facts, planned, money, payment={"after": "class_end", "months": 6}, application={"month": 10, "day": 1}
    )
    # The class ends on Friday 5 March 2027.
    assert found.estimates[0].sentence() == (
        "Grant (rotterdam-1) for 3–4 of acme-drilling in drilling-academy/2027-03-01/block5#1: "
        "€300 to €1,200, expected €600 (sample); an estimate, not a promise, and not subtracted from the seat price. "
        "Paid about 2027-09-05. To be applied for by 2026-10-01. Ask the authority; missing: jobs-register."
    )


def test_an_unknown_payment_day_is_said(pack, scheme, facts, planned, money):
    assert "When it is paid is not known." in report(pack, scheme, facts, planned, money).estimates[0].sentence()


def test_the_status_stands_in_every_sentence_of_every_language(pack, scheme, facts, planned, money):
    for estimate in report(pack, scheme, facts, planned, money).estimates:
        for language, word in zip(LANGUAGES, ("Muster", "sample", "voorbeeld"), strict=True):
            assert f"({word})" in estimate.sentence(language)


def test_an_estimate_has_no_field_for_a_price_after_subsidy(pack, scheme, facts, planned, money):
    estimate = report(pack, scheme, facts, planned, money).estimates[0]
    assert not any("net" in field or "price" in field for field in type(estimate).__slots__)
