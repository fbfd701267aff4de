from cohort_opt.packs.routes import route_sentence, routes
from tests.builders import two_companies_one_class


def test_a_route_that_pays_nothing_is_still_shown_with_its_open_facts(pack, scheme, facts, planned):
    instance = two_companies_one_class()
    rules = pack([scheme("trial", [{"kind": "benefit_kept"}])])
    stated = facts({"acme-drilling": {"benefit-kept.insured": (5, 0, 0)}}, trial_months=3)
    (route,) = routes(instance, [rules], stated, [planned(instance, {"acme-drilling": 5, "bolt-drilling": 4})])
    assert route_sentence(route) == (
        "acme-drilling: Trial (rotterdam-1, sample): 0 yes, 0 no, 5 to be asked. "
        "Ask the authority; missing: benefit-kept.permission-before-start, benefit-kept.prospect-6-months."
    )


def test_a_route_that_is_closed_names_the_rule(pack, scheme, facts, planned):
    instance = two_companies_one_class()
    rules = pack([scheme("trial", [{"kind": "benefit_kept"}])])
    stated = facts({"acme-drilling": {}}, trial_months=7)
    (route,) = routes(instance, [rules], stated, [planned(instance, {"acme-drilling": 5, "bolt-drilling": 4})])
    assert route_sentence(route).endswith("0 yes, 5 no, 0 to be asked. Fails: benefit-kept.length-2-6-months.")
