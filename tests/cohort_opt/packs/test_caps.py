"""Caps of packs as quotas: a municipal budget per period and group, and the uncovered risk in euros."""

from pathlib import Path

import pytest

from cohort_opt import propose, read_instance
from cohort_opt.packs import capped, evaluate, load_packs, read_facts, uncovered_risk
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.plans import classes_of
from cohort_opt.packs.read import pack_from_dict
from tests.builders import MONDAY, demand, make_instance

FOLDER = Path(__file__).parents[3] / "examples" / "border"


def town(**budget):
    base = {"id": "places", "name": "Places", "cents_per_place": 100_000, "budget_cents": 300_000}
    return pack_from_dict(
        {
            "id": "schiedam", "name": "Schiedam", "status": "sample", "source": "invented", "gaps": ["only its budget is known"],
            "jurisdiction": {"kind": "municipality", "name": "Schiedam", "municipalities": ["Schiedam"]},
            "budgets": [{**base, **budget}],
        }
    )  # fmt: skip


def facts(yes, no, ask):
    answer = {"rule": "municipal-benefit", "reference_date": MONDAY.isoformat(), "yes": yes, "no": no, "ask": ask}
    return EligibilityFacts.model_validate({"lines": [{"demand": "bolt-drilling", "facts": [answer]}]})


def seated(instance):
    """Return how many of bolt, which stands in Schiedam, sit beside acme's eight of Rotterdam."""
    proposal = propose(instance)
    assert proposal.status == "optimal"
    return sum(m.count for entry in proposal.classes for m in entry.members if m.demand == "bolt-drilling")


REGION = make_instance(demands=[demand("acme-drilling", count=8), demand("bolt-drilling", count=4)])


@pytest.mark.parametrize(
    ("pack", "told", "seats"),
    [
        (town(), EligibilityFacts(), 3),  # 300,000 at 100,000 each; acme stands elsewhere
        (town(budget_cents=400_000), EligibilityFacts(), 4),
        (town(budget_cents=99_999), EligibilityFacts(), 0),
        (town(group="municipal_benefit", budget_cents=200_000), facts(0, 4, 0), 4),  # nobody of the group
        (town(group="municipal_benefit", budget_cents=200_000), facts(1, 2, 1), 4),  # at most two of them cost it anything
        (town(group="municipal_benefit", budget_cents=100_000), facts(1, 2, 1), 1),  # whoever the one is
        (town(group="municipal_benefit", budget_cents=200_000), EligibilityFacts(), 2),  # nobody answered: all may be
        (town(period="school_year"), EligibilityFacts(), 3),
    ],
)
def test_a_budget_caps_the_places_of_its_group(pack, told, seats):
    assert seated(capped(REGION, [pack], told)) == seats


def test_a_budget_of_another_year_or_of_a_pack_not_yet_in_force_caps_nothing():
    later = town(budget_cents=0).model_copy(update={"valid_from": MONDAY.replace(year=2028)})
    assert capped(REGION, [later], EligibilityFacts()).seat_quotas == ()


@pytest.fixture(scope="module")
def border():
    instance = read_instance(FOLDER / "instance.json")
    return instance, load_packs([FOLDER / "packs"]), read_facts((FOLDER / "facts.json").read_bytes(), instance)


def test_the_risk_as_a_report_stays_within_the_cap(border):
    instance, packs, told = border
    free = evaluate(*border, propose)
    (risk,) = uncovered_risk(instance, packs, told, classes_of(free.proposal))
    borne = risk.cost.high + risk.clawback.high
    # Two of birch in the class of nine: 2 x 124,056 + 70,000. The cap counts a seat at its dearest, in a class of eight:
    # (950,000 + 8 x 18,500) / 8 = 137,250, and 35,000 of claw-back: 2 x 172,250 = 344,500.
    assert borne == 318_112
    under = evaluate(*border, propose, uncovered_cents=344_500)
    assert under.places == free.places == 9
    closed = evaluate(*border, propose, uncovered_cents=344_499)
    left = uncovered_risk(instance, packs, told, classes_of(closed.proposal))
    # One of birch may still sit: 8 of 9 remain.
    assert [line.seats.high for line in left] == [1]
    assert closed.places == 8


def test_nothing_uncovered_makes_no_quota():
    assert capped(REGION, [], EligibilityFacts(), 0).seat_quotas == ()
