"""What a child may take of the machine."""

import subprocess
import sys


def test_a_solve_lets_those_who_answer_people_go_first():
    command = "import os; from service.rlimits import step_back; before = os.nice(0); step_back(); print(os.nice(0) - before)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 10
