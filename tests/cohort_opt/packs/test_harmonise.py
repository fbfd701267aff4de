import pytest

from cohort_opt import propose
from cohort_opt.packs.harmonise import evaluate, harmonisation, harmonised
from cohort_opt.packs.samples import sample_packs
from cohort_opt.packs.wording import LANGUAGES
from tests.builders import company, demand, make_instance

WISH = {"only_if_funded": ["grant"]}


def region(pack, scheme, money, facts):
    """Return five of Rotterdam and four of Schiedam, both only if funded, one class of eight or more in Rotterdam.

    Each town pays 100 per participant, but only for a venue inside its own area: Schiedam's four stay away, and five are too few.
    """
    grant = scheme("grant", [{"kind": "same_area"}], [{"kind": "participant", "cents": money(100)}])
    schiedam = {"kind": "municipality", "name": "Schiedam", "municipalities": ["Schiedam"]}
    packs = [pack([grant]), pack([grant], id="schiedam-1", jurisdiction=schiedam)]
    return make_instance(), packs, facts({"acme-drilling": {}, "bolt-drilling": {}}, **WISH)


def test_a_class_that_the_border_forbids_opens_when_all_take_one_pack(pack, scheme, money, facts):
    instance, packs, stated = region(pack, scheme, money, facts)
    result = harmonisation(instance, packs, stated, "rotterdam-1", propose)
    assert (result.before.classes, result.before.places, result.before.waiting) == (0, 0, 9)
    assert (result.after.classes, result.after.places, result.after.waiting) == (1, 9, 0)
    # The class costs 950,000 + 9 * 18,500 = 1,116,500; the grant is 9 * 100, and is not subtracted.
    assert (result.classes_gained, result.places_gained, result.cost_added_cents) == (1, 9, 1_116_500)
    assert (result.subsidy_added.low, result.subsidy_added.high) == (90_000, 90_000)
    assert result.sentence() == (
        "If all took rotterdam-1 (sample): classes +1, places +9, "
        "cost of the plan €11,165 (price of the instance) more, estimated aid €900 (sample) more."
    )


def test_the_gain_is_said_in_three_languages(pack, scheme, money, facts):
    instance, packs, stated = region(pack, scheme, money, facts)
    result = harmonisation(instance, packs, stated, "rotterdam-1", propose)
    assert len({result.sentence(language) for language in LANGUAGES}) == 3


def test_without_wishes_harmonising_gains_nothing(pack, scheme, money, facts):
    instance, packs, _ = region(pack, scheme, money, facts)
    result = harmonisation(instance, packs, facts(), "rotterdam-1", propose)
    assert (result.classes_gained, result.places_gained, result.cost_added_cents) == (0, 0, 0)


def test_a_plan_that_does_not_exist_has_no_numbers(pack, scheme, money, facts):
    # Eight wanted in one class, six seats in the bay: the planner answers, here with a proposal without a plan.
    instance, packs, stated = region(pack, scheme, money, facts)
    empty = propose(instance).model_copy(update={"classes": None, "unplaced": None})
    result = evaluate(instance, packs, stated, lambda _: empty)
    assert (result.classes, result.places, result.waiting, result.cost_cents) == (None, None, None, None)


def test_the_others_of_the_same_tier_give_way_and_national_packs_stay():
    shared = harmonised(sample_packs(), "haaglanden-2023", ["Schiedam"])
    assert [pack.id for pack in shared] == [
        "haaglanden-2023",
        "lower-saxony-chamber",
        "netherlands-practice-2023",
        "netherlands-wage-benefits-2025",
    ]
    assert {"Schiedam", "Utrecht", "Rotterdam", "Leiden", "Delft"} <= set(shared[0].jurisdiction.municipalities)


def test_an_unknown_pack_is_refused_with_those_there_are(pack):
    with pytest.raises(KeyError, match="rotterdam-1"):
        harmonised([pack()], "utrecht")


def test_evaluating_twice_gives_the_same(pack, scheme, money, facts):
    instance, packs, stated = region(pack, scheme, money, facts)
    first = evaluate(instance, packs, stated, propose)
    second = evaluate(instance, packs[::-1], stated, propose)
    assert (first.proposal.to_json(), first.subsidies, first.effects) == (
        second.proposal.to_json(),
        second.subsidies,
        second.effects,
    )


def test_a_company_without_a_pack_of_its_own_joins_the_shared_one(pack, scheme, money, facts):
    grant = scheme("grant", [{"kind": "same_area"}], [{"kind": "participant", "cents": money(100)}])
    instance = make_instance(
        companies=[company(), company("bolt", municipality="Vlaardingen")],
        demands=[demand("acme-drilling"), demand("bolt-drilling", count=4)],
    )
    result = harmonisation(instance, [pack([grant])], facts({"bolt-drilling": {}}, **WISH), "rotterdam-1", propose)
    assert (result.before.places, result.after.places) == (0, 9)
