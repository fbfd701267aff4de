"""The code in the documents runs: every block after the line `<!-- run -->`, from the folder of the project."""

import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

MARKED = re.compile(r"<!-- run -->\s*\n```(python|sh)\n(.*?)\n```", re.DOTALL)


def marked_blocks(text: str) -> list[tuple[str, str]]:
    """Return (language, code) of every marked block of a document."""
    return MARKED.findall(text)


def documents():
    """Return the documents of the project that a reader opens, never those of an installed package."""
    folders = ("docs", "examples", "cohort_opt", "service")
    found = [ROOT / "README.md", *(path for folder in folders for path in (ROOT / folder).rglob("*.md"))]
    return sorted(path for path in found if path.is_file() and "vendor" not in path.parts)


BLOCKS = [
    (f"{path.relative_to(ROOT)}#{number}", language, code)
    for path in documents()
    for number, (language, code) in enumerate(marked_blocks(path.read_text(encoding="utf-8")), start=1)
]


def test_a_marked_block_is_found_and_an_unmarked_one_is_left_alone():
    text = "<!-- run -->\n```python\na = 1\nb = 2\n```\n\n```python\nleft alone\n```\n<!-- run -->\n```sh\ntrue\n```\n"
    assert marked_blocks(text) == [("python", "a = 1\nb = 2"), ("sh", "true")]


def test_some_document_shows_code_that_runs():
    assert any(name.startswith("examples/README.md") for name, _, _ in BLOCKS)


@pytest.mark.parametrize(("language", "code"), [block[1:] for block in BLOCKS], ids=[block[0] for block in BLOCKS])
def test_a_marked_block_runs(language, code):
    command = [sys.executable, "-W", "error", "-c", code] if language == "python" else ["sh", "-euc", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == 0, run.stderr
