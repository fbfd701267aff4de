"""What people type into fields, as far as it is a number; anything else goes on as it is, so that a schema refuses it."""

from __future__ import annotations


def whole(text: str) -> object:
    """Return the text as a whole number, or as it is."""
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.lstrip("-").isdigit() and len(stripped) < 20 else text
