"""Run the goals, print the table, end with 1 on a miss.

python -m tests.faults.run [--seed 1] [--size 1] [--only G1,G5] [--report FILE]
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.backups import backups_under_load
from tests.faults.deaths import deaths
from tests.faults.disk_errors import disk_errors
from tests.faults.duplicates import duplicates
from tests.faults.flips import flips
from tests.faults.goal import Goal, Run
from tests.faults.kill_points import chains, kill_points
from tests.faults.locks import locked_database
from tests.faults.nights import simulated_nights
from tests.faults.sync_order import sync_order
from tests.faults.unchecked import judged, same_bytes

GOALS = (
    Goal("G1", "killed at the n-th write or sync: acknowledged is kept, the rest is absent", kill_points),
    Goal("G2", "no acknowledgement before the sync of its data", sync_order),
    Goal("G3", "a full or failing disk: refused, nothing half done, well again", disk_errors),
    Goal("G4", "a solver or worker that dies, hangs or takes all memory: an end in time, one proposal", deaths),
    Goal("G5", "the same request at once: one effect, one answer", duplicates),
    Goal("G6", "one proposal per local night", simulated_nights),
    Goal("G7", "a locked database: quick refusals, full recovery", locked_database),
    Goal("G8", "a copy made under load holds all that was acknowledged, and can be put back", backups_under_load),
    Goal("G9", "killed again while recovering, three deep", chains),
    Goal("G10", "flipped bytes and edited audit lines are reported", flips),
    Goal("G11", "every proposal stands before a judge without the solver", judged),
    Goal("G16", "the same input gives the same bytes", same_bytes),
)


def main() -> int:
    """Parse, run, print."""
    parser = argparse.ArgumentParser(description="Faults on this machine, from one seed.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=1, help="20 = twenty times the default number of cases")
    parser.add_argument("--only", help="names of goals, with commas")
    parser.add_argument("--report", type=Path, help="the table as JSON")
    options = parser.parse_args()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of every scheduler that we kill
    only = options.only.split(",") if options.only else [goal.name for goal in GOALS]
    rows = []
    for goal in (goal for goal in GOALS if goal.name in only):
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix=f"faults-{goal.name}-") as folder:
            found = goal.run(Run(options.seed, options.size, Path(folder)))
        seconds = time.monotonic() - began
        verdict = "NOT RUN" if found.absent else "MISS" if found.misses else "pass"
        print(f"{goal.name:4} {verdict:8} {seconds:6.1f} s  {goal.sentence}\n     {found.absent or found.measured}", flush=True)
        for miss in found.misses[:20]:
            print(f"     - {miss}", flush=True)
        facts = {"goal": goal.name, "verdict": verdict, "cases": found.done, "measured": found.measured or found.absent}
        rows.append({**facts, "misses": found.misses, "seconds": round(seconds, 1)})
    if options.report:
        options.report.write_text(json.dumps({"seed": options.seed, "size": options.size, "goals": rows}, indent=2) + "\n")
    missed, absent = ([row["goal"] for row in rows if row["verdict"] == verdict] for verdict in ("MISS", "NOT RUN"))
    told = f"{len(rows) - len(missed) - len(absent)} pass, {len(missed)} miss, {len(absent)} not run"
    print(" ".join([told, *missed, *absent]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
