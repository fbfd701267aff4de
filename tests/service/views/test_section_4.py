"""Section 4 of `reliability.md` has 74 rows; each has a test that sends the bad input and looks at the answer."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
ROWS = range(1, 75)


def test_every_row_has_a_test():
    told = set()
    for path in TESTS.rglob("test_*.py"):
        for numbers in re.findall(r"^@pytest\.mark\.row\(([0-9, ]+)\)", path.read_text(), re.MULTILINE):
            told |= {int(number) for number in numbers.split(",")}
    assert sorted(told) == list(ROWS)
