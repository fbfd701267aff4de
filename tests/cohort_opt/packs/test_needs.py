from pathlib import Path

from cohort_opt import propose, read_instance
from cohort_opt.packs import classes_of, read_facts
from cohort_opt.packs.facts import EligibilityFacts, Need
from cohort_opt.packs.needs import support_needs, supported
from tests.builders import demand, make_instance, two_companies_one_class


def needs(pack, scheme, money, planned, instance, members, **need):
    line = {"demand": "acme-drilling", "needs": [{"flag": "interpreter", "count": 1, **need}]}
    rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}], [{"kind": "bonus", "cents": money(1)}])])
    facts = EligibilityFacts.model_validate({"lines": [line]})
    return support_needs(instance, [rules], facts, [planned(instance, members)]), rules


def test_support_costs_per_day_and_once(pack, scheme, money, planned):
    # 320 a day for five days, and 100 once: 1,700.
    instance = two_companies_one_class()
    report, _ = needs(pack, scheme, money, planned, instance, {"acme-drilling": 5}, cents_per_day=32_000, cents_once=10_000)
    assert report.cents == 170_000
    assert report.needs[0].sentence() == (
        "drilling-academy/2027-03-01/block5#1: 1 of acme-drilling need an interpreter: "
        "€1,700 (as stated by the company), 0 extra seats."
    )


def test_whoever_fits_no_scheme_is_costed_all_the_same(planned):
    instance = two_companies_one_class()
    line = {"demand": "acme-drilling", "needs": [{"flag": "interpreter", "count": 1, "cents_per_day": 32_000}]}
    report = support_needs(
        instance, [], EligibilityFacts.model_validate({"lines": [line]}), [planned(instance, {"acme-drilling": 5})]
    )
    assert (report.cents, report.needs[0].fits_a_scheme) == (160_000, False)
    assert report.needs[0].sentence().endswith("no scheme pays anything for this line.")


def test_an_interpreter_takes_a_seat(pack, scheme, money, planned):
    # 7 + 5 trainees and one interpreter in a class of 12 seats.
    instance = make_instance(demands=[demand("acme-drilling", count=7), demand("bolt-drilling", count=5)])
    full, _ = needs(pack, scheme, money, planned, instance, {"acme-drilling": 7, "bolt-drilling": 5}, extra_seats=1)
    assert full.overfull == (("drilling-academy/2027-03-01/block5#1", 13, 12),)
    fits, _ = needs(pack, scheme, money, planned, instance, {"acme-drilling": 7, "bolt-drilling": 4}, extra_seats=1)
    assert fits.overfull == ()


def test_a_need_has_no_field_for_a_reason():
    assert set(Need.model_fields) == {"flag", "count", "cents_per_day", "cents_once", "extra_seats"}


def test_an_interpreter_takes_a_seat_of_the_plan_and_costs_once_per_class():
    # examples/border: an interpreter for one of alder's three sawyers, 320 a day and one seat. Twelve seats then hold eleven.
    folder = Path(__file__).parents[3] / "examples" / "border"
    instance = read_instance(folder / "instance.json")
    told = read_facts((folder / "facts.json").read_bytes(), instance)
    plain, planned = propose(instance), propose(supported(instance, told))
    sizes = [{entry.course: entry.size for entry in proposal.classes}["sawing"] for proposal in (plain, planned)]
    assert sizes == [12, 11]
    assert planned.objective_terms.support == 5 * 32_000
    assert support_needs(supported(instance, told), (), told, classes_of(planned)).overfull == ()
