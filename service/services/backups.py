"""Copies of the database: made while the service runs, and put back only when they are whole."""

from __future__ import annotations

import os
from pathlib import Path

from service.clock import Clock
from service.config import Settings
from service.problems import Refusal
from service.services import health
from service.services.context import Context
from service.store.database import Address, SqliteStore, initialise, is_server
from service.store.sqlite import copy_file

SERVER = "PostgreSQL has its own tools: pg_dump --format=custom for a copy, pg_restore for the way back."


def back_up(database: Address, target: Path, settings: Settings, clock: Clock) -> None:
    """Copy the database to a file while others read and write, check the copy, and only then give it its name.

    Raises
    ------
    Refusal
        `already-exists` for a target that is there, `not-verified` for a copy that is not whole.
    """
    if target.exists():
        raise Refusal("already-exists", f"{target} is there already; a backup is never written over.")
    draft = target.with_name(f".{target.name}.part")
    try:
        copy_file(_file(database), draft)
        _must_be_whole(draft, settings, clock)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def restore(source: Path, database: Address, settings: Settings, clock: Clock, *, replace: bool = False) -> Path | None:
    """Put a copy in the place of the database, which must not be in use; return where the database before it went.

    Raises
    ------
    Refusal
        `not-verified` for a copy that is not whole; `already-exists` where there is a database, unless it shall be replaced.
    """
    target = _file(database)
    if not source.exists():
        raise Refusal("not-found", f"{source} is not there.")
    if target.exists() and not replace:
        raise Refusal("already-exists", f"{target} is there already; say --replace to put it aside.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restored")
    aside = None
    try:
        copy_file(source, draft)
        _must_be_whole(draft, settings, clock)
        initialise(draft)
        if target.exists():
            aside = target.with_name(f"{target.name}.before-{clock():%Y%m%dT%H%M%SZ}")
            for ending in ("", "-wal", "-shm"):
                part = Path(f"{target}{ending}")
                if part.exists():
                    os.replace(part, f"{aside}{ending}")
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return aside


def _file(database: Address) -> Path:
    if is_server(database):
        raise Refusal("not-acceptable", SERVER)
    return Path(database)


def _must_be_whole(path: Path, settings: Settings, clock: Clock) -> None:
    store = SqliteStore(path)
    try:
        faults = health.faults(Context(store, clock, settings))
    finally:
        store.close()
    if faults:
        raise Refusal(
            "not-verified", f"{path} is not whole: {faults[0]}" + (f" and {len(faults) - 1} more" if faults[1:] else "")
        )
