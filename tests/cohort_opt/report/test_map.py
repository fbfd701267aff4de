import re

import pytest

from cohort_opt.problem.records import Site
from cohort_opt.report.frame import WIDTH
from cohort_opt.report.map import draw_map
from cohort_opt.report.places import places, used_sites
from cohort_opt.report.view import view
from tests.cohort_opt.report.pagecheck import Page
from tests.cohort_opt.report.scenario import build_instance, build_proposal


def drawn(both):
    return draw_map(both, places(both), used_sites(both))


@pytest.fixture(scope="module")
def svg(plan):
    return drawn(plan)


def test_every_company_is_a_dot_and_every_site_a_square(svg):
    page = Page(svg)
    dots = [attrs for attrs in page.all("circle") if attrs["class"] == "company"]
    assert len(dots) == 20
    assert len([attrs for attrs in page.all("rect") if attrs["class"] == "site"]) == 2


def test_more_trainees_make_a_larger_dot(plan):
    # Avocet asks for 3 + 1, Heron for 1
    circles = [a for a in Page(drawn(plan)).all("circle") if a["class"] == "company"]
    by_name = {place.name: float(a["r"]) for place, a in zip(places(plan), circles, strict=True)}
    assert by_name["Avocet Boorwerk"] > by_name["Heron Installatie"]


def test_the_company_that_waits_has_a_ring(svg):
    assert len([attrs for attrs in Page(svg).all("circle") if attrs["class"] == "waits"]) == 1


def test_a_line_leads_from_each_company_to_each_site_of_its_courses(svg, plan):
    links = [attrs for attrs in Page(svg).all("path") if attrs.get("class", "").startswith("link")]
    wanted = {(m.company.id, item.course.id, item.site.id) for item in plan.classes for m in item.members}
    assert len(links) == len(wanted)


def test_courses_differ_by_line_pattern_not_by_colour_alone(svg):
    links = [attrs for attrs in Page(svg).all("path") if attrs.get("class", "").startswith("link")]
    looks = {(attrs["class"], attrs.get("stroke-dasharray")) for attrs in links}
    assert len(looks) == 3
    assert len({pattern for _, pattern in looks}) == 3


def test_all_marks_and_labels_lie_inside_the_picture(svg):
    height = float(re.search(rf'viewBox="0 0 {WIDTH} (\d+)"', svg).group(1))
    page = Page(svg)
    for attrs in page.all("circle") + page.all("text"):
        assert 0 < float(attrs.get("cx", attrs.get("x"))) < WIDTH
        assert 0 < float(attrs.get("cy", attrs.get("y"))) < height


def test_names_of_towns_and_sites_are_readable(svg):
    text = Page(svg).text
    for name in ("Academy Harbour", "Workshop Island", "Gouda", "Delft", "Voorne aan Zee"):
        assert name in text


def test_the_province_lies_beneath_and_a_screen_reader_hears_the_sites(svg):
    page = Page(svg)
    assert "Zuid-Holland" in page.text
    assert "Academy Harbour with 2 classes, Workshop Island with 2 classes" in page.text


def test_one_company_at_the_door_of_its_site_can_be_drawn():
    base = build_instance()
    one = [company.model_copy(update={"latitude": 51.9, "longitude": 4.4}) for company in base.companies]
    site = [Site(**{**s.model_dump(), "latitude": 51.9, "longitude": 4.4}) for s in base.sites]
    near = build_instance(companies=one, sites=site)
    svg = drawn(view(near, build_proposal(near)))
    assert "nan" not in svg
    assert len([attrs for attrs in Page(svg).all("circle") if attrs["class"] == "company"]) == 20


def test_places_far_from_the_netherlands_need_no_outline():
    base = build_instance()
    south = [c.model_copy(update={"latitude": c.latitude - 10, "longitude": c.longitude + 5}) for c in base.companies]
    sites = [s.model_copy(update={"latitude": s.latitude - 10, "longitude": s.longitude + 5}) for s in base.sites]
    far = build_instance(companies=south, sites=sites)
    svg = drawn(view(far, build_proposal(far)))
    assert "Zuid-Holland" not in svg
    assert 'class="inset"' not in svg


def test_nothing_to_show_is_no_picture(empty):
    instance, proposal = empty
    bare = build_instance(demands=(), sites=(), rooms=(), offerings=())
    moved = proposal.model_copy(update={"instance_fingerprint": bare.fingerprint()})
    assert drawn(view(bare, moved)) == ""
    assert 'class="site unused"' in drawn(view(instance, proposal))
