"""The same input, seed and deterministic limit give the same bytes: in other processes, rows shuffled, other hash seeds."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cohort_opt.generate import generate_json
from tests.conftest import CAMPAIGN

PROGRAM = Path(__file__).with_name("propose_file.py")
TIMES = (("0", "UTC"), ("1", "Pacific/Auckland"), ("4242", "America/Lima"))


def shuffled(item: Any, rng: random.Random) -> Any:
    """Return the document with the rows of every list and the fields of every record in another order."""
    if isinstance(item, dict):
        keys = rng.sample(sorted(item), k=len(item))
        return {key: shuffled(item[key], rng) for key in keys}
    if isinstance(item, list):
        return [shuffled(row, rng) for row in rng.sample(item, k=len(item))]
    return item


@pytest.mark.campaign
@pytest.mark.parametrize(("size", "limit"), [("A", "5"), ("B", "1")])
@pytest.mark.parametrize("seed", range(1, 1 + CAMPAIGN))
def test_two_processes_give_the_same_bytes(size, limit, seed, tmp_path):
    document = json.loads(generate_json(size, seed))
    proposals = []
    for number, (hash_seed, zone) in enumerate(TIMES[:2] if CAMPAIGN == 1 else TIMES):
        path = tmp_path / f"{number}.json"
        path.write_text(json.dumps(shuffled(document, random.Random(number))), encoding="utf-8")
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone}
        run = subprocess.run([sys.executable, str(PROGRAM), str(path), limit], env=environment, capture_output=True, check=False)
        assert run.returncode == 0, run.stderr.decode()
        proposals.append(run.stdout)
    assert len(set(proposals)) == 1
    answer = json.loads(proposals[0])
    assert answer["reproducible"] is True
    assert answer["verified"] is True
    assert answer["classes"]
    assert answer["bound_cents"] <= answer["objective_cents"]
