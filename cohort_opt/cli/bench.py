"""Verb bench: our engine and its peers side by side."""

from pathlib import Path
from typing import get_args

import click

from cohort_opt.bench.engines import ENGINES
from cohort_opt.bench.run import bench_sizes, table
from cohort_opt.cli.exits import plainly
from cohort_opt.generate import Size

SIZES: tuple[Size, ...] = get_args(Size)


@click.command("bench")
@click.option("--sizes", default="A,B", show_default=True, help="Of A, B, L, XL, separated by commas.")
@click.option("--seeds", type=click.IntRange(1, 20), default=3, show_default=True, help="Seeds 1 to this.")
@click.option("--engine", "engines", multiple=True, type=click.Choice(tuple(ENGINES)), help="Only these; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for bench.csv and bench.md.")
@plainly
def bench_verb(sizes: str, seeds: int, engines: tuple[str, ...], out: Path) -> None:
    """Measure objective, bound, gap, seconds and memory of our engine beside plain CP-SAT, HiGHS, SCIP and a greedy planner."""
    wanted = [size for size in SIZES if size in sizes.split(",")]
    if not wanted or set(sizes.split(",")) - set(SIZES):
        raise click.BadParameter(f"{sizes}: name sizes of {', '.join(SIZES)}")
    rows = bench_sizes(wanted, seeds, out, print, engines or tuple(ENGINES))
    print("\n" + table(rows))
    print(f"Raw figures: {out}/bench.csv; table: {out}/bench.md")
