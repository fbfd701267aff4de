"""Writers that come at the same time share one commit, since what takes long is the disk and not the change.

Each writer works alone, between a savepoint and its release; whoever finds nobody waiting behind it commits for all that went
before. Nobody returns before the commit that holds its change is on disk, and a change that fails takes nobody else with it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RootTransaction

MOST_TOGETHER = 64
"""Changes in one commit; more would make the first of them wait too long."""
LOOK_SECONDS = 0.01
"""How often a writer looks whether whoever it counted on has gone away."""


class NoTurnError(Exception):
    """Others have been writing for longer than a writer waits."""


class LostError(Exception):
    """The database rolled back what several writers had done, because of what one of them met: a full disk."""


class _Batch:
    """Changes that are committed together."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        try:
            self.transaction: RootTransaction = connection.begin()
        except BaseException:
            connection.close()
            raise
        self.changes = 0
        self.ended = threading.Event()
        self.error: BaseException | None = None


class GroupCommit:
    """Turns to write through one engine."""

    def __init__(self, engine: Engine, wait_seconds: float) -> None:
        """Prepare; `wait_seconds`: how long a writer waits for its turn."""
        self._engine, self._wait_seconds = engine, wait_seconds
        self._turn = threading.Lock()
        self._count = threading.Lock()
        self._waiting = 0
        self._batch: _Batch | None = None

    @contextmanager
    def change(self) -> Iterator[Connection]:
        """Return a connection for one change, alone; when the block has ended well, the change is on disk.

        Raises
        ------
        NoTurnError
            If there was no turn in time.
        """
        self._take_turn()
        batch = None
        try:
            batch = self._batch = self._batch or _Batch(self._engine.connect())
            with batch.connection.begin_nested():
                yield batch.connection
            batch.changes += 1
        finally:
            self._give_turn(batch)
        self._wait_for_end(batch)

    def _take_turn(self) -> None:
        with self._count:
            self._waiting += 1
        try:
            if not self._turn.acquire(timeout=self._wait_seconds):
                raise NoTurnError
        finally:
            with self._count:
                self._waiting -= 1

    def _give_turn(self, batch: _Batch | None) -> None:
        """Commit where nobody waits behind, or what was done is lost already; then let the next one in."""
        try:
            if batch is not None:
                # An open connection has one of the database.
                lost = not batch.connection.connection.dbapi_connection.in_transaction  # type: ignore[union-attr]
                if lost or not self._waiting or batch.changes >= MOST_TOGETHER:
                    self._end(batch, lost=lost)
        finally:
            self._turn.release()

    def _wait_for_end(self, batch: _Batch) -> None:
        while not batch.ended.wait(LOOK_SECONDS):
            if self._turn.acquire(blocking=False):
                try:
                    if self._batch is batch:
                        self._end(batch)
                finally:
                    self._turn.release()
        if batch.error is not None:
            raise batch.error

    def _end(self, batch: _Batch, *, lost: bool = False) -> None:
        """Commit a batch; where that cannot be, or the database has rolled it back already (`lost`), tell each of its writers."""
        self._batch = None
        try:
            if lost:
                batch.transaction.rollback()
                raise LostError
            batch.transaction.commit()
        except BaseException as error:
            batch.error = error
        finally:
            try:
                batch.connection.close()
            finally:
                batch.ended.set()
