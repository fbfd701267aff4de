import re

import pytest

from cohort_opt.report.page import render_page
from cohort_opt.report.svg import NAMESPACE
from cohort_opt.report.view import view
from cohort_opt.solution import SolveStatus
from tests.cohort_opt.report.pagecheck import Page
from tests.cohort_opt.report.scenario import build_instance, build_proposal, without_plan


@pytest.fixture(scope="module")
def page(plan):
    return Page(render_page(plan))


@pytest.fixture(scope="module", params=["plan", "hostile", "infeasible", "out_of_time", "empty"])
def any_html(request, instance):
    value = request.getfixturevalue(request.param)
    if request.param in ("hostile", "empty"):
        return render_page(view(*value))
    return render_page(value if request.param == "plan" else view(instance, value))


def test_the_headline_says_who_sits_how_well_it_is_proven_and_that_it_was_checked(page):
    assert "44 of 46 trainees in 4 classes" in page.text
    # gap: 670.00 of 61,430.40 = 1.09 %
    assert "proven within 1.1 % of the best possible" in page.text
    assert "checked by an independent verifier: yes" in page.text


def test_every_class_company_reason_and_rule_is_on_the_page(page, plan):
    reasons = [r for c in plan.proposal.classes for r in c.reasons] + [r for u in plan.proposal.unplaced for r in u.reasons]
    wanted = [c.name for c in plan.instance.companies] + [c.course.name for c in plan.classes]
    wanted += [c.site.name for c in plan.classes] + [r.sentence for r in reasons] + [v.rule for v in plan.proposal.verification]
    assert [text for text in wanted if text not in page.text] == []
    assert [attrs["id"] for attrs in page.all("article")] == ["class-1", "class-2", "class-3", "class-4"]


def test_dates_stand_with_their_iso_week(page):
    # 2027-01-04 is the Monday of week 1, so 8 March, nine weeks on, is the Monday of week 10
    assert "Mon 8 – Fri 12 Mar 2027" in page.text
    assert "week 10 · 5 days" in page.text
    # fire stopping: Wednesdays 10 Mar to 14 Apr
    assert "weeks 10–15 · 6 days, always Wed" in page.text


def test_a_class_shows_its_size_against_minimum_and_maximum_and_its_price(page):
    assert "11 of 12 seats taken, opens from 8" in page.text
    # 9,500 + 11 x 185 = 11,535; a seat 1,048.636..., rounded up to the cent
    assert "€1,048.64 per seat" in page.text
    assert "the class costs €11,535.00" in page.text


def test_the_price_of_waiting_is_marked_as_not_real_money_and_stays_out_of_the_sums(page, plan):
    assert "Waiting avoided not real money" in page.text
    together = sum(entry.together_cents for entry in plan.proposal.pooling)
    assert f"€{together // 100:,}.{together % 100:02d}" in page.text
    with_waiting = together + sum(entry.waiting_avoided_cents for entry in plan.proposal.pooling)
    assert f"€{with_waiting // 100:,}.{with_waiting % 100:02d}" not in page.text


def test_the_objective_stands_term_by_term_beside_its_sum_and_bound(page, plan):
    terms = plan.proposal.objective_terms.model_dump()
    assert sum(terms.values()) == plan.proposal.objective_cents
    for cents in (*terms.values(), plan.proposal.objective_cents, plan.proposal.bound_cents):
        assert f"€{cents // 100:,}.{cents % 100:02d}" in page.text


def test_the_provenance_names_what_is_needed_to_make_the_plan_again(page, plan):
    for text in (plan.proposal.instance_fingerprint, "ortools 9.15.0", "60.0 deterministic seconds", "cp-sat", "same bytes"):
        assert text in page.text


def test_the_page_has_no_script_and_asks_nothing_of_the_network(any_html):
    page = Page(any_html)
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    for tag, attrs in page.elements:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], tag
        assert attrs.get("href", "#").startswith("#")
        assert "src" not in attrs
    assert "http" not in any_html.replace(NAMESPACE, "").lower()
    assert not re.search(r"url\((?!#)|@import", any_html)


def test_the_page_is_well_formed_and_all_ids_are_unique(any_html):
    page = Page(any_html)
    assert page.unbalanced == []
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))


def test_every_reference_inside_the_page_has_its_target(any_html):
    page = Page(any_html)
    targets = [attrs["href"][1:] for attrs in page.all("a")]
    targets += [part for _, attrs in page.elements for part in attrs.get("aria-labelledby", "").split()]
    targets += re.findall(r'url\(#([^)]+)\)"', any_html)
    assert set(targets) <= set(page.ids)
    assert targets


def test_every_picture_has_a_text_or_is_marked_as_ornament(any_html):
    for attrs in Page(any_html).all("svg"):
        is_ornament = attrs.get("aria-hidden") == "true"
        has_text = attrs.get("role") == "img" and (attrs.get("aria-label") or attrs.get("aria-labelledby"))
        assert is_ornament or has_text, attrs


def test_a_table_stands_beneath_each_picture(page):
    order = [attrs.get("id") or tag for tag, attrs in page.elements if tag in ("section", "figure", "table")]
    for section in ("map", "timeline"):
        at = order.index(section)
        assert order[at + 1 : at + 3] == ["figure", "table"]


def test_hostile_names_are_shown_as_text(hostile):
    html = render_page(view(*hostile))
    page = Page(html)
    for name in ("<script>alert(1)</script>", "{{7*7}}", "=1+1", "</title><b>&amp;", '"><img src=x onerror=y>', "${x}%n '--"):
        assert name in page.text
    assert not page.tags & {"script", "img", "b", "u"}


def test_without_a_plan_the_page_says_so_with_the_conflict_and_shows_no_class(instance, infeasible):
    page = Page(render_page(view(instance, infeasible)))
    assert "No plan is possible" in page.text
    assert "no set of classes can keep all rules and pins" in page.text
    for member in infeasible.conflict.members:
        assert member in page.text
    assert "without any one of them a plan exists" in page.text
    assert page.all("article") == []
    assert "independent verifier" not in page.text


def test_a_conflict_that_is_only_claimed_is_called_so(instance, infeasible):
    claimed = infeasible.conflict.model_copy(update={"checked": False})
    page = Page(render_page(view(instance, without_plan(instance, SolveStatus.INFEASIBLE, conflict=claimed))))
    assert "as the solver claims it; not solved again alone" in page.text
    assert "without any one of them a plan exists" not in page.text


def test_no_solution_in_time_is_not_called_impossible(instance, out_of_time):
    page = Page(render_page(view(instance, out_of_time)))
    assert "No plan was found in time" in page.text
    assert "Whether one exists is not known" in page.text
    assert "impossible" not in page.text
    assert "raise the limit" in page.text


def test_an_empty_round_is_an_answer_of_its_own(empty):
    page = Page(render_page(view(*empty)))
    assert "Nothing to plan" in page.text
    assert "Nobody asked for a seat." in page.text
    assert page.all("article") == []


def test_a_plan_that_the_judge_did_not_pass_says_so_loudly(instance):
    verdict = build_proposal(instance).verification[0].model_copy(update={"violations": ("class 1 has 13 seats",)})
    page = Page(render_page(view(instance, build_proposal(instance, verified=False, verification=(verdict,)))))
    assert "NO, do not use this plan" in page.text
    assert "✗ broken" in page.text
    assert "class 1 has 13 seats" in page.text


def test_an_optimal_plan_is_proven_best_and_a_plan_without_bound_is_not_proven():
    small = build_instance()
    best = build_proposal(small, status=SolveStatus.OPTIMAL, bound_cents=build_proposal(small).objective_cents, gap=0.0)
    assert "proven best: no plan is cheaper" in Page(render_page(view(small, best))).text
    loose = build_proposal(small, bound_cents=None, gap=None, bound_source="none", reproducible=False)
    page = Page(render_page(view(small, loose)))
    assert "not proven: no bound is known" in page.text
    assert "not reproducible: a clock cut the search" in page.text
    assert "Proven bound" not in page.text


def test_a_long_list_of_who_waits_is_folded_by_course_the_most_wanted_first(instance, proposal, monkeypatch):
    ruff, other = proposal.unplaced[0], proposal.unplaced[0].model_copy(update={"course": "drilling", "count": 1})
    folded = proposal.model_copy(update={"unplaced": (other, ruff)})
    monkeypatch.setattr("cohort_opt.report.page.MOST_OPEN", 1)
    html = render_page(view(instance, folded))
    # 2 of ruff in sawing come before 1 in drilling; the journeys of 20 companies are folded too.
    assert re.findall(r"<summary>(.*?)</summary>", html) == [
        "Table of journeys: 20 companies", "Wall sawing: 2 trainees of 1 line", "Diamond drilling, basic: 1 trainee of 1 line",
    ]  # fmt: skip
    assert ruff.reasons[0].sentence in Page(html).text


def test_a_short_list_stands_open(page):
    assert not page.all("details")


def test_a_card_tells_the_qualification_of_its_course():
    courses = tuple(course.model_copy(update={"level": 2, "crebo": "99001"}) for course in build_instance().courses)
    given = build_instance(courses=courses)
    assert Page(render_page(view(given, build_proposal(given)))).text.count("level 2 · crebo 99001") == 4
