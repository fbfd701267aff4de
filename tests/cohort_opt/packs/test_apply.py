import itertools
import random

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.packs.apply import applied, apply_packs
from cohort_opt.packs.checks import check_facts
from cohort_opt.packs.class_setting import seated_line, setting_of_run
from cohort_opt.packs.eligibility import eligibility
from cohort_opt.packs.risk import uncovered_risk
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.records import Pin
from cohort_opt.problem.runs import list_runs
from tests.builders import course, day, demand, make_instance, offering, room, site, two_companies_one_class

RUN = "drilling-academy/2027-03-01/block5"
PERMISSION, INSURED = "benefit-kept.permission-before-start", "benefit-kept.insured"


def arcs(instance):
    problem = find_candidates(instance).problem
    return {
        (problem.group_ids[g], problem.run_ids[r]): int(least)
        for g, r, least in zip(problem.arc_group, problem.arc_run, problem.arc_min_size, strict=True)
    }


def test_without_a_wish_nothing_changes(pack, scheme, facts):
    instance = two_companies_one_class()
    rules = pack([scheme("grant", [{"kind": "min_class_size", "seats": 12}])])
    assert apply_packs(instance, [rules], facts()) == instance


def test_a_line_that_comes_only_if_funded_stays_out_where_the_venue_lies_across_the_border(pack, scheme, facts):
    instance = make_instance(sites=[site(municipality="Delft")])
    rules = pack([scheme("grant", [{"kind": "same_area"}])])
    result = applied(instance, [rules], facts({"acme-drilling": {}}, only_if_funded=["grant"]))
    assert [(ban.run, ban.demand) for ban in result.instance.bans] == [(RUN, "acme-drilling")]
    assert [(effect.rule, effect.scheme, effect.packs) for effect in result.effects] == [("same-area", "grant", ("rotterdam-1",))]


def test_a_line_stays_out_where_no_pack_has_the_scheme(pack, facts):
    result = applied(two_companies_one_class(), [pack()], facts({"bolt-drilling": {}}, only_if_funded=["grant"]))
    assert [effect.rule for effect in result.effects] == ["scheme-not-there"]
    assert [ban.demand for ban in result.instance.bans] == ["bolt-drilling"]


def test_a_threshold_of_the_class_becomes_a_least_class_size(pack, scheme, facts):
    rules = pack([scheme("grant", [{"kind": "min_class_size", "seats": 9}])])
    result = applied(two_companies_one_class(), [rules], facts({"acme-drilling": {}}, only_if_funded=["grant"]))
    assert result.instance.bans == ()
    assert [line.min_class_size for line in result.instance.demands] == [9, None]
    assert arcs(result.instance)["acme-drilling", RUN] == 9
    assert [(effect.rule, effect.least_size, effect.exact) for effect in result.effects] == [("class-size", 9, True)]


def test_a_larger_wish_of_the_line_itself_is_kept(pack, scheme, facts):
    instance = make_instance(demands=[demand("acme-drilling", min_class_size=11), demand("bolt-drilling", count=6)])
    rules = pack([scheme("grant", [{"kind": "min_class_size", "seats": 9}])])
    new = apply_packs(instance, [rules], facts({"acme-drilling": {}}, only_if_funded=["grant"]))
    assert new.demands[0].min_class_size == 11


def test_an_upper_threshold_closes_the_run_and_says_that_this_is_stricter(pack, scheme, facts):
    rules = pack([scheme("grant", [{"kind": "max_class_size", "seats": 10}])])
    result = applied(two_companies_one_class(), [rules], facts({"acme-drilling": {}}, only_if_funded=["grant"]))
    assert [ban.demand for ban in result.instance.bans] == ["acme-drilling"]
    assert not any(effect.exact for effect in result.effects)


def test_whoever_is_not_certain_becomes_a_line_that_no_class_takes(pack, scheme, facts):
    rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}])])
    stated = facts({"acme-drilling": {"jobs-register": (3, 1, 1)}}, only_if_funded=["grant"])
    result = applied(two_companies_one_class(), [rules], stated)
    counts = {line.id: line.count for line in result.instance.demands}
    assert counts == {"acme-drilling": 3, "acme-drilling.not-seated": 2, "bolt-drilling": 4}
    assert [(ban.run, ban.demand) for ban in result.instance.bans] == [(RUN, "acme-drilling.not-seated")]
    assert [(f.yes, f.no, f.ask) for f in result.facts.line("acme-drilling").facts] == [(3, 0, 0)]
    assert [(effect.rule, effect.seats) for effect in result.effects] == [("jobs-register", 2)]


def test_a_line_that_stays_together_comes_whole_or_not_at_all(pack, scheme, facts):
    instance = make_instance(demands=[demand("acme-drilling", together=True), demand("bolt-drilling", count=4)])
    rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}])])
    stated = facts({"acme-drilling": {"jobs-register": (4, 0, 1)}}, only_if_funded=["grant"])
    new = apply_packs(instance, [rules], stated)
    assert [line.id for line in new.demands] == ["acme-drilling", "bolt-drilling"]
    assert [ban.demand for ban in new.bans] == ["acme-drilling"]


def test_uncovered_seats_are_planned_or_refused_as_told(pack, scheme, facts):
    conditions = [{"kind": "counted", "topic": "unemployment_benefit"}, {"kind": "benefit_kept"}]
    rules = pack([scheme("trial", conditions)])
    answers = {"unemployment-benefit": (2, 3, 0), PERMISSION: (5, 0, 0), INSURED: (4, 0, 1)}
    stated = facts({"acme-drilling": answers})
    assert apply_packs(two_companies_one_class(), [rules], stated) == two_companies_one_class()
    # One of five is not insured for certain. Whether that one keeps a benefit is not known: four may be seated.
    counts = {line.id: line.count for line in apply_packs(two_companies_one_class(), [rules], stated, "refuse").demands}
    assert counts == {"acme-drilling": 4, "acme-drilling.not-seated": 1, "bolt-drilling": 4}


def test_refused_seats_leave_no_uncovered_risk_behind(pack, scheme, facts, planned):
    # All five keep a benefit and have permission; four are insured. The four who are seated are the insured ones.
    conditions = [{"kind": "counted", "topic": "unemployment_benefit"}, {"kind": "benefit_kept"}]
    rules = pack([scheme("trial", conditions)])
    stated = facts({"acme-drilling": {"unemployment-benefit": (5, 0, 0), PERMISSION: (5, 0, 0), INSURED: (4, 0, 1)}})
    result = applied(two_companies_one_class(), [rules], stated, "refuse")
    classes = [planned(result.instance, {"acme-drilling": 4, "bolt-drilling": 4})]
    assert uncovered_risk(result.instance, [rules], result.facts, classes) == ()
    assert uncovered_risk(two_companies_one_class(), [rules], stated, classes) != ()


def test_the_facts_of_a_split_line_add_up_to_its_count(pack, scheme, facts):
    rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}])])
    answers = {"jobs-register": (3, 1, 1), "municipal-benefit": (4, 1, 0)}
    result = applied(two_companies_one_class(), [rules], facts({"acme-drilling": answers}, only_if_funded=["grant"]))
    assert check_facts(result.instance, result.facts) == []
    # Of the four with a benefit at least 4 - 2 = 2 are among the three who are seated.
    assert {f.rule: (f.yes, f.no, f.ask) for f in result.facts.line("acme-drilling").facts} == {
        "jobs-register": (3, 0, 0),
        "municipal-benefit": (2, 0, 1),
    }


def test_a_pin_where_a_pack_forbids_is_a_contradiction(pack, facts):
    instance = make_instance(pins=[Pin(demand="acme-drilling", run=RUN, count=1)])
    with pytest.raises(InstanceError, match="contradictory-pins"):
        apply_packs(instance, [pack()], facts({"acme-drilling": {}}, only_if_funded=["grant"]))


def test_nobody_disappears_from_the_count(pack, scheme, facts, campaign):
    dice = random.Random(5)
    for _ in range(20 * campaign):
        yes = dice.randint(0, 5)
        no = dice.randint(0, 5 - yes)
        stated = facts({"acme-drilling": {"jobs-register": (yes, no, 5 - yes - no)}}, only_if_funded=["grant"])
        rules = pack([scheme("grant", [{"kind": "counted", "topic": "jobs_register"}])])
        assert sum(line.count for line in apply_packs(two_companies_one_class(), [rules], stated).demands) == 9


def test_the_instance_allows_exactly_the_classes_in_which_the_scheme_holds(pack, scheme, facts, campaign):
    """Brute force: for every run and class size, bans and least sizes against the conditions read one by one."""
    dice = random.Random(36)
    seen = {True: 0, False: 0}
    for _ in range(25 * campaign):
        instance = make_instance(
            courses=[course(min_seats=dice.randint(2, 5), max_seats=dice.randint(7, 12))],
            sites=[site(), site("south", municipality="Delft")],
            rooms=[room(), room("shed", site="south")],
            offerings=[offering(last_start=day(weeks=1)), offering("drilling-south", site="south", room="shed")],
            demands=[demand("acme-drilling"), demand("bolt-drilling", count=9)],
        )
        conditions = dice.sample(
            [
                {"kind": "min_class_size", "seats": dice.randint(2, 12)},
                {"kind": "same_area"},
                {"kind": "same_area", "unless_no_offer": True},
                {"kind": "max_weeks", "weeks": dice.randint(1, 2)},
                {"kind": "course_level", "at_most": 2},
            ],
            dice.randint(1, 3),
        )
        rules = pack([scheme("grant", conditions)])
        levels = [{"course": "drilling", "level": dice.randint(1, 3)}]
        stated = facts({"acme-drilling": {}}, levels, only_if_funded=["grant"])
        result = applied(instance, [rules], stated)
        banned = {(ban.run, ban.demand) for ban in result.instance.bans}
        least = result.instance.demands[0].min_class_size or 0
        assert all(effect.exact for effect in result.effects)
        for run, size in itertools.product(list_runs(instance)[0], range(instance.courses[0].min_seats, 13)):
            if size > run.max_seats:
                continue
            line = seated_line(instance, "acme-drilling", 5)
            judged = eligibility(instance, rules, rules.schemes[0], stated, setting_of_run(instance, run, size), line)
            allowed = (run.id, "acme-drilling") not in banned and size >= least
            assert allowed == (judged.tally.yes == 5), (run.id, size, conditions)
            seen[allowed] += 1
    assert min(seen.values()) > 20
