"""How rows that several runs or arcs share are collected: equal rows once, and none that can never bind."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from cohort_opt.problem.compact import Ints, Rows


def grouped(major: Ints, minor: Ints, value: Ints) -> list[tuple[tuple[int, int], Ints]]:
    """Return the values of each (major, minor) pair, pairs and values ascending."""
    if not len(major):
        return []
    order = np.lexsort((value, minor, major))
    major, minor, value = major[order], minor[order], value[order]
    cuts = np.nonzero((np.diff(major) != 0) | (np.diff(minor) != 0))[0] + 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), cuts])
    return [((int(major[s]), int(minor[s])), part) for s, part in zip(starts, np.split(value, cuts), strict=True)]


class RowBuilder:
    """Collects rows; the same entries under the same owner and limit are kept once."""

    def __init__(self, weight: Ints) -> None:
        """Start without rows; `weight` is the most that each variable can be, to see which rows can bind."""
        self._weight = weight
        self._seen: set[tuple[tuple[int, int], bytes]] = set()
        self._names: list[str] = []
        self._limits: list[int] = []
        self._entries: list[Ints] = []
        self._uses: list[Ints] = []

    def add(
        self, name: str, owner_and_limit: tuple[int, int], entries: Ints, may_bind: bool = False, use: Ints | None = None
    ) -> None:
        """Add `sum use * variable <= limit`; a row that stands already or can never bind is left out.

        Parameters
        ----------
        owner_and_limit
            Whose row it is (a number) and its right-hand side.
        entries
            Variables, ascending, each once.
        may_bind
            Whether the caller knows that the row can bind.
        use
            Coefficients; `None` = 1 for each.
        """
        limit = owner_and_limit[1]
        use = np.ones(len(entries), dtype=np.int64) if use is None else use
        key = (owner_and_limit, entries.tobytes() + use.tobytes())
        if key in self._seen or not (may_bind or int((use * self._weight[entries]).sum()) > limit):
            return
        self._seen.add(key)
        self._names.append(name)
        self._limits.append(limit)
        self._entries.append(entries)
        self._uses.append(use)

    def done(self) -> Rows:
        """Return the rows in the order in which they were added."""
        if not self._names:
            return Rows.none()
        start = np.concatenate([[0], np.cumsum([len(entries) for entries in self._entries])]).astype(np.int64)
        index = np.concatenate(self._entries).astype(np.int64)
        use = np.concatenate(self._uses).astype(np.int64)
        return Rows(tuple(self._names), np.array(self._limits, dtype=np.int64), start, index, use)


def joined(parts: Iterable[Rows]) -> Rows:
    """Return the rows of several rules one after the other."""
    found = [rows for rows in parts if len(rows)]
    if len(found) < 2:
        return found[0] if found else Rows.none()
    sizes = np.concatenate([np.diff(rows.start) for rows in found])
    return Rows(
        names=tuple(name for rows in found for name in rows.names),
        limit=np.concatenate([rows.limit for rows in found]),
        start=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]).astype(np.int64),
        index=np.concatenate([rows.index for rows in found]),
        use=np.concatenate([rows.use for rows in found]),
    )
