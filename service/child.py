"""One solve in one process that can be killed: an instance comes in on a pipe, progress and the proposal go out on another.

    python -m service.child

The first line of standard input is the order, a JSON object: `instance`, `params` and `start`, or one `part` of a problem; with
`memory_mb`, and `parts`, which says who helps. The line `"finish"` after it asks for the best plan so far; `known` and `answer`
answer what the child has asked. Every line of standard output is a JSON object with one of the names `progress`, `draft`,
`proposal`, `answer` or `problem`, or one of the wishes `recall`, `keep` and `solve` about parts.
The child knows no database, no address and no environment.
It dies with its parent: when the pipe to it closes, nobody waits for the answer any more.
"""

from __future__ import annotations

import dataclasses
import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TextIO

from service.rlimits import limit_memory, step_back

EXIT_ORPHAN = 3
"""The parent is gone."""


def main() -> None:
    """Read the order, solve, answer."""
    order = json.loads(sys.stdin.readline())
    step_back()
    limit_memory(int(order["memory_mb"]))
    parent = Parent(sys.stdin, _take_stdout())
    try:
        if "part" in order:
            parent.tell("answer", _solve_part(order, parent))
        else:
            parent.tell("proposal", _solve(order, parent))
    except MemoryError:
        parent.tell("problem", {"code": "out-of-memory", "detail": "The solve needed more memory than it may have."})
    except Exception as error:  # the parent stores the reason; a trace would show nobody the way out
        detail = str(error).splitlines()[0][:400] if str(error) else "No reason."
        parent.tell("problem", {"code": _code_of(error), "detail": detail})


class Parent(Executor):
    """The other end of the pipes: hears what we say, remembers finished parts, and has parts solved by others."""

    def __init__(self, pipe: TextIO, out: TextIO) -> None:
        """Listen from now on."""
        self.finish = threading.Event()
        self._pipe, self._out = pipe, out
        self._lock = threading.Lock()
        self._known: queue.Queue[str | None] = queue.Queue()
        self._asked: list[Future[Any]] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def tell(self, name: str, value: object) -> None:
        """Tell the parent something."""
        line = json.dumps({name: value}) + "\n"
        with self._lock:
            self._out.write(line)
            self._out.flush()

    def recall(self, key: str) -> str | None:
        """Return what is kept under a key; one thread asks at a time."""
        self.tell("recall", key)
        return self._known.get()

    def keep(self, key: str, text: str) -> None:
        """Have a text kept."""
        self.tell("keep", [key, text])

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a part solved elsewhere; its task is bytes, and so is its answer."""
        job: Future[Any] = Future()
        job.set_running_or_notify_cancel()  # whoever gave it away cannot take it back; what comes too late is not looked at
        self._asked.append(job)
        self.tell("solve", [len(self._asked) - 1, args[0].decode()])
        return job

    def _listen(self) -> None:
        """Take what the parent says; die with it."""
        while line := self._pipe.readline():
            said = json.loads(line)
            if said == "finish":
                self.finish.set()
            elif "known" in said:
                self._known.put(said["known"])
            else:
                self._settle(*said["answer"])
        os._exit(EXIT_ORPHAN)

    def _settle(self, number: int, text: str | None) -> None:
        if text is None:
            self._asked[number].set_exception(BrokenExecutor("the part was lost"))
        else:
            self._asked[number].set_result(text.encode())


def _solve(order: dict[str, Any], parent: Parent) -> str:
    from cohort_opt import Instance, Mode, SolveParams, proposal_from_json, propose

    params = SolveParams(**{**order["params"], "mode": Mode(order["params"]["mode"])})
    instance = Instance.model_validate(order["instance"])
    start = proposal_from_json(order["start"]) if order.get("start") else None
    help_with = order.get("parts", {})
    with _executor(help_with, parent) as executor:
        return propose(
            instance,
            params,
            progress=lambda step: parent.tell("progress", _facts(step)),
            start=start,
            cancelled=parent.finish.is_set,
            drafts=lambda draft: parent.tell("draft", draft.to_json()),
            executor=executor,
            parts=parent if help_with.get("kept") else None,
        ).to_json()


def _solve_part(order: dict[str, Any], parent: Parent) -> str:
    from cohort_opt import solve_part

    return solve_part(order["part"].encode(), parent if order.get("parts", {}).get("kept") else None).decode()


def _executor(help_with: dict[str, Any], parent: Parent) -> AbstractContextManager[Executor | None]:
    """Return who solves parts beside us: others, processes of our own, or nobody."""
    if help_with.get("elsewhere"):
        return nullcontext(parent)
    if help_with.get("processes", 1) > 1:
        from cohort_opt import part_pool

        return part_pool(int(help_with["processes"]))
    return nullcontext()


def _facts(step: Any) -> dict[str, Any]:
    facts = dataclasses.asdict(step)
    return {"phase": facts["phase"], "objective_cents": facts["objective"], "bound_cents": facts["bound"]}


def _take_stdout() -> TextIO:
    """Keep standard output for the answers alone: what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _code_of(error: Exception) -> str:
    from cohort_opt import InstanceError, ModelError, VerificationError

    codes = {InstanceError: error.problems[0].code if isinstance(error, InstanceError) else "", ModelError: "scenario-too-large",
             VerificationError: "not-verified"}  # fmt: skip
    return next((code for kind, code in codes.items() if isinstance(error, kind)), "solver-failed")


if __name__ == "__main__":
    main()
