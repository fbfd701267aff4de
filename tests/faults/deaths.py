"""G4: a solver, worker, server or cluster that dies, hangs, or takes all memory: an end in time, three attempts, one proposal."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from service.actors import MACHINE
from service.attempts import NotWantedError, run_attempt
from service.children import ChildSolver
from service.clock import system_clock
from service.jobs import ClusterHands, Dispatcher
from service.schemas import Params
from service.services import jobs, work
from service.services.context import Context
from tests.faults import house
from tests.faults.goal import Found, Run
from tests.service.machines import Machines

DEATHS = 20
LIMIT_SECONDS = 2.0
GRACE_SECONDS = 2.0
LEASE_SECONDS = 2
ALLOWED_SECONDS = LIMIT_SECONDS + 35

_WAIT = "import sys, time; sys.stdin.readline(); time.sleep({})"
CHILDREN = {
    "killed": _WAIT.format(0.05) + "; import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "segmentation fault": _WAIT.format(0.02) + "; import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "memory": "import service.child as c; c._solve = lambda *_: ' ' * (4 * 1024 ** 3); c.main()",
    "deaf": "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (15, 2, 1)]; time.sleep(600)",
}
"""Programs of children that end badly."""


def deaths(run: Run) -> Found:
    """Let solvers end badly once or always, and workers, servers and clusters vanish; look at the end of each job."""
    dice, found, slowest = run.dice("G4"), Found(), 0.0
    start = run.own("deaths") / "start.sqlite3"
    house.build(start)
    kinds = [*CHILDREN, "worker", "web", "cluster"]
    for number in range(DEATHS * run.size):
        kind, always = kinds[number % len(kinds)], dice.random() < 0.3
        target = house.copy(start, run.own("deaths") / "case.sqlite3")
        began = time.monotonic()
        fault = VANISHING[kind](target, dice) if kind in VANISHING else _bad_child(target, kind, always)
        seconds = time.monotonic() - began
        slowest = max(slowest, seconds)
        found.done += 1
        if not fault and seconds > ALLOWED_SECONDS:
            fault = f"it ended after {seconds:.1f} s, allowed are {ALLOWED_SECONDS:.0f}"
        if fault or (fault := "; ".join(house.broken(target))):
            found.misses.append(f"{kind}{' always' if always else ''}: {fault}")
    found.measured = f"{found.done} deaths, slowest end {slowest:.1f} s (limit {LIMIT_SECONDS:.0f} s + 35 s allowed)"
    return found


def _open(path: Path) -> Context:
    return house.open_house(path, system_clock, lease_seconds=LEASE_SECONDS)  # type: ignore[arg-type]


def _limit(context: Context) -> str:
    """Give the waiting job a short limit, and return its id."""
    job = next(state.id for state in jobs.list_jobs(context, MACHINE) if not jobs.has_ended(state))
    with context.store.write() as connection:
        params = Params(time_limit_seconds=LIMIT_SECONDS).model_dump_json()
        connection.exec_driver_sql("UPDATE jobs SET params = ? WHERE id = ?", (params, job))
    return job


def _until_ended(context: Context, job: str, solve: Callable[[], object]) -> str:
    deadline = time.monotonic() + ALLOWED_SECONDS + 5
    while not jobs.has_ended(jobs.get_job(context, MACHINE, job)) and time.monotonic() < deadline:
        for promised in work.promise_jobs(context, 1, only=job):
            run_attempt(context, solve(), promised.id, promised.attempt)
        time.sleep(0.05)
    state = jobs.get_job(context, MACHINE, job)
    if not jobs.has_ended(state):
        return f"it is still {state.state}"
    if state.attempt > 3:
        return f"it took {state.attempt} attempts"
    return "" if state.state == "done" else state.failure.code if state.failure else state.state


def _bad_child(path: Path, kind: str, always: bool) -> str:
    """Solve with a child that ends badly at first, or always."""
    context = _open(path)
    job = _limit(context)
    bad = [ChildSolver(2_048, GRACE_SECONDS, ("-c", CHILDREN[kind]))] * (9 if always else 1)
    good = ChildSolver(8_192, 30)
    end = _until_ended(context, job, lambda: bad.pop() if bad else good)
    house.close(context)
    said = {"memory": "out-of-memory", "deaf": "solver-overran"}
    # A death without a word is tried again; a reason that the child gave, or the limit, would be the same the next time.
    wanted = said.get(kind, "quarantined" if always else "")
    return "" if end == wanted else f"the job ended as {end or 'done'}, expected {wanted or 'done'}"


def _vanishing_worker(path: Path, dice: random.Random) -> str:
    """Kill a process that works on the job at some time of its solve; another one takes over."""
    context = _open(path)
    job = _limit(context)
    house.close(context)
    worker = subprocess.Popen([sys.executable, "-m", "tests.faults.deaths", str(path), job], start_new_session=True)
    time.sleep(dice.uniform(0.3, 2.0))
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    context = _open(path)
    end = _until_ended(context, job, lambda: ChildSolver(8_192, 30))
    house.close(context)
    return "" if end == "" else f"the job ended as {end}"


def _vanishing_web(path: Path, dice: random.Random) -> str:
    """Kill a server that works on the job at some time; the next one ends it."""
    context = _open(path)
    job = _limit(context)
    house.close(context)
    settings = {"DATABASE": str(path), "LEASE_SECONDS": str(LEASE_SECONDS), "OUTBOX_FOLDER": str(path.parent / "outbox")}
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COHORT_OPT", "FLASK"))}
    environment = own | {f"COHORT_OPT_SERVICE_{name}": value for name, value in settings.items()}
    server = _serve(environment)
    time.sleep(dice.uniform(0.5, 4.0))
    server.kill()
    server.wait()
    server = _serve(environment)
    try:
        context = _open(path)
        return _waited(context, job, lambda: None)
    finally:
        house.close(context)
        server.kill()
        server.wait()


def _serve(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0", "--no-demo"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _vanishing_cluster(path: Path, dice: random.Random) -> str:
    """Kill the scheduler of a cluster, a worker of it, or both, at some time; new ones end the job."""
    context = _open(path)
    job = _limit(context)
    folder = path.parent / f"cluster-{dice.random()}"
    folder.mkdir()
    machines = Machines(context.settings, folder)
    remote = Context(context.store, context.clock, context.settings.model_copy(update={"scheduler": machines.address}))
    dispatcher = Dispatcher(remote, ClusterHands(remote.settings))
    try:
        machines.start("scheduler")
        machines.start("first")
        until = time.monotonic() + dice.uniform(1.0, 6.0)
        while time.monotonic() < until:
            dispatcher.dispatch()
            time.sleep(0.1)
        for name in dice.choice((("scheduler",), ("first",), ("scheduler", "first"))):
            machines.kill(name)
        for name in ("scheduler", "first"):
            if name not in machines.running:
                machines.start(name)
        machines.start("second")
        return _waited(remote, job, dispatcher.dispatch)
    finally:
        dispatcher.close()
        machines.close()
        house.close(context)


def _waited(context: Context, job: str, do: Callable[[], object]) -> str:
    """Wait until a job has ended, doing something now and then; return what is wrong with its end."""
    deadline = time.monotonic() + ALLOWED_SECONDS + 5
    while not jobs.has_ended(jobs.get_job(context, MACHINE, job)) and time.monotonic() < deadline:
        do()
        time.sleep(0.1)
    state = jobs.get_job(context, MACHINE, job)
    if state.attempt > 3:
        return f"it took {state.attempt} attempts"
    return "" if state.state == "done" else f"it is {state.state}"


VANISHING = {"worker": _vanishing_worker, "web": _vanishing_web, "cluster": _vanishing_cluster}
"""Deaths of who works, not of the solver child."""


def _be_a_worker(path: Path, job: str) -> None:
    """Work on one job until it has ended, in this process."""
    context = _open(path)
    for promised in work.promise_jobs(context, 1, only=job):
        threading.Thread(target=lambda: None).start()  # as a worker of a cluster, not alone in its process
        try:
            run_attempt(context, ChildSolver(8_192, 30), promised.id, promised.attempt)
        except NotWantedError:
            return


if __name__ == "__main__":
    _be_a_worker(Path(sys.argv[1]), sys.argv[2])
