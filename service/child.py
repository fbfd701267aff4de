"""One solve in one process that can be killed: an instance comes in on a pipe, progress and the proposal go out on another.

    python -m service.child

The first line of standard input is the order, a JSON object with `instance`, `params` and `memory_mb`; the line `"finish"` after
it asks for the best plan so far. Every line of standard output is a JSON object with one of the names `progress`, `draft`,
`proposal` or `problem`. The child knows no database, no address and no environment.
It dies with its parent: when the pipe to it closes, nobody waits for the answer any more.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import sys
import threading
from typing import Any, TextIO

EXIT_ORPHAN = 3
"""The parent is gone."""


def main() -> None:
    """Read the order, solve, answer."""
    order = json.loads(sys.stdin.readline())
    _limit(int(order["memory_mb"]))
    finish = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin, finish), daemon=True).start()
    out = _take_stdout()
    try:
        _say(out, "proposal", _solve(order, out, finish))
    except MemoryError:
        _say(out, "problem", {"code": "out-of-memory", "detail": "The solve needed more memory than it may have."})
    except Exception as error:  # the parent stores the reason; a trace would show nobody the way out
        _say(
            out, "problem", {"code": _code_of(error), "detail": str(error).splitlines()[0][:400] if str(error) else "No reason."}
        )


def _solve(order: dict[str, Any], out: TextIO, finish: threading.Event) -> str:
    from cohort_opt import Instance, Mode, SolveParams, proposal_from_json, propose

    params = SolveParams(**{**order["params"], "mode": Mode(order["params"]["mode"])})
    instance = Instance.model_validate(order["instance"])
    start = proposal_from_json(order["start"]) if order.get("start") else None
    heard = lambda step: _say(out, "progress", _facts(step))  # noqa: E731  a name for one line
    return propose(
        instance,
        params,
        progress=heard,
        start=start,
        cancelled=finish.is_set,
        drafts=lambda draft: _say(out, "draft", draft.to_json()),
    ).to_json()


def _facts(step: Any) -> dict[str, Any]:
    facts = dataclasses.asdict(step)
    return {"phase": facts["phase"], "objective_cents": facts["objective"], "bound_cents": facts["bound"]}


def _limit(memory_mb: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024, memory_mb * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _listen(pipe: TextIO, finish: threading.Event) -> None:
    """Set `finish` when the parent asks for it; die with the parent."""
    while line := pipe.readline():
        if json.loads(line) == "finish":
            finish.set()
    os._exit(EXIT_ORPHAN)


def _take_stdout() -> TextIO:
    """Keep standard output for the answers alone: what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _say(out: TextIO, name: str, value: object) -> None:
    out.write(json.dumps({name: value}) + "\n")
    out.flush()


def _code_of(error: Exception) -> str:
    from cohort_opt import InstanceError, ModelError, VerificationError

    codes = {InstanceError: error.problems[0].code if isinstance(error, InstanceError) else "", ModelError: "scenario-too-large",
             VerificationError: "not-verified"}  # fmt: skip
    return next((code for kind, code in codes.items() if isinstance(error, kind)), "solver-failed")


if __name__ == "__main__":
    main()
