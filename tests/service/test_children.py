"""The child solver is a process that can be killed, and every way in which it ends has its own name."""

import json
import os
import sys
import time

import pytest

from service.attempts import NotWantedError
from service.children import ChildSolver, SolveFailedError, SolverDiedError
from service.schemas import Params
from tests.builders import make_instance

INSTANCE = make_instance().canonical_json()


def child(program, grace_seconds=5.0):
    """Return a solver whose child runs this program; `sys.stdin` holds the order."""
    return ChildSolver(2_048, grace_seconds, ("-c", program))


def quiet(progress):
    return None


def test_the_real_child_solves_and_tells_its_progress():
    heard = []
    body = ChildSolver(8_192, 30)(INSTANCE, Params(), heard.append)
    proposal = json.loads(body)
    # Worked out in builders.two_companies_one_class: 1,142,500 cents.
    assert (proposal["status"], proposal["objective_cents"], proposal["verified"]) == ("optimal", 1_142_500, True)
    assert [step["phase"] for step in heard if step]


def test_the_same_order_gives_the_same_bytes_in_two_processes():
    first, second = (ChildSolver(8_192, 30)(INSTANCE, Params(seed=3), quiet) for _ in range(2))
    assert first == second


def test_a_child_that_ends_without_a_word_has_died():
    with pytest.raises(SolverDiedError):
        child("import os; os._exit(1)")(INSTANCE, Params(), quiet)


def test_a_child_that_kills_itself_has_died():
    with pytest.raises(SolverDiedError):
        child("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")(INSTANCE, Params(), quiet)


def test_a_child_deaf_to_its_limit_is_killed():
    started = time.monotonic()
    with pytest.raises(SolveFailedError) as failed:
        child("import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)", 0.2)(
            INSTANCE, Params(time_limit_seconds=0.1), quiet
        )
    assert failed.value.code == "solver-overran"
    assert time.monotonic() - started < 30


def test_a_child_that_says_why_it_failed_is_believed():
    said = '{"problem": {"code": "out-of-memory", "detail": "Too large."}}'
    with pytest.raises(SolveFailedError, match="Too large") as failed:
        child(f"print('{said}', flush=True); import time; time.sleep(60)")(INSTANCE, Params(), quiet)
    assert failed.value.code == "out-of-memory"


def test_a_child_that_needs_too_much_memory_says_so():
    program = "import service.child as c; c._solve = lambda *_: ' ' * (3 * 1024 ** 3); c.main()"
    with pytest.raises(SolveFailedError) as failed:
        child(program)(INSTANCE, Params(), quiet)
    assert failed.value.code == "out-of-memory"


def test_a_child_that_is_not_wanted_is_killed_within_a_second(tmp_path):
    pid_file = tmp_path / "pid"
    program = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"

    def not_wanted(progress):
        if pid_file.exists() and pid_file.read_text():
            raise NotWantedError

    with pytest.raises(NotWantedError):
        child(program)(INSTANCE, Params(), not_wanted)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_a_child_dies_with_its_parent(tmp_path):
    """The parent starts a child that would run for a minute and is then gone; the pipe closes and the child ends."""
    import subprocess

    pid_file = tmp_path / "pid"
    slow = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid()));"
    program = f"{slow} import service.child as c; c._solve = lambda *_: time.sleep(60); c.main()"
    parent = (
        "import os, threading, time\nfrom service.children import ChildSolver\nfrom service.schemas import Params\n"
        f"threading.Thread(target=ChildSolver(2048, 5, ('-c', {program!r})), args=({INSTANCE!r}, Params(), print)).start()\n"
        f"while not os.path.exists({str(pid_file)!r}): time.sleep(0.02)\ntime.sleep(0.5)\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", parent], timeout=30, check=False)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(int(pid_file.read_text()), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the child is still there")


def test_the_child_starts_from_an_earlier_proposal_and_says_so():
    first = ChildSolver(8_192, 30)(INSTANCE, Params(), quiet)
    again = json.loads(ChildSolver(8_192, 30)(INSTANCE, Params(), quiet, first))
    assert again["notes"][0].startswith("started from the proposal")
    assert {**again, "notes": []} == json.loads(first)
