"""What a workbook says, before anything is stored."""

from __future__ import annotations

from typing import Any

from service.schemas.rounds import CountsWarning
from service.schemas.wire import Wire


class WorkbookPreview(Wire):
    """The lines that were read, as the form would send them, and the cell of each field by pointer; nothing is stored."""

    lines: tuple[dict[str, Any], ...]
    places: dict[str, str]
    warnings: tuple[CountsWarning, ...]
