"""The benchmark measures, judges and writes; what it measures is asserted nowhere."""

import csv

from cohort_opt.bench.measure import Measured
from cohort_opt.bench.sizes import Line, bench_sizes, table


def test_every_engine_is_judged_and_written_down(tmp_path):
    told = []
    lines = bench_sizes(["A"], [1], tmp_path, told.append, engines=("cohort-opt", "HiGHS", "greedy"))
    assert [line.verdict for line in lines] == ["proven", "proven", "within"]
    ours, highs, greedy = (line.run for line in lines)
    assert ours.objective == highs.objective <= greedy.objective
    assert ours.bound == ours.objective
    assert len(told) == 3
    assert "HiGHS" in (tmp_path / "gap-A-1.svg").read_text(encoding="utf-8")
    with (tmp_path / "bench.csv").open() as file:
        assert [row["engine"] for row in csv.DictReader(file)] == ["cohort-opt", "HiGHS", "greedy"]


def test_the_table_gives_median_and_spread_and_names_what_the_judge_found():
    lines = [Line("A", Measured("x", seed, 100 * seed, 100, faults, "", 1.0, 50.0), 100)
             for seed, faults in ((1, ()), (2, ()), (5, ("r1#1: 7 trainees",)))]  # fmt: skip
    row = table(lines).splitlines()[-1]
    # Gaps to the bound of 100: 0, (200 - 100) / 200 and (500 - 100) / 500.
    assert "50.00% (0.00% to 80.00%)" in row
    assert "r1#1: 7 trainees" in row
