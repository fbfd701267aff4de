"""Verbs travel and holidays: what they print, write and refuse."""

import json

from click.testing import CliRunner

from cohort_opt.cli.exits import BAD_INPUT, OK, TRAVEL_UNKNOWN, USAGE
from cohort_opt.cli.main import main
from cohort_opt.generate import generate
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.write import write_json
from tests.cohort_opt.travel.fake_osrm import running


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def region(folder):
    path = folder / "region.json"
    write_json(generate("A", 1), path)
    return path


def test_a_routing_server_fills_every_journey_and_the_file_keeps_them(tmp_path):
    given, out, cache = region(tmp_path), tmp_path / "out.json", tmp_path / "legs.json"
    with running() as server:
        told = run("travel", "osrm", given, "--server", server.url, "--cache", cache, "--out", out)
    assert (told.exit_code, told.output) == (OK, f"{out}: 20 of 20 journeys have a given distance\n")
    assert len(read_instance(out).distances) == 20
    again = run("travel", "osrm", given, "--server", server.url, "--cache", cache, "--out", out)
    assert again.exit_code == OK, "the server is away, but everything is kept"


def test_a_server_that_is_away_ends_the_run_and_nothing_is_written(tmp_path):
    with running() as server:
        pass
    out = tmp_path / "out.json"
    told = run("travel", "osrm", region(tmp_path), "--server", server.url, "--cache", tmp_path / "c.json", "--out", out)
    assert told.exit_code == TRAVEL_UNKNOWN
    assert "is away (ConnectionError); nothing was guessed" in told.output
    assert not out.exists()


def test_estimates_are_used_only_where_asked_for_and_called_so(tmp_path):
    with running() as server:
        pass
    out = tmp_path / "out.json"
    told = run("travel", "osrm", region(tmp_path), "--server", server.url, "--cache", tmp_path / "c.json", "--out", out,
               "--estimate-missing")  # fmt: skip
    assert told.exit_code == OK
    assert "is away" in told.output
    assert "0 of 20 journeys have a given distance; 20 are estimates" in told.output


def test_a_place_without_a_road_is_named(tmp_path):
    with running() as server:
        server.broken = {"distances": [[None]] * 20, "durations": [[None]] * 20}
        told = run("travel", "osrm", region(tmp_path), "--server", server.url, "--cache", tmp_path / "c.json",
                   "--out", tmp_path / "out.json")  # fmt: skip
    assert "no road from company c01 to site r01-workshop: the estimate stays" in told.output
    assert "20 are estimates" in told.output


def test_a_matrix_is_imported_and_its_errors_are_named_by_cell(tmp_path):
    given, out = region(tmp_path), tmp_path / "out.json"
    matrix = tmp_path / "km.csv"
    matrix.write_text("km;r01-workshop\nc01;12\n", encoding="utf-8")
    assert run("travel", "matrix", given, matrix, "--out", out).exit_code == OK
    assert "1 of 20 journeys have a given distance" in run("travel", "status", out).output
    matrix.write_text("km;r01-workshop\nc01;near\n", encoding="utf-8")
    refused = run("travel", "matrix", given, matrix, "--out", out)
    assert refused.exit_code == BAD_INPUT
    assert "km!B2" in refused.output


def test_holidays_of_a_region_and_year_are_listed():
    told = run("holidays", "--region", "north", "--year", 2027, "--kind", "public")
    assert told.exit_code == OK
    # Easter Monday 2027 is 29 March.
    assert "2027-03-29 to 2027-03-29  Easter Monday" in told.output
    every = run("holidays", "--region", "north", "--year", 2026)
    assert [line for line in every.output.splitlines() if not line.startswith(" ")] == [
        "nl-public", "nl-school-north", "nl-building-north",
    ]  # fmt: skip


def test_a_kind_of_holiday_that_is_not_set_yet_is_named_and_the_others_are_listed():
    # The building trade's advice dates that the project keeps are those of 2017, 2023, 2024 and 2026.
    every = run("holidays", "--region", "north", "--year", 2027)
    assert every.exit_code == OK
    assert "Holidays[nl-building-north]: 2027:" in every.output
    assert "nl-school-north\n" in every.output
    assert run("holidays", "--region", "north", "--year", 2027, "--kind", "building").exit_code == BAD_INPUT


def test_holidays_come_as_closed_days_of_a_calendar():
    told = run("holidays", "--region", "south", "--year", 2027, "--kind", "school", "--json")
    periods = json.loads(told.output)
    assert periods
    assert set(periods[0]) == {"first", "last", "name"}


def test_a_year_without_data_and_a_region_that_is_none_are_refused():
    refused = run("holidays", "--region", "north", "--year", 2090, "--kind", "school")
    assert refused.exit_code == BAD_INPUT
    assert "[unknown-year]" in refused.output
    assert run("holidays", "--region", "east", "--year", 2027).exit_code == USAGE
