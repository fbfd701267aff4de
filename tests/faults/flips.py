"""G10: flipped bytes of the file and edits of the audit log are refused or reported, never served as if nothing had happened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from service.services import health
from tests.faults import house
from tests.faults.goal import Found, Run

FLIPS, EDITS = 20, 20
MAY_CHANGE = {"jobs", "accounts", "links", "sessions", "tokens", "outbox", "idempotency", "feeds"}
"""Tables whose rows change in daily work: no fingerprint of theirs can be kept beside them."""


def flips(run: Run) -> Found:
    """Flip bytes at places drawn evenly, and edit audit lines; ask the check verb."""
    dice, found, harmless, tried, unseen = run.dice("G10"), Found(), 0, 0, 0
    folder = run.own("flips")
    start = folder / "start.sqlite3"
    house.build(start)
    content = _everything(start)
    size = start.stat().st_size
    while tried < FLIPS * run.size:
        target = house.copy(start, folder / "flip.sqlite3")
        place, mask = dice.randrange(size), 1 << dice.randrange(8)
        data = bytearray(target.read_bytes())
        data[place] ^= mask
        target.write_bytes(data)
        if _everything(target) == content:
            harmless += 1  # a byte that nothing reads
            continue
        tried += 1
        found.done += 1
        if not _reported(target):
            changed = _changed(target, content)
            if changed <= MAY_CHANGE:
                unseen += 1
                continue
            found.misses.append(f"byte {place} xor {mask} changes {', '.join(sorted(changed))} and is not reported")
    for _ in range(EDITS * run.size):
        target = house.copy(start, folder / "edit.sqlite3")
        _edit(target, dice)
        found.done += 1
        if not _reported(target):
            found.misses.append("an edited audit line is not reported")
    found.measured = (
        f"{tried} flips that change what is read ({harmless} more change nothing), {tried - unseen} reported, {unseen} unseen in "
        f"rows that may change; {EDITS * run.size} edits of the audit log"
    )
    return found


def _reported(path: Path) -> bool:
    """Return whether the check verb finds anything, or the file is not even opened."""
    try:
        context = house.open_house(path)
        try:
            return bool(health.faults(context))
        finally:
            house.close(context)
    except Exception:
        return True


def _changed(path: Path, content: dict[str, list[str]] | None) -> set[str]:
    now = _everything(path)
    return {"unreadable"} if now is None or content is None else {name for name in content if now.get(name) != content[name]}


def _everything(path: Path) -> dict[str, list[str]] | None:
    """Return all that can be read, by table; `None` where it cannot be read at all."""
    connection = sqlite3.connect(path)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: [repr(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")] for name in names}  # noqa: S608
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def _edit(path: Path, dice: object) -> None:
    connection = sqlite3.connect(path)
    for verb in ("update", "delete"):
        connection.execute(f"DROP TRIGGER audit_refuse_{verb}")
    last = connection.execute("SELECT max(number) FROM audit").fetchone()[0]
    number = dice.randint(1, last)  # type: ignore[attr-defined]
    column = dice.choice(["at", "actor", "action", "object", "facts", "hash", "previous"])  # type: ignore[attr-defined]
    if number < last and dice.random() < 0.3:  # type: ignore[attr-defined]
        connection.execute("DELETE FROM audit WHERE number = ?", (number,))
    else:
        connection.execute(f"UPDATE audit SET {column} = {column} || 'x' WHERE number = ?", (number,))  # noqa: S608
    connection.commit()
    connection.close()
