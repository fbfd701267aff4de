"""Finished parts as files of a folder, each named by the hash of its input; the oldest go when the folder is full."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MOST_BYTES = 256 * 1024 * 1024
"""What a folder may hold; parts of a region of 95 companies take about 10 kB each (measured 2026-11)."""


class PartFolder:
    """A store of parts for `propose`; several processes may use it at once."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Make the folder where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._most_bytes = folder, most_bytes

    def recall(self, key: str) -> str | None:
        """Return the text of a key, and remember that it was of use."""
        path = self._folder / key
        try:
            text = path.read_text(encoding="utf-8")
            os.utime(path)
        except (OSError, UnicodeDecodeError):
            return None
        return text

    def keep(self, key: str, text: str) -> None:
        """Keep a text; it is there whole or not at all."""
        handle, draft = tempfile.mkstemp(dir=self._folder, prefix=".")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, self._folder / key)
        self._forget()

    def _forget(self) -> None:
        """Drop the files that were of use longest ago until the rest has room."""
        files = sorted(((path.stat(), path) for path in self._folder.iterdir()), key=lambda pair: -pair[0].st_mtime_ns)
        total = 0
        for stat, path in files:
            total += stat.st_size
            if total > self._most_bytes:
                path.unlink(missing_ok=True)
