import itertools
import random

from cohort_opt.packs.amounts import LEVELS
from cohort_opt.packs.claims import claim_total, line_claims
from cohort_opt.packs.class_setting import seated_line, setting_of_run
from cohort_opt.packs.steps import step_terms
from cohort_opt.problem.runs import list_runs
from tests.builders import course, make_instance, offering, two_companies_one_class


def test_a_threshold_of_the_class_is_a_step(pack, scheme, facts, money):
    # 100 per seat in a class of ten or more; sizes 8 to 12 are possible: 0 for 8 and 9, then 100 per seat.
    instance = two_companies_one_class()
    rules = pack([scheme("grant", [{"kind": "min_class_size", "seats": 10}], [{"kind": "participant", "cents": money(100)}])])
    (term,) = step_terms(instance, [rules], facts(), list_runs(instance)[0])
    assert (term.run, term.demand, term.course) == ("drilling-academy/2027-03-01/block5", "acme-drilling", "drilling")
    assert [(p.first_size, p.last_size, p.cents_per_seat) for p in term.pieces] == [(8, 9, 0), (10, 12, 10_000)]
    assert (term.value(5, 9), term.value(5, 10)) == (0, 50_000)


def test_a_share_of_the_price_steps_at_every_size(pack, scheme, facts):
    share = {"kind": "share_of_seat_price", "share": {"low": 5000, "expected": 5000, "high": 5000}}
    instance = two_companies_one_class()
    (term,) = step_terms(instance, [pack([scheme(amounts=[share])])], facts(), list_runs(instance)[0])
    # size 8: (950,000 + 148,000) / 8 = 137,250, half of it 68,625; size 12: (950,000 + 222,000) / 12 = 97,666 -> 48,833.
    assert [p.first_size for p in term.pieces] == [8, 9, 10, 11, 12]
    assert (term.pieces[0].cents_per_seat, term.pieces[-1].cents_per_seat) == (68_625, 48_833)


def test_a_line_with_uncertain_trainees_is_not_linear(pack, scheme, facts, money):
    rules = pack([scheme("g", [{"kind": "counted", "topic": "jobs_register"}], [{"kind": "bonus", "cents": money(1)}])])
    stated = facts({"acme-drilling": {"jobs-register": (3, 2, 0)}})
    instance = two_companies_one_class()
    (low,) = step_terms(instance, [rules], stated, list_runs(instance)[0], "low")
    (high,) = step_terms(instance, [rules], stated, list_runs(instance)[0], "high")
    assert (low.pieces[0].cents, low.pieces[0].cents_per_seat) == ((0, 0, 0, 100, 200, 300), None)
    assert high.pieces[0].cents == (0, 100, 200, 300, 300, 300)


def test_terms_of_nothing_are_left_out(pack, scheme, facts, money):
    rules = pack([scheme("g", [{"kind": "min_class_size", "seats": 13}], [{"kind": "bonus", "cents": money(1)}])])
    instance = two_companies_one_class()
    assert step_terms(instance, [rules], facts(), list_runs(instance)[0]) == ()


def random_schemes(dice, scheme, money):
    conditions = [
        {"kind": "min_class_size", "seats": dice.randint(2, 7)},
        {"kind": "max_class_size", "seats": dice.randint(3, 6)},
        {"kind": "counted", "topic": "jobs_register"},
        {"kind": "counted", "topic": "municipal_benefit"},
        {"kind": "min_weeks", "weeks": dice.randint(1, 2)},
        {"kind": "same_area"},
    ]
    amounts = [
        {"kind": "participant", "cents": money(*sorted(dice.choices(range(500), k=3)))},
        {"kind": "place_year", "cents": money(*sorted(dice.choices(range(3000), k=3)))},
        {
            "kind": "share_of_seat_price",
            "share": dict(zip(("low", "expected", "high"), sorted(dice.choices(range(10_000), k=3)), strict=True)),
        },
    ]
    return [
        scheme(
            name,
            dice.sample(conditions, dice.randint(0, 3)),
            dice.sample(amounts, dice.randint(1, 2)),
            **({"stack": {"group": dice.choice(["fee", "one"]), "order": order}} if dice.random() < 0.7 else {}),
        )
        for order, name in enumerate("abc", start=1)
    ]


def test_every_step_function_equals_its_definition(pack, scheme, facts, money, campaign):
    """Brute force: every run, line, level, number of seats and class size, against the definition evaluated there."""
    dice = random.Random(47)
    instance = make_instance(
        courses=[course(min_seats=2, max_seats=7)], offerings=[offering(last_start=two_companies_one_class().calendar.start)]
    )
    runs, _ = list_runs(instance)
    compared = 0
    for _ in range(15 * campaign):
        groups = [{"id": "fee", "rule": "up_to_cost"}, {"id": "one", "rule": "first"}]
        rules = [pack(random_schemes(dice, scheme, money), groups=groups)]
        yes = dice.randint(0, 5)
        no = dice.randint(0, 5 - yes)
        stated = facts({"acme-drilling": {"jobs-register": (yes, no, 5 - yes - no), "municipal-benefit": (5 - no, no, 0)}})
        for level in LEVELS:
            terms = {(term.run, term.demand): term for term in step_terms(instance, rules, stated, runs, level)}
            for run in runs:
                for size in range(2, 8):
                    for seats in range(1, min(5, size) + 1):
                        line = seated_line(instance, "acme-drilling", seats)
                        claims = line_claims(instance, rules, stated, setting_of_run(instance, run, size), line)
                        term = terms.get((run.id, "acme-drilling"))
                        assert (term.value(seats, size) if term else 0) == claim_total(claims, "cash").at(level)
                        compared += 1
    assert compared >= 15 * 3 * 20


def test_the_bounds_are_those_of_every_possible_choice_of_persons(pack, scheme, facts, money):
    """An independent definition: give each of five trainees an answer and try every choice of who is seated."""
    instance = two_companies_one_class()
    rules = pack(
        [
            scheme(
                "grant",
                [{"kind": "counted", "topic": "jobs_register"}, {"kind": "min_class_size", "seats": 10}],
                [{"kind": "bonus", "cents": money(3, 5, 7)}],
            )
        ]
    )
    for yes, no in itertools.product(range(6), range(6)):
        if yes + no > 5:
            continue
        persons = ["yes"] * yes + ["no"] * no + ["ask"] * (5 - yes - no)
        stated = facts({"acme-drilling": {"jobs-register": (yes, no, 5 - yes - no)}})
        terms = {level: step_terms(instance, [rules], stated, list_runs(instance)[0], level) for level in ("low", "high")}
        for size, seats in itertools.product(range(8, 13), range(6)):
            chosen = list(itertools.combinations(persons, seats))
            low = min(300 * c.count("yes") for c in chosen) if size >= 10 else 0
            high = max(700 * (c.count("yes") + c.count("ask")) for c in chosen) if size >= 10 else 0
            values = [terms[level][0].value(seats, size) if terms[level] else 0 for level in ("low", "high")]
            assert values == [low, high]
