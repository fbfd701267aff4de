"""Finished parts by the hash of their input: what was solved once is not solved again, and the bytes stay the same.

Whoever keeps the texts (a folder, a table) knows nothing about them. One is believed only if its seal fits its key and its plan
keeps every rule; else the part is solved again.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from cohort_opt.errors import SolverError
from cohort_opt.solver.params import Mode
from cohort_opt.solver.part_task import PartAnswer, PartTask, answer_of, solve_part_bytes
from cohort_opt.solver.search import Verdict


class PartStore(Protocol):
    """Keeps texts by key; it may forget any of them at any time."""

    def recall(self, key: str) -> str | None:
        """Return the text of a key, `None` where it is not known."""
        ...

    def keep(self, key: str, text: str) -> None:
        """Keep a text under its key; a key has one text."""
        ...


def solve_part(data: bytes, store: PartStore | None = None) -> bytes:
    """Return the answer of a task, both as bytes; recalled where it is known, and kept where it is not."""
    if store is None:
        return solve_part_bytes(data)
    task = PartTask.from_bytes(data)
    known = recall(store, task)
    if known is not None:
        return known.to_bytes()
    found = solve_part_bytes(data)
    keep(store, task, answer_of(found))
    return found


def recall(store: PartStore | None, task: PartTask) -> PartAnswer | None:
    """Return the answer of a task that was solved before, `None` where there is none that can be believed."""
    if store is None or task.params.mode is not Mode.REPRODUCIBLE:
        return None
    key = task.key()
    text = store.recall(key)
    if text is None:
        return None
    seal, _, body = text.partition(" ")
    if seal != _seal(key, body):
        return None
    try:
        answer = answer_of(body.encode())
    except SolverError:
        return None
    return answer if _is_sound(task, answer) else None


def keep(store: PartStore | None, task: PartTask, answer: PartAnswer) -> None:
    """Keep an answer, if nothing but deterministic work has ended it."""
    if store is None or task.params.mode is not Mode.REPRODUCIBLE or answer.was_cut:
        return
    key, body = task.key(), answer.to_bytes().decode()
    store.keep(key, f"{_seal(key, body)} {body}")


def _seal(key: str, body: str) -> str:
    """Return the SHA-256 of a key and what stands under it, so that no text can stand under another key."""
    return hashlib.sha256(f"{key} {body}".encode()).hexdigest()


def _is_sound(task: PartTask, answer: PartAnswer) -> bool:
    if answer.plan is None:
        return answer.verdict is not Verdict.OPEN
    return answer.verdict is Verdict.OPEN and not answer.plan.faults(task.problem)
