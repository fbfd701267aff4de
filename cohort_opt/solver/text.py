"""Plain values as text and back: figures, words, arrays, records. The same value gives the same text, so that its hash names it.

Unlike a pickle such a text can make nothing but the records that its reader lists: what somebody else wrote runs no code.
"""

from __future__ import annotations

import base64
import dataclasses
import json
from enum import StrEnum
from typing import Any

import numpy as np

from cohort_opt.errors import SolverError

DTYPES = ("<i8", "<f8", "|b1")
"""What an array may hold: whole numbers, floats, truths."""

Kinds = tuple[type, ...]
"""The records and enumerations that a reader expects."""


def to_text(value: object) -> str:
    """Return a value as one line of JSON.

    Raises
    ------
    SolverError
        If it holds something that has no text.
    """
    return json.dumps(_shown(value), separators=(",", ":"), allow_nan=False)


def from_text(text: str, kinds: Kinds) -> Any:
    """Return the value of a text.

    Raises
    ------
    SolverError
        If it is not what `to_text` writes for these kinds.
    """
    try:
        return _read(json.loads(text), {kind.__name__: kind for kind in kinds})
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise SolverError(f"the text is none of {', '.join(kind.__name__ for kind in kinds)}: {error}") from None


def _shown(value: object) -> Any:
    if isinstance(value, StrEnum):
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.ndarray):
        flat = np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<"))
        return ["array", flat.dtype.str, list(flat.shape), base64.b64encode(flat.tobytes()).decode()]
    if isinstance(value, tuple):
        return ["tuple", *(_shown(item) for item in value)]
    if isinstance(value, dict):
        return ["dict", *([_shown(key), _shown(item)] for key, item in sorted(value.items()))]
    if dataclasses.is_dataclass(value):
        return [type(value).__name__, *(_shown(getattr(value, field.name)) for field in dataclasses.fields(value))]
    raise SolverError(f"{type(value).__name__} has no text; only plain values travel")


def _read(shown: Any, kinds: dict[str, type]) -> Any:
    if not isinstance(shown, list):
        return shown
    name, *rest = shown
    if name == "array":
        return _array(*rest)
    if name == "tuple":
        return tuple(_read(item, kinds) for item in rest)
    if name == "dict":
        return {_read(key, kinds): _read(item, kinds) for key, item in rest}
    kind: Any = kinds[name]
    if issubclass(kind, StrEnum):
        return kind(*rest)
    fields = dataclasses.fields(kind)
    if len(rest) != len(fields):
        raise ValueError(f"{name} has {len(fields)} fields and not {len(rest)}")
    return kind(*(_read(item, kinds) for item in rest))


def _array(dtype: str, shape: list[int], data: str) -> np.ndarray:
    if dtype not in DTYPES:
        raise ValueError(f"no array holds {dtype}")
    return np.frombuffer(base64.b64decode(data, validate=True), dtype=dtype).reshape(shape).copy()
