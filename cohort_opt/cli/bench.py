"""Verb bench: our engine and its peers side by side, on generated sizes or on public instance families."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click

from cohort_opt.bench.engines import ENGINES, OURS, Terms
from cohort_opt.bench.families import LEFT_OUT, FamilyRow, read_index
from cohort_opt.bench.sizes import bench_sizes, table
from cohort_opt.bench.verdicts import run_families, summary
from cohort_opt.cli.exits import REJECTED, plainly
from cohort_opt.generate import Size

SIZES: tuple[Size, ...] = get_args(Size)
GATE_SEEDS = 3


def _names(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return engine names, in any case, repeated or separated by commas."""
    known = {name.lower(): name for name in ENGINES}
    words = [word.strip().lower() for text in given for word in text.split(",")]
    if unknown := [word for word in words if word not in known]:
        raise click.BadParameter(f"{', '.join(unknown)}: name engines of {', '.join(ENGINES)}")
    return tuple(known[word] for word in words)


@click.command("bench")
@click.option("--sizes", default="A,B", show_default=True, help="Of A, B, L, XL, separated by commas.")
@click.option("--families", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Index file of public families.")
@click.option("--only", multiple=True, help="With --families: only files or families whose name holds this; may be repeated.")
@click.option("--gate", is_flag=True, help="With --families: the soundness gate, three seeds and once more with presolve off.")
@click.option("--seeds", type=click.IntRange(1, 20), help="Seeds 1 to this; 3, with --families 1.")
@click.option("--time-limit", type=click.FloatRange(0.1, 86_400), help="Seconds per run; with --families 10, else by size.")
@click.option("--engine", "--engines", "engines", multiple=True, callback=_names, help="Only these, separated by commas.")
@click.option("--out", type=click.Path(path_type=Path), required=True,
              help="Folder for bench.csv, bench.md and drawings; with --families the CSV file, its table beside it.")  # fmt: skip
@plainly
def bench_verb(
    sizes: str,
    families: Path | None,
    only: tuple[str, ...],
    gate: bool,
    seeds: int | None,
    time_limit: float | None,
    engines: tuple[str, ...],
    out: Path,
) -> None:
    """Measure objective, bound, gap, seconds and memory of our engine beside plain CP-SAT, HiGHS, SCIP and a greedy planner."""
    if families is not None:
        limit = time_limit or 10.0
        terms = [Terms(limit, seed) for seed in range(1, (seeds or (GATE_SEEDS if gate else 1)) + 1)]
        _families(families, only, [*terms, Terms(limit, 1, presolve=False)] if gate else terms, engines or OURS[:1], out)
        return
    wanted = [size for size in SIZES if size in sizes.split(",")]
    if not wanted or set(sizes.split(",")) - set(SIZES):
        raise click.BadParameter(f"{sizes}: name sizes of {', '.join(SIZES)}")
    lines = bench_sizes(wanted, range(1, (seeds or 3) + 1), out, _say, engines or tuple(ENGINES), time_limit)
    print("\n" + table(lines))
    print(f"Raw figures: {out}/bench.csv; table: {out}/bench.md")


def _families(index: Path, only: tuple[str, ...], terms: Sequence[Terms], engines: tuple[str, ...], out: Path) -> None:
    """Run the rows of an index; ends with exit code 6 if any run claims what cannot be."""
    rows, left_out = read_index(index)
    chosen = [row for row in rows if not only or any(_matches(row, word) for word in only)]
    print(f"{len(chosen)} rows; {left_out} rows of the family {LEFT_OUT} are left out: no special case of the model.", flush=True)
    findings = run_families(chosen, engines, terms, out, _say)
    failures = [finding for finding in findings if finding.is_failure]
    print("\n" + summary(findings))
    print(f"Runs: {len(findings)}, failures: {len(failures)}. Every run: {out}; table: {out.with_suffix('.md')}")
    if failures:
        sys.exit(REJECTED)


def _matches(row: FamilyRow, word: str) -> bool:
    return word == row.family or word in row.name


def _say(text: str) -> None:
    print(text, flush=True)
