"""What a plan in hand saves: `python -m tests.benchmarks.warm_starts --size B --seconds 10`.

A first solve has so many seconds. Then one line asks for one trainee more, and the changed problem is solved anew in that time,
and from the first plan in a tenth of it. Last, a process that holds the plan finds the three best classes for lines that came too
late. On a quiet machine; not part of the default suite.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from typing import get_args

from cohort_opt.analysis import HeldPlan
from cohort_opt.generate import Size, generate
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.solver.params import Mode, SolveParams
from cohort_opt.verification.hearing import plan_of

LATE_LINES = 20


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def one_more(instance: Instance) -> Instance:
    """Return the instance with one more trainee in the line in the middle."""
    middle = len(instance.demands) // 2
    line = instance.demands[middle]
    changed = line.model_copy(update={"count": line.count + 1})
    return instance.model_copy(update={"demands": (*instance.demands[:middle], changed, *instance.demands[middle + 1 :])})


def proposed(what: str, instance: Instance, seed: int, seconds: float, start: Proposal | None = None) -> Proposal:
    """Return a proposal of so many seconds of search, and say how good it is and what it took in all."""
    began = time.perf_counter()
    found = propose(instance, SolveParams(mode=Mode.FAST, seed=seed, time_limit_seconds=seconds), start=start)
    taken = time.perf_counter() - began
    gap = "none" if found.gap is None else f"{found.gap:.2%}"
    say(f"{what}: limit {seconds:.1f} s, whole {taken:.1f} s, {found.objective_cents} cents, gap {gap}")
    return found


def measure(size: Size, seed: int, seconds: float) -> None:
    """Print the figures of one size and seed."""
    instance = generate(size, seed)
    first = proposed("first", instance, seed, seconds)
    changed = one_more(instance)
    proposed("changed, anew", changed, seed, seconds)
    proposed("changed, from the first plan", changed, seed, seconds / 10, first)
    began = time.perf_counter()
    plan = plan_of(first)
    if plan is None:
        return
    held = HeldPlan(instance, plan)
    held_after = time.perf_counter() - began
    taken = []
    for line in instance.demands[:: max(1, len(instance.demands) // LATE_LINES)][:LATE_LINES]:
        late = line.model_copy(update={"id": f"{line.id}-late", "count": 1})
        began = time.perf_counter()
        held.fits(late)
        taken.append(1000 * (time.perf_counter() - began))
    middle, longest = statistics.median(taken), max(taken)
    say(f"late lines: median {middle:.0f} ms, longest {longest:.0f} ms; the plan was held after {held_after:.1f} s")


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=get_args(Size), default="B")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    measure(options.size, options.seed, options.seconds)


if __name__ == "__main__":
    main()
