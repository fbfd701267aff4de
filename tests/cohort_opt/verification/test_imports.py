"""The judge shares nothing with the solver: what importing it brings along, and what its files name."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import cohort_opt.verification

ROOM = Path(cohort_opt.verification.__file__).parent
FOREIGN = ("ortools", "numpy", "scipy", "pandas", "flask", "click", "highspy")
ALLOWED = ("cohort_opt.errors", "cohort_opt.problem.fields", "cohort_opt.problem.instance", "cohort_opt.problem.records",
           "cohort_opt.solution", "cohort_opt.proposal", "cohort_opt.verification",
           "pydantic")  # fmt: skip


def _run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_importing_the_judge_brings_neither_solver_nor_arrays():
    loaded = _run("import sys, cohort_opt.verification; print(*sys.modules)")
    assert "cohort_opt.verification.verify_proposal" in loaded
    assert {name.partition(".")[0] for name in loaded}.isdisjoint(FOREIGN)
    shared = {name for name in loaded if name.startswith(("cohort_opt.model", "cohort_opt.solver", "cohort_opt.cost_sharing"))}
    assert shared == set()


def test_the_judge_works_where_the_solver_cannot_be_imported():
    block = "import sys; sys.modules['ortools'] = sys.modules['numpy'] = None"
    assert _run(f"{block}; import cohort_opt.verification as judge; print(judge.verify.__name__)") == ["verify"]


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOM)))
def test_a_file_of_the_judge_names_only_what_it_may_know(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names or name.startswith(ALLOWED), f"{path.name} imports {name}"
