"""Who has no site within reach, by trade and region, as it may be published."""

from cohort_opt.packs.sector.unmet import missing_sites
from tests.builders import company, demand, make_instance

FAR = {"latitude": 53.2, "longitude": 6.6}


def region(far, counts=(4, 4, 4)):
    names = ("acme", "bolt", "cito")
    firms = [company(name, municipality="Groningen", **(FAR if far else {})) for name in names]
    lines = [demand(f"{name}-drilling", count=n, max_travel_km=50) for name, n in zip(names, counts, strict=True)]
    return make_instance(companies=firms, demands=lines, distances=[])


def test_twelve_of_three_companies_far_from_every_site_are_counted():
    release = missing_sites(region(far=True), {"Groningen": "north"})
    assert [(cell.key, cell.persons) for cell in release.cells] == [(("concrete", "north"), 12)]


def test_nine_are_too_few_to_be_told():
    assert missing_sites(region(far=True, counts=(3, 3, 3)), {}).cells == ()


def test_who_can_reach_a_site_is_not_missing_one():
    assert missing_sites(region(far=False), {}).cells == ()
