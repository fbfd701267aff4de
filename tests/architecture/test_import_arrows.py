"""Who may know whom: the arrows of the house, read from the source; also inside functions and for typing."""

import subprocess
import sys

import pytest

from tests.architecture.source import Import, imports, imports_from, is_within, module_names, modules

BASE = {"errors", "problem", "solution", "proposal"}
MAY_KNOW: dict[str, set[str]] = {
    "errors": set(),
    "problem": {"errors"},
    "solution": {"errors", "problem"},
    "proposal": {"errors", "problem", "solution"},
    "generate": {"errors", "problem"},
    "travel": {"errors", "problem"},
    "packs": BASE,
    "model": BASE,
    "verification": BASE,
    "cost_sharing": BASE,
    # cost_sharing defines the protocols that solver implements.
    "solver": {*BASE, "model", "cost_sharing"},
    # The plain records of solver, verification and cost_sharing; never the model.
    "explanation": {*BASE, "solver", "verification", "cost_sharing", "packs"},
    "analysis": {*BASE, "solver", "verification", "cost_sharing", "explanation", "packs", "planning", "compose"},
    "compose": {*BASE, "solver", "verification", "cost_sharing", "explanation", "packs"},
    "planning": {*BASE, "solver", "verification", "cost_sharing", "explanation", "packs", "compose"},
    "report": {*BASE, "planning", "packs", "explanation", "cost_sharing", "verification"},
    "bench": {*BASE, "generate", "model", "solver", "verification", "cost_sharing", "planning", "compose", "analysis"},
    "cli": {*BASE, "generate", "solver", "verification", "cost_sharing", "explanation", "analysis", "planning", "compose",
            "report", "packs", "bench", "travel"},
}  # fmt: skip
"""For each room of `cohort_opt`: the rooms that it may import. A new room gets a line here, and a sentence in style."""

ONLY_IN: dict[str, tuple[str, ...]] = {
    "ortools": ("cohort_opt.model", "cohort_opt.solver", "cohort_opt.bench"),
    "highspy": ("cohort_opt.bench",),
    "flask": ("service", "service.views"),
    "flask_openapi": ("service", "service.views"),
    "dask": ("service.jobs",),
    "distributed": ("service.jobs",),
    "sqlalchemy": ("service.store", "service.services"),
    "click": ("cohort_opt.cli", "service.cli"),
    "holidays": ("cohort_opt.generate", "cohort_opt.problem"),
    "openpyxl": ("cohort_opt.problem", "cohort_opt.report"),
}
"""Packages that few rooms may name. `service` alone means `service/__init__.py`, not everything below it."""

JUDGE_MAY_READ = {"cohort_opt.problem.instance", "cohort_opt.problem.records", "cohort_opt.problem.fields"}


def room_of(name: str) -> str:
    """Return the room inside the library: `solver` for `cohort_opt.solver.sat`; empty for the front door."""
    return name.split(".")[1] if "." in name else ""


def said(found: list[Import]) -> list[str]:
    return [str(item) for item in found]


def test_there_is_something_to_read():
    assert {"cohort_opt.problem.instance", "cohort_opt.solver.solve", "cohort_opt.verification.verify"} <= module_names()
    assert len(imports()) > 500


def test_every_room_of_the_library_has_its_arrows_written_down():
    rooms = {room_of(module.name) for module in modules() if module.name.startswith("cohort_opt.")}
    assert rooms <= set(MAY_KNOW), "add the new room to MAY_KNOW and to the picture of who may know whom"


@pytest.mark.parametrize("room", sorted(MAY_KNOW))
def test_a_room_knows_only_what_its_arrows_allow(room):
    own = imports_from(f"cohort_opt.{room}")
    wrong = [
        item
        for item in own
        if is_within(item.target, "cohort_opt", "service") and room_of(item.target) not in {room, *MAY_KNOW[room]}
    ]
    assert said(wrong) == []


def test_the_arrows_themselves_never_turn_back():
    order = list(MAY_KNOW)
    reached: dict[str, set[str]] = {}
    while len(reached) < len(order):
        ready = [room for room in order if room not in reached and MAY_KNOW[room] <= set(reached)]
        assert ready, f"a cycle among {sorted(set(order) - set(reached))}"
        reached |= {room: MAY_KNOW[room] for room in ready}


def test_modules_do_not_import_each_other_in_a_circle():
    graph: dict[str, set[str]] = {name: set() for name in module_names()}
    for item in imports():
        if item.target in graph and item.target != item.importer and item.target not in ("cohort_opt", "service"):
            graph[item.importer].add(item.target)
    done: set[str] = set()
    while len(done) < len(graph):
        ready = [name for name, targets in graph.items() if name not in done and targets <= done]
        if not ready:
            circle = _circle({name: targets - done for name, targets in graph.items() if name not in done})
            raise AssertionError(" -> ".join(circle))
        done |= set(ready)


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """Return one circle of a graph in which every node has a successor."""
    path = [min(graph)]
    while path[-1] not in path[:-1]:
        path.append(min(graph[path[-1]]))
    return path[path.index(path[-1]) :]


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_a_package_is_named_only_where_it_belongs(package):
    rooms = ONLY_IN[package]
    wrong = [
        item
        for item in imports()
        if item.target.split(".")[0] == package
        and not any(item.importer == room or (room != "service" and is_within(item.importer, room)) for room in rooms)
    ]
    assert said(wrong) == []


def test_the_judge_reads_the_records_and_nothing_that_the_search_reads():
    found = imports_from("cohort_opt.verification")
    assert len(found) > 50
    wrong = [item for item in found if is_within(item.target, "cohort_opt.problem") and item.target not in JUDGE_MAY_READ]
    wrong += [item for item in found if item.target.split(".")[0] in ("numpy", "ortools")]
    assert said(wrong) == []


def test_the_judge_runs_where_no_solver_and_no_numpy_is_installed():
    program = (
        "import sys\n"
        "sys.modules['ortools'] = sys.modules['numpy'] = None\n"
        "import cohort_opt.verification.verify, cohort_opt.verification.verify_proposal\n"
        "from cohort_opt import Instance, verify_proposal\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_nobody_imports_the_commands_or_the_pages():
    wrong = [
        item
        for item in imports()
        for closed, may in (
            ("cohort_opt.cli", ("cohort_opt.cli",)),
            ("service.cli", ("service.cli",)),
            ("service.views", ("service.views",)),
        )
        if is_within(item.target, closed)
        and not is_within(item.importer, *may)
        # The application factory is the only place where parts meet.
        and not (closed == "service.views" and item.importer == "service")
    ]
    assert said(wrong) == []


def test_the_service_enters_the_library_by_its_front_door():
    found = [item for item in imports_from("service") if is_within(item.target, "cohort_opt")]
    assert found
    assert said([item for item in found if item.target != "cohort_opt"]) == []


def test_the_library_knows_neither_the_service_nor_its_own_front_door():
    wrong = [item for item in imports_from("cohort_opt") if item.target == "cohort_opt" or is_within(item.target, "service")]
    assert said(wrong) == []


def test_pages_and_commands_go_through_the_services():
    store = [item for item in imports_from("service.views") if is_within(item.target, "service.store")]
    assert said(store) == []
    upward = [item for item in imports_from("service.services", "service.store") if is_within(item.target, "service.views")]
    assert said(upward) == []
