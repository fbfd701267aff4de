"""G11 and G16: every stored proposal stands before a judge without the solver; the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.faults import house
from tests.faults.goal import Found, Run

EXAMPLE = Path(__file__).parents[2] / "examples" / "rotterdam" / "instance.json"
PROCESSES, VARIANTS = 5, 5
_JUDGE = """
import json, sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "ortools":
            raise ImportError("the judge does without")
sys.meta_path.insert(0, Wall())
from cohort_opt import Instance, Proposal, verify_proposal
for line in sys.stdin:
    row = json.loads(line)
    report = verify_proposal(Instance.model_validate_json(row["instance"]), Proposal.model_validate_json(row["proposal"]))
    print(len(report.violations))
"""


def judged(run: Run) -> Found:
    """Judge every proposal of a house that has worked for a while, in a process in which the solver cannot be imported."""
    path = run.own("judged") / "service.sqlite3"
    house.build(path)
    context = house.open_house(path)
    house.work(context)
    house.close(context)
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT p.body, s.body FROM proposals p JOIN snapshots s ON s.fingerprint = p.fingerprint"
    ).fetchall()
    shown = connection.execute("SELECT count(*) FROM jobs WHERE state = 'done'").fetchone()[0]
    connection.close()
    text = "".join(json.dumps({"proposal": proposal, "instance": instance}) + "\n" for proposal, instance in rows)
    done = subprocess.run([sys.executable, "-c", _JUDGE], input=text, capture_output=True, text=True, check=False, timeout=300)
    found = Found(done=len(rows))
    if done.returncode != 0:
        found.misses.append(f"the judge failed: {done.stderr.strip().splitlines()[-1]}")
    found.misses += [f"proposal {n} has {v} violations" for n, v in enumerate(done.stdout.split()) if v != "0"]
    if shown != len(rows) or not rows:
        found.misses.append(f"{shown} jobs are done, {len(rows)} proposals are stored")
    found.measured = f"{len(rows)} of {shown} proposals judged from their stored bytes without ortools"
    return found


def same_bytes(run: Run) -> Found:
    """Propose in fresh processes with other hash seeds, row orders, locales and time zones."""
    dice, found, hashes = run.dice("G16"), Found(), set()
    document = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    folder = run.own("bytes")
    for variant in range(VARIANTS * run.size):
        shuffled = {key: dice.sample(rows, len(rows)) if isinstance(rows, list) else rows for key, rows in document.items()}
        shuffled = dict(dice.sample(list(shuffled.items()), len(shuffled)))
        path = folder / f"{variant}.json"
        path.write_text(json.dumps(shuffled), encoding="utf-8")
        for process in range(PROCESSES):
            surroundings = {
                "PYTHONHASHSEED": str(dice.randint(0, 4_294_967_295)),
                "TZ": dice.choice(["UTC", "Europe/Amsterdam", "Pacific/Auckland"]),
                "LC_ALL": dice.choice(["C", "C.UTF-8", "POSIX"]),
            }
            out = folder / f"{variant}-{process}"
            command = [
                sys.executable,
                "-c",
                "from cohort_opt.cli.main import main; main()",
                "propose",
                str(path),
                "--out",
                str(out),
            ]
            done = subprocess.run(
                command, env={**os.environ, **surroundings}, capture_output=True, text=True, check=False, timeout=300
            )
            found.done += 1
            if done.returncode != 0:
                found.misses.append(f"variant {variant}, {surroundings}: ended with {done.returncode}")
                continue
            hashes.add(hashlib.sha256((out / "proposal.json").read_bytes()).hexdigest())
    if len(hashes) != 1:
        found.misses.append(f"{len(hashes)} different proposals from one input")
    found.measured = f"{found.done} processes, {len(hashes)} fingerprint"
    return found
