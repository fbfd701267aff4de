"""What people type into fields, as far as it is a number; anything else goes on as it is, so that a schema refuses it."""

from __future__ import annotations


def whole(text: str) -> object:
    """Return the text as a whole number, or as it is."""
    stripped = text.strip()
    return int(stripped) if stripped.isascii() and stripped.lstrip("-").isdigit() and len(stripped) < 20 else text


def cents(text: str) -> object:
    """Return whole euros as cents, or the text as it is."""
    value = whole(text)
    return value * 100 if isinstance(value, int) else value
