"""Docstrings of records as descriptions of their JSON Schema, so that the two cannot drift apart."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from typing import Any

_SECTION = re.compile(r"^([A-Z][a-z]+)\n-{3,}\n", re.MULTILINE)
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def describe(schema: dict[str, Any], docstrings: Sequence[str | None]) -> None:
    """Put the summary of a record's NumPy docstring and the texts of its `Attributes` into its schema.

    The first docstring is that of the record, the others those of its bases, which may describe fields too.

    Also gives bounds their names in JSON Schema: pydantic leaves them as `ge` and `le` behind a validator of ours.
    """
    texts: dict[str, str] = {}
    for docstring in docstrings[::-1]:
        summary, *sections = _SECTION.split(inspect.cleandoc(docstring or ""))
        schema["description"] = _as_json(summary.strip())
        texts.update(_attributes(dict(zip(sections[::2], sections[1::2], strict=True)).get("Attributes", "")))
    for name, field in schema.get("properties", {}).items():
        for part in (field, *field.get("anyOf", ()), *([field["items"]] if isinstance(field.get("items"), dict) else ())):
            for ours, theirs in _BOUNDS.items():
                if ours in part:
                    part[theirs] = part.pop(ours)
        if name in texts:
            field["description"] = _as_json(texts[name])


def _attributes(section: str) -> dict[str, str]:
    """Return the text of each attribute; several names may share one."""
    texts: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.split(",")]
        elif line.strip():
            for name in names:
                texts[name] = f"{texts.get(name, '')} {line.strip()}".strip()
    return texts


def _as_json(text: str) -> str:
    return text.replace("`None`", "`null`")
