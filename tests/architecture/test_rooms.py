"""The house itself: every room has its note on the door, no drawer is called `utils`, nothing happens at import."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, modules

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "stuff"}
"""Names of rooms without a noun."""


def rooms() -> list[Path]:
    """Return every folder directly below a package that holds modules, and the service itself."""
    folders = {module.path.parent for module in modules()}
    top = {ROOT / "cohort_opt", ROOT / "service"}
    return sorted({folder for folder in folders if folder.parent in top} | {ROOT / "service"})


def test_there_are_rooms():
    assert {"problem", "model", "solver", "verification", "generate"} <= {room.name for room in rooms()}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_a_room_has_a_readme_of_at_most_ten_lines(room):
    readme = room / "README.md"
    assert readme.is_file(), f"{room.relative_to(ROOT)} has no README.md: what lives here, and what must never"
    lines = readme.read_text(encoding="utf-8").splitlines()
    assert 2 <= len(lines) <= 10


def test_no_module_has_a_name_without_a_noun():
    tests = [path.relative_to(ROOT).with_suffix("").parts for path in (ROOT / "tests").rglob("*.py")]
    names = [tuple(module.name.split(".")) for module in modules()] + tests
    assert [name for name in names if NAMELESS & set(name)] == []


def test_the_library_neither_prints_nor_reads_clock_or_environment():
    forbidden = {
        "print", "input", "os.environ", "os.getenv", "datetime.now", "dt.datetime.now", "datetime.today", "dt.datetime.today",
        "dt.date.today", "date.today", "time.time", "uuid.uuid4", "random.random",
    }  # fmt: skip
    found = []
    for module in modules():
        if module.room in ("cohort_opt.cli", "cohort_opt.bench") or not module.name.startswith("cohort_opt"):
            continue
        for node in ast.walk(module.tree):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ast.unparse(node) if _is_dotted(node) else ""
            if called in forbidden:
                found.append(f"{module.name}:{node.lineno} {called}")
    assert found == []


def _is_dotted(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)


def test_importing_every_module_does_nothing_visible(tmp_path):
    names = [module.name for module in modules() if not module.name.endswith("__main__")]
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\n"
    command = [sys.executable, "-W", "error", "-c", program, *names]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_names_neither_an_address_nor_a_place_on_a_disk():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert sum("==" in line for line in lines) > 50
    wrong = [line for line in lines if "://" in line or re.search(r"(^|[\s@=])(/|~|[A-Za-z]:\\)", line)]
    assert wrong == []
    pinned = [line for line in lines if "==" in line and not line.lstrip().startswith("#")]
    assert all("--hash=sha256:" in text for text in _entries(lines)), "every pinned package carries its hash"
    assert pinned


def _entries(lines: list[str]) -> list[str]:
    """Return each pinned package with its continued lines as one text."""
    text = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    return [line for line in text.splitlines() if "==" in line]
