"""A matrix of a spreadsheet becomes distances; every wrong cell is named, and what it leaves out stays an estimate."""

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.generate import generate
from cohort_opt.travel import asked_legs, coverage, fill, read_matrix

REGION = generate("A", 1)
SITE = REGION.sites[0].id


def written(folder, name, text):
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_km_and_minutes_of_two_files_become_distances(tmp_path):
    km = written(tmp_path, "km", f"km;{SITE}\nc01;12\nc02;\n")
    minutes = written(tmp_path, "minutes", f"Minutes,{SITE}\nc01,25\n")
    filled = fill(REGION, read_matrix(REGION, (km, minutes)))
    assert [(d.company, d.site, d.km, d.minutes) for d in filled.distances] == [("c01", SITE, 12, 25)]
    # 20 companies, one site: one is given, 19 are estimates.
    assert (coverage(filled).given, coverage(filled).estimated) == (1, 19)
    assert "19 are estimates (great circle" in str(coverage(filled))


def test_a_new_figure_replaces_the_old_one_and_leaves_the_others(tmp_path):
    first = fill(REGION, read_matrix(REGION, (written(tmp_path, "a", f"km;{SITE}\nc01;12\nc02;9\n"),)))
    second = fill(first, read_matrix(first, (written(tmp_path, "b", f"km;{SITE}\nc01;14\n"),)))
    assert {d.company: d.km for d in second.distances} == {"c01": 14, "c02": 9}


def test_every_wrong_cell_is_named(tmp_path):
    path = written(tmp_path, "km", f"km;{SITE};nowhere;{SITE}\nc01;far;1;1\nc99;5\nc01;5\nc02;2001\n")
    with pytest.raises(InstanceError) as refused:
        read_matrix(REGION, (path,))
    assert [(p.pointer, p.code) for p in refused.value.problems] == [
        ("km!C1", "unknown-reference"), ("km!D1", "unknown-reference"), ("km!B2", "out-of-range"), ("km!A3", "unknown-reference"),
        ("km!A4", "unknown-reference"), ("km!B5", "out-of-range"),
    ]  # fmt: skip


def test_minutes_alone_say_too_little(tmp_path):
    with pytest.raises(InstanceError, match="minutes without km, for 1 journeys"):
        read_matrix(REGION, (written(tmp_path, "m", f"minutes;{SITE}\nc01;25\n"),))


def test_the_first_cell_says_what_the_figures_are(tmp_path):
    with pytest.raises(InstanceError, match="km or minutes"):
        read_matrix(REGION, (written(tmp_path, "x", f"miles;{SITE}\nc01;25\n"),))


def test_only_starts_of_lines_are_asked_for():
    region = generate("B", 1, ("areas",))
    starts, sites = asked_legs(region)
    areas = {line.area for line in region.demands if line.area}
    companies = {line.company for line in region.demands if not line.area}
    assert {start.id for start in starts} == areas | companies
    assert len(sites) == 3
