import csv
import datetime as dt
import io

import pytest

from cohort_opt.report.class_lists import Euros, Table, classes_table, members_table, safe_text, to_csv, widths
from cohort_opt.report.view import view
from tests.cohort_opt.report.scenario import build_instance, build_proposal


def read(data):
    assert data.startswith(b"\xef\xbb\xbf"), "without the mark Excel breaks the names"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def cents(text):
    whole, comma, rest = text.partition(",")
    assert comma == ","
    assert len(rest) == 2
    return int(whole) * 100 + int(rest)


def test_classes_read_back_with_the_figures_of_the_proposal(plan):
    rows = read(to_csv(classes_table(plan)))
    assert len(rows) == 4
    for row, item in zip(rows, plan.classes, strict=True):
        assert row["class"] == item.entry.id
        assert (int(row["trainees"]), cents(row["cost_eur"])) == (item.entry.size, item.entry.cost_cents)
        assert dt.date.fromisoformat(row["first_day"]) == item.entry.start
        assert [dt.date.fromisoformat(day) for day in row["teaching_days"].split()] == list(item.entry.dates)


def test_members_read_back_and_their_shares_add_up_to_the_classes(plan):
    rows = read(to_csv(members_table(plan)))
    assert sum(int(row["trainees"]) for row in rows) == 44
    # 4 x 9,500 + 44 x 185 = 46,140
    assert sum(cents(row["share_eur"]) for row in rows) == 4_614_000


def test_a_company_with_two_lines_in_a_class_has_one_row(instance, proposal):
    first = proposal.classes[0]
    seats = first.members[0]
    parts = (
        seats.model_copy(update={"count": 1}),
        seats.model_copy(update={"demand": "avocet-sawing", "count": seats.count - 1}),
    )
    split = first.model_copy(update={"members": (*parts, *first.members[1:])})
    both = view(instance, proposal.model_copy(update={"classes": (split, *proposal.classes[1:])}))
    rows = [row for row in read(to_csv(members_table(both))) if row["class"] == first.id and row["company"] == seats.company]
    # three drilling trainees, counted as 1 + 2
    assert [(row["trainees"], row["demand_lines"]) for row in rows] == [("3", "avocet-drilling (1), avocet-sawing (2)")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_text_that_could_run_as_a_formula_gets_a_leading_quote(start):
    assert safe_text(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["1+1", "a=b", " =1", "Boor & Zaag", ""])
def test_other_text_stays_as_it_is(text):
    assert safe_text(text) == text


def test_no_cell_of_a_hostile_instance_begins_a_formula(hostile):
    both = view(*hostile)
    for table in (classes_table(both), members_table(both)):
        for row in read(to_csv(table)):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in {row["company_name"] for row in read(to_csv(members_table(both)))}


def test_a_negative_amount_stays_a_number():
    table = Table("x", ("gain_eur",), ((Euros(-123_456),), (Euros(-5),), (None,)))
    assert to_csv(table).decode("utf-8-sig").split("\r\n")[1:4] == ["-1234,56", "-0,05", '""']


def test_separators_quotes_and_line_ends_in_names_stay_inside_their_cell():
    table = Table("x", ("name", "count"), (('a;b "c"', 1),))
    assert read(to_csv(table)) == [{"name": 'a;b "c"', "count": "1"}]


def test_columns_are_wide_enough_but_not_endless():
    # two more than the longest text, 60 at most
    assert list(widths(Table("x", ("ab", "cd"), (("x" * 20, "y" * 500),)))) == [22, 60]


def test_the_class_list_tells_level_register_number_and_certificate():
    courses = tuple(
        course.model_copy(update={"level": 2, "crebo": "99001"} if course.id == "drilling" else {"certificate_only": True})
        for course in build_instance().courses
    )
    given = build_instance(courses=courses)
    rows = read(to_csv(classes_table(view(given, build_proposal(given)))))
    told = {(row["course"], row["level"], row["crebo"], row["certificate_only"]) for row in rows}
    assert told == {("drilling", "2", "99001", ""), ("firestop", "", "", "yes"), ("sawing", "", "", "yes")}
