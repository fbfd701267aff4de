"""Verb propose: an instance in, a verified proposal and its files out."""

import json
import platform
import resource
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cohort_opt.analysis.compare import FIGURES, euros
from cohort_opt.cli.exits import STATUS_CODES, plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.part_folder import PartFolder
from cohort_opt.cli.reasons import all_reasons
from cohort_opt.explanation.language import Language
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.scenario import apply, read_scenario
from cohort_opt.proposal import Proposal
from cohort_opt.report import summary_table, write_report
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.solver.part_pool import part_pool
from cohort_opt.solver.result import Progress

DEFAULTS = SolveParams()


@click.command("propose")
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the proposal's files.")
@click.option("--time-limit", type=click.FloatRange(0.1, 86_400), default=DEFAULTS.time_limit_seconds, show_default=True,
              help="Wall clock seconds; a plan that it cuts says reproducible: false.")  # fmt: skip
@click.option("--deterministic-limit", type=click.FloatRange(0.001, 100_000), default=DEFAULTS.deterministic_limit,
              show_default=True, help="Work limit that gives the same plan every time.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=DEFAULTS.seed, show_default=True)
@click.option("--gap", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Stop at this proven gap.")
@click.option("--fast", is_flag=True, help="All cores and the wall clock; not reproducible.")
@click.option("--workers", type=click.IntRange(1, 64), default=DEFAULTS.workers, show_default=True, help="Cores with --fast.")
@click.option("--processes", type=click.IntRange(1, 128), default=1, show_default=True,
              help="Independent parts solved at the same time, each in a process; the plan is the same.")  # fmt: skip
@click.option("--parts", "parts_folder", type=click.Path(path_type=Path, file_okay=False),
              help="Folder that keeps finished parts by the hash of their input, so that they are solved once.")  # fmt: skip
@click.option("--change", type=click.Path(path_type=Path), help="A scenario file; prints before and after.")
@click.option("--explain", is_flag=True, help="Print every reason too: why each class opens, why each line waits.")
@LANGUAGE
@click.option("--quiet", is_flag=True, help="No progress.")
@plainly
def propose_verb(
    instance: Path, out: Path, time_limit: float, deterministic_limit: float, seed: int, gap: float, fast: bool,
    workers: int, processes: int, parts_folder: Path | None, change: Path | None, explain: bool, language: Language, quiet: bool,
) -> None:  # fmt: skip
    """Pool the trainees of INSTANCE (a JSON file, a workbook or a folder of sheets) into classes."""
    started, clock = datetime.now(UTC), time.perf_counter()
    try:
        params = SolveParams(Mode.FAST if fast else Mode.REPRODUCIBLE, seed, deterministic_limit, time_limit, workers, gap)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    base = read_instance(instance)
    progress = None if quiet else _show
    target = base if change is None else apply(base, read_scenario(change))
    parts = None if parts_folder is None else PartFolder(parts_folder)
    with part_pool(processes) if processes > 1 else nullcontext() as executor:
        before = None if change is None else propose(base, params, progress=progress, executor=executor, parts=parts)
        solving = time.perf_counter()
        proposal = propose(target, params, progress=progress, executor=executor, parts=parts)
    measured = _measured(started, time.perf_counter() - clock, time.perf_counter() - solving)
    _write(target, proposal, measured, out)
    if before is not None:
        print(_before_and_after(before, proposal))
    print(summary_table(target, proposal))
    if explain:
        print(all_reasons(proposal, language), end="\n\n")
    print(f"Files: {out}/index.html, proposal.json, classes.xlsx, calendar/ ... in {measured['seconds']:.1f} s")
    sys.exit(STATUS_CODES[proposal.status])


def _show(progress: Progress) -> None:
    """Print one line: phase, seconds, best plan, bound and the gap between them."""
    best, bound = progress.objective, progress.bound
    gap = "" if best is None or bound is None or best <= 0 else f"  gap {max(0, best - bound) / best:.2%}"
    line = f"{progress.phase:8} {progress.seconds:7.1f} s  best {euros(best):>16}  bound {euros(bound):>16}{gap}"
    print(line, file=sys.stderr, flush=True)


def _measured(started: datetime, seconds: float, propose_seconds: float) -> dict[str, Any]:
    """Return what was measured; kept beside the proposal, never in it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "propose_seconds": round(propose_seconds, 3),
        "peak_memory_mb": round(peak / 1024, 1),
        "peak_memory_of_children_mb": round(children / 1024, 1),
        "host": platform.node(),
        "machine": platform.machine(),
    }


def _write(instance: Instance, proposal: Proposal, measured: dict[str, Any], out: Path) -> None:
    write_report(instance, proposal, out)
    (out / "measured.json").write_text(json.dumps(measured, indent=2, sort_keys=True) + "\n", encoding="utf-8")


_BEFORE_AND_AFTER = frozenset({"status", "objective EUR", "bound EUR", "classes", "trainees placed", "trainees without a seat"})


def _before_and_after(before: Proposal, after: Proposal) -> str:
    """Return what a change does, line by line."""
    rows = [(name, figure(before), figure(after)) for name, figure in FIGURES if name in _BEFORE_AND_AFTER]
    width = max(len(name) for name, _, _ in rows)
    return "\n".join(
        [f"{'':{width}}  {'before':>14}  {'after':>14}", *(f"{n:{width}}  {b:>14}  {a:>14}" for n, b, a in rows), ""]
    )
