import unicodedata

import pytest

from cohort_opt.report import summary_table
from tests.cohort_opt.report.scenario import build_instance, build_proposal


def columns(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_classes_prices_and_the_one_who_waits_are_in_the_table(instance, proposal):
    text = summary_table(instance, proposal)
    assert text.startswith("44 of 46 trainees in 4 classes\n")
    assert "4  Wall sawing              Workshop Island  Mon 12 – Wed 21 Apr 2027" in text
    assert "12 of 12    €976.67" in text
    assert "Ruff Constructie: 2 of 2 in Wall sawing" in text
    assert "one class holds 12, two need 16" in text
    for entry in proposal.pooling:
        if entry.placed:
            assert f"€{entry.together_cents // 100:,}.{entry.together_cents % 100:02d}" in text


def test_the_status_line_has_objective_bound_and_gap(instance, proposal):
    text = summary_table(instance, proposal)
    assert "status: feasible; proven within 1.1 % of the best possible" in text
    assert "checked by an independent verifier: yes" in text
    # 670.00 / 61,430.40
    assert "(cp-sat), gap 1.09 %" in text


def test_companies_that_would_wait_alone_have_no_gain(instance, proposal):
    line = next(line for line in summary_table(instance, proposal).splitlines() if line.startswith("Fulmar"))
    assert line.split()[-3:] == ["would", "wait", "–"]


def test_no_line_is_wider_than_100_columns(hostile):
    long = "Very long company name with many words " * 4
    base = build_instance()
    companies = [company.model_copy(update={"name": (long + company.id)[:200]}) for company in base.companies]
    courses = [course.model_copy(update={"name": "混凝土钻孔" * 20}) for course in base.courses]
    wide = build_instance(companies=companies, courses=courses)
    for instance, proposal in ((wide, build_proposal(wide)), hostile):
        assert max(columns(line) for line in summary_table(instance, proposal).splitlines()) <= 100


def test_without_a_plan_the_table_says_what_clashes(instance, infeasible, out_of_time):
    text = summary_table(instance, infeasible)
    assert "No plan is possible" in text
    assert all(member in text for member in infeasible.conflict.members)
    assert "verifier" not in text
    text = summary_table(instance, out_of_time)
    assert "No plan was found in time" in text
    assert "Whether one exists is not known." in " ".join(text.split())


def test_an_empty_round_says_that_nobody_asked(empty):
    assert "There is nothing to plan: nobody asked for a seat." in summary_table(*empty)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_loss_can_be_printed_on_every_terminal(instance, proposal, encoding):
    dear = tuple(entry.model_copy(update={"gain_cents": -1_00}) for entry in proposal.pooling)
    text = summary_table(instance, proposal.model_copy(update={"pooling": dear}))
    assert "-€1.00" in text.encode(encoding).decode(encoding)


def test_a_long_list_is_counted_in_the_terminal(instance, proposal):
    entry, pooled = proposal.unplaced[0], proposal.pooling[0]
    many = proposal.model_copy(update={"unplaced": (entry,) * 13, "pooling": (pooled,) * 45})
    text = summary_table(instance, many)
    # 13 - 10 lines of 2 trainees each; 45 - 40 companies
    assert "and 3 lines more with 6 trainees; the page names them all" in text
    assert "5 companies more, see the page" in text
