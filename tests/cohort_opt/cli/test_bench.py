"""The verb bench on public families: a claim that cannot be true ends with the exit code of a rejected plan."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from cohort_opt.cli.main import main

DATA = Path("tests/data/families")


def bench(*words):
    """Return exit code and output of the verb."""
    answer = CliRunner().invoke(main, ["bench", *map(str, words)])
    return answer.exit_code, answer.output


def test_families_are_solved_and_the_family_that_is_left_out_is_named(tmp_path):
    code, output = bench("--families", DATA / "index.csv", "--only", "tiny", "--time-limit", "5", "--out", tmp_path / "found.csv")
    assert code == 0, output
    assert "4 rows; 1 rows of the family gap are left out" in output
    assert "failures: 0" in output


def test_a_plan_below_a_value_that_the_index_calls_optimal_fails_the_command(tmp_path):
    shutil.copy(DATA / "tiny-pairs.txt", tmp_path)
    # The true optimum is 29.
    (tmp_path / "index.csv").write_text(
        "file,family,format,variant,value,status\ntiny-pairs.txt,holmberg,sscflp-pairs,split=no,31,optimal\n", encoding="utf-8"
    )
    code, output = bench("--families", tmp_path / "index.csv", "--time-limit", "5", "--out", tmp_path / "found.csv")
    assert code == 6, output
    assert "below a known optimum: 29 against 31" in output


def test_the_gate_runs_three_seeds_and_once_more_without_presolve(tmp_path):
    code, output = bench("--families", DATA / "index.csv", "--only", "tiny-pairs", "--gate", "--time-limit", "5", "--out",
                         tmp_path / "found.csv")  # fmt: skip
    assert code == 0, output
    lines = (tmp_path / "found.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[6:8] for line in lines] == [["1", "on"], ["2", "on"], ["3", "on"], ["1", "off"]]


def test_an_engine_that_nobody_knows_is_a_wrong_command_line(tmp_path):
    code, output = bench("--engines", "HiGHS,abacus", "--out", tmp_path)
    assert code == 2
    assert "abacus: name engines of cohort-opt" in output
