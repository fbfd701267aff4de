from cohort_opt.problem.records import Company, Distance
from cohort_opt.report.places import MOST_DOTS, Journey, places, used_sites
from cohort_opt.report.view import view
from tests.cohort_opt.report.scenario import build_instance, build_proposal


def test_journeys_carry_the_distance_given():
    given = build_instance(distances=(Distance(company="bittern", site="harbour", km=33),))
    found = {place.name: place for place in places(view(given, build_proposal(given)))}
    assert found["Bittern Betonzaag"].journeys == (Journey("drilling", "harbour", 2, 33),)


def test_a_company_split_over_two_sites_has_two_journeys(plan):
    ibis = next(place for place in places(plan) if place.name == "Ibis Kernboor")
    assert [(j.site, j.count) for j in ibis.journeys] == [("harbour", 3), ("island", 1)]


def test_asked_and_waiting_are_counted_per_company(plan):
    found = {place.name: (place.asked, place.waiting) for place in places(plan)}
    assert found["Ruff Constructie"] == (2, 2)
    assert found["Avocet Boorwerk"] == (4, 0)


def test_a_company_that_asks_for_nothing_is_not_on_the_map():
    base = build_instance()
    silent = Company(id="wren", name="Wren", municipality="Leiden", latitude=52.16, longitude=4.49)
    more = build_instance(companies=(*base.companies, silent))
    assert "Wren" not in {place.name for place in places(view(more, build_proposal(more)))}


def test_sites_know_their_classes(plan):
    assert [(used.site.id, used.classes) for used in used_sites(plan)] == [("harbour", (1, 2)), ("island", (3, 4))]


def test_many_companies_share_one_dot_per_municipality():
    base = build_instance()
    line = base.demands[0]
    crowd = [
        Company(id=f"x{i:03}", name=f"X {i}", municipality="Leiden", latitude=52.1 + i / 1000, longitude=4.5)
        for i in range(MOST_DOTS)
    ]
    wishes = [line.model_copy(update={"id": f"{c.id}-drilling", "company": c.id, "count": 1}) for c in crowd]
    many = build_instance(companies=(*base.companies, *crowd), demands=(*base.demands, *wishes))
    found = {place.municipality: place for place in places(view(many, build_proposal(many)))}
    # 20 towns of scenario A and Leiden, where 150 ask and none is placed
    assert len(found) == 21
    assert (found["Leiden"].asked, found["Leiden"].waiting) == (150, 150)
    assert found["Leiden"].name == "150 companies in Leiden"


def test_journeys_of_a_municipality_are_one_with_the_mean_distance():
    base = build_instance()
    moved = {"municipality": "Rotterdam"}
    near = [c.model_copy(update=moved) if c.id in ("avocet", "bittern") else c for c in base.companies]
    crowd = [Company(id=f"x{i:03}", name=f"X {i}", municipality="Leiden", latitude=52.1, longitude=4.5) for i in range(MOST_DOTS)]
    line = base.demands[0]
    wishes = [line.model_copy(update={"id": f"{c.id}-drilling", "company": c.id, "count": 1}) for c in crowd]
    given = (Distance(company="avocet", site="harbour", km=10), Distance(company="bittern", site="harbour", km=21))
    many = build_instance(companies=(*near, *crowd), demands=(*base.demands, *wishes), distances=given)
    found = {place.municipality: place for place in places(view(many, build_proposal(many)))}
    # 3 trainees at 10 km and 2 at 21 km: 72 / 5 = 14.4
    assert Journey("drilling", "harbour", 5, 14) in found["Rotterdam"].journeys
