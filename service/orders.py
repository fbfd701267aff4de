"""What children that answer one question share: limits, one line of JSON in, one answer out, a fault of the input told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from service.rlimits import limit_memory, limit_processor

MEMORY_MB = 4_096
CPU_SECONDS = 120


def answer_one(
    answer: Callable[[dict[str, Any]], dict[str, Any]], memory_mb: int = MEMORY_MB, cpu_seconds: int = CPU_SECONDS
) -> None:
    """Limit this process, read the order from standard input, write its answer; a fault of the input is told as `problem`."""
    limit_memory(memory_mb)
    limit_processor(cpu_seconds)
    order = json.loads(sys.stdin.readline())
    from cohort_opt import InstanceError  # only here: the limits come before the library

    try:
        found = answer(order)
    except InstanceError as error:
        found = {"problem": f"{error.problems[0].rule}; {error.problems[0].remedy}"}
    sys.stdout.write(json.dumps(found))
