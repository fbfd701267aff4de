"""Processes that solve parts: the same answer as here, and gone when whoever asked is gone."""

import os
import subprocess
import sys
import time

from cohort_opt.solver.part_pool import part_pool
from cohort_opt.solver.solve import solve
from tests.cohort_opt.solver.test_part_task import PARAMS, _facts, three_regions


def test_two_processes_give_the_answer_that_one_gives():
    with part_pool(2) as pool:
        assert _facts(solve(three_regions(), PARAMS, executor=pool)) == _facts(solve(three_regions(), PARAMS))


def test_a_pool_that_is_left_ends_what_it_is_at():
    with part_pool(1) as pool:
        pid = pool.submit(os.getpid).result(timeout=60)
        pool.submit(time.sleep, 600)
    assert _is_gone(pid)


def test_the_processes_of_a_killed_solve_end_too(tmp_path):
    told = tmp_path / "pid"
    program = (
        "import os, time\nfrom pathlib import Path\nfrom cohort_opt import part_pool\n"
        "if __name__ == '__main__':\n"
        "    with part_pool(1) as pool:\n"
        f"        Path({str(told)!r}).write_text(str(pool.submit(os.getpid).result()))\n"
        "        pool.submit(time.sleep, 600)\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    script = tmp_path / "asks.py"
    script.write_text(program)
    subprocess.run([sys.executable, str(script)], timeout=60, check=False)
    assert _is_gone(int(told.read_text()))


def _is_gone(pid):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False
