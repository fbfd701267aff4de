"""The verb late: three best classes for a line that came too late."""

import json

import pytest
from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK, USAGE
from cohort_opt.cli.main import main
from tests.builders import RUN, demand, two_companies_one_class


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def planned(tmp_path):
    file = tmp_path / "instance.json"
    file.write_text(two_companies_one_class().canonical_json(), encoding="utf-8")
    assert run("propose", file, "--out", tmp_path / "out", "--quiet").exit_code == OK
    return file, tmp_path / "out"


def test_a_late_line_is_offered_the_class_with_free_seats(planned):
    answer = run("late", *planned, "--company", "acme", "--course", "drilling", "--seats", 1)
    assert answer.exit_code == OK
    # ceil((950,000 + 10 x 18,500) / 10) = 113,500; nine paid ceil(1,116,500 / 9) = 124,056.
    assert f"{RUN}#1" in answer.output
    assert "1,135.00 EUR a seat (now 1,240.56)" in answer.output


def test_a_line_from_a_file_may_use_every_field_and_the_answer_is_a_document(planned, tmp_path):
    line = tmp_path / "line.json"
    line.write_text(demand("late", company_id="acme", count=1, max_seat_price_cents=113_499).model_dump_json(), encoding="utf-8")
    document = json.loads(run("late", *planned, "--line", line, "--json").output)
    assert document["fits"] == []
    assert document["refused"] == [{"class": f"{RUN}#1", "rule": "price_cap"}]


def test_more_than_the_free_seats_has_no_fit_and_an_unknown_company_is_named(planned):
    assert (
        "no open class can take the whole line"
        in run("late", *planned, "--company", "acme", "--course", "drilling", "--seats", 4).output
    )
    unknown = run("late", *planned, "--company", "nobody", "--course", "drilling", "--seats", 1)
    assert unknown.exit_code == BAD_INPUT


def test_a_line_that_is_not_named_is_a_wrong_command(planned):
    assert run("late", *planned, "--company", "acme").exit_code == USAGE
