"""What a child may take of this machine; it sets its own limits before it reads anything that others wrote."""

import os
import resource


def limit_memory(megabytes: int) -> None:
    """Take at most so much address space, and leave no core file, which would hold what the child has read."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor(seconds: int) -> None:
    """Take at most so many seconds of a processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def step_back() -> None:
    """Let whoever answers people go first: a solve takes the processors that pages and programs leave."""
    os.nice(LESS_URGENT)


LESS_URGENT = 10
"""About a tenth of the share of a process of ordinary urgency where both want one processor (sched(7))."""
