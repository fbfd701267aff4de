"""Every numbered script of `examples/` runs, says what its docstring promises, and is told of in the README."""

import json
import re
import subprocess
import sys

import pytest

from cohort_opt import read_instance
from tests.examples.folders import EXAMPLES, read_example

SCRIPTS = sorted(path.name for path in EXAMPLES.glob("[0-9][0-9]_*.py"))

FOLDERS = ("core_split", "gap_number", "national_pool", "price_cap", "region_b", "rotterdam")


def output_of(script: str) -> str:
    """Run the script as a newcomer does, warnings as errors, and return what it prints."""
    command = [sys.executable, "-W", "error", str(EXAMPLES / script)]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert run.returncode == 0, run.stderr
    return re.sub(r"[ ]+", " ", run.stdout)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_runs_and_prints(script):
    assert output_of(script).strip()


def test_five_and_four_share_one_class():
    printed = output_of("01_pool_two_companies.py")
    assert "9 of 9 trainees in 1 class" in printed
    # 950,000 + 9 x 18,500 = 1,116,500 cents; a ninth of it is 124,055.6, rounded up 1,240.56 euros.
    assert "€1,240.56" in printed


def test_fourteen_have_three_ways_out():
    lines = output_of("02_gap_number.py").splitlines()
    # 9,500 + 12 x 185 + 2 x 6,000 = 23,720; 2 x 9,500 + 14 x 185 = 21,590; 2 x 9,500 + 16 x 185 = 21,960 euros.
    assert lines == [
        "as asked classes of 12 2 wait 23,720 euros, optimal",
        "with a minimum of seven classes of 7 and 7 0 wait 21,590 euros, optimal",
        "with two more trainees classes of 8 and 8 0 wait 21,960 euros, optimal",
    ]


def test_a_tenth_trainee_makes_the_seat_cheap_enough():
    without, together = output_of("03_price_cap.py").split("with cedar")
    assert without.startswith("without cedar: 0 trained")
    # (950,000 + 10 x 18,500) / 10 = 113,500 cents.
    assert "class of 10, a seat costs 1,135.00 euros" in together


def test_the_country_fills_what_the_region_cannot():
    alone, pool = output_of("04_national_pool.py").split("The national pool")
    assert "first module 3 asked no class 3 wait" in alone
    assert "sawing 14 asked 12 2 wait" in alone
    assert "first module 12 asked 12 0 wait" in pool
    assert "0 wait" in pool.split("sawing 21 asked")[1]


def test_each_folder_has_exactly_one_document_and_it_is_a_valid_instance():
    for folder in FOLDERS:
        assert [path.name for path in (EXAMPLES / folder).glob("*.json")] == ["instance.json"]
        assert read_instance(EXAMPLES / folder / "instance.json") == read_example(folder)


def test_the_workbook_says_the_same_as_the_document():
    assert read_instance(EXAMPLES / "rotterdam" / "instance.xlsx") == read_example("rotterdam")


def test_the_readme_tells_of_every_script_and_folder():
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    folders = [path.name for path in EXAMPLES.iterdir() if path.is_dir() and any(path.iterdir())]
    missing = [name for name in (*SCRIPTS, *folders) if f"`{name}" not in readme]
    assert missing == []


def test_every_company_of_the_examples_is_plainly_invented():
    for folder in FOLDERS:
        companies = json.loads((EXAMPLES / folder / "instance.json").read_text(encoding="utf-8"))["companies"]
        assert [company["name"] for company in companies if not company["name"].startswith(("Example ", "Company "))] == [], (
            folder
        )


def test_the_usual_price_loses_a_company_and_the_core_split_keeps_it():
    printed = output_of("06_core_split.py")
    equal, rest = printed.split("proportional_to_stand_alone:")
    proportional, core = rest.split("core:")
    # 6,000 + 12 x 400 = 10,800, 900 a seat; three seats elsewhere cost 1,500, so cedar pays 1,200 too much and leaves.
    assert "cedar 2,700.00 euros, alone 1,500.00: 1,200.00 too much" in equal
    assert "cedar would pay 1,200.00 less apart" in equal
    # Nine seats: (6,000 + 9 x 400) / 9 = 1,066.67 a seat.
    assert "without cedar: a class of 9, a seat costs 1,066.67 euros" in core
    # Alone 8,000 + 7,600 + 1,500 = 17,100: cedar 10,800 x 1,500 / 17,100 = 947.37. The others: 9,852.63; nine cost 9,600.
    assert "cedar 947.37 euros" in proportional
    assert "alder and birch would pay 252.63 less apart" in proportional
    # Core: cedar between 10,800 - 9,600 = 1,200 and 1,500; nearest to 900 a seat is 1,500. The others: 9,300 / 9 a seat.
    assert "alder 5,166.67 euros" in core
    assert "cedar 1,500.00 euros" in core
    assert "nobody gains by leaving" in core
