"""The benchmark measures, judges and writes; what it measures is asserted nowhere."""

import csv

from cohort_opt.bench.run import Row, bench_sizes, table


def test_every_engine_is_judged_and_written_down(tmp_path):
    told = []
    rows = bench_sizes(["A"], 1, tmp_path, told.append, engines=("cohort-opt", "HiGHS", "greedy"))
    assert [row.verdict for row in rows] == ["ok", "ok", "ok"]
    ours, highs, greedy = rows
    assert ours.objective == highs.objective <= greedy.objective
    assert ours.bound == ours.objective
    assert len(told) == 3
    with (tmp_path / "bench.csv").open() as file:
        assert [row["engine"] for row in csv.DictReader(file)] == ["cohort-opt", "HiGHS", "greedy"]


def test_the_table_gives_median_and_spread_and_names_what_the_judge_found():
    rows = [Row("A", seed, "x", 100 * seed, 100.0, gap, verdict, 1.0, 50.0)
            for seed, gap, verdict in ((1, 0.0, "ok"), (2, 0.1, "ok"), (3, 0.5, "class_size"))]  # fmt: skip
    line = table(rows).splitlines()[-1]
    assert "10.00% (0.00% to 50.00%)" in line
    assert "class_size" in line
