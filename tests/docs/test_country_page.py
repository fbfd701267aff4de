"""The page about a country is built from what was measured; what is checked in is what the figures say."""

import importlib.util
import json
import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def _builder():
    spec = importlib.util.spec_from_file_location("country_page", DOCS / "country" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_checked_in_page_is_current():
    assert (DOCS / "country.md").read_text(encoding="utf-8") == _builder().page(), "run: python docs/country/build.py"


def test_every_figure_of_the_page_is_a_measured_one():
    words = (DOCS / "country" / "text.md").read_text(encoding="utf-8")
    assert "{{" not in _builder().page()
    # Numbers in the words themselves: 4 processes and 128 regions are settings, 1 to 4 are list marks.
    assert set(re.findall(r"(?<![\w=])\d[\d.,]*\b", words)) <= {"4", "128", "1.", "2.", "3.", "4.", "1", "2", "3"}


def test_every_run_gave_the_same_bytes():
    found = json.loads((DOCS / "country" / "measured.json").read_text(encoding="utf-8"))
    assert {(row["engine"], row["workers"]) for row in found["rows"]} == {
        (engine, workers) for engine in ("processes", "machines") for workers in (1, 2, 4)
    }
    assert all(row["same_bytes"] for row in found["rows"])
    assert len({row["sha256"] for row in found["rows"]}) == 1
