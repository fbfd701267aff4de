"""Text to a plain document, strictly: what JSON allows and people never mean is refused, and no input can hurt the parser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.findings import shown

MAX_BYTES = 64 * 1024 * 1024
"""Largest document read by default; the web service sets a smaller limit of its own."""
MAX_DEPTH = 32
"""Deepest nesting; the format itself needs 6. Python's parser fails at about 1,000."""
MAX_DIGITS = 1_000
"""Longest run of digits in a number; converting very long ones takes quadratic time."""

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[][{}]")
_LONG_NUMBER = re.compile(rf"[0-9]{{{MAX_DIGITS + 1}}}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_OTHER_ENCODINGS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class _NotJsonError(ValueError):
    """A number or constant that JSON does not know."""


def read_json(source: str | bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the document in a JSON text.

    Parameters
    ----------
    source
        The text, or its bytes in UTF-8 without a byte-order mark.
    max_bytes
        Largest size accepted.

    Raises
    ------
    InstanceError
        With one of the codes `too-large`, `bad-encoding`, `too-deep`, `bad-json`, `duplicate-key`, `bad-text`.
    """
    text = _decoded(source, max_bytes)
    _check_before_parsing(text)
    doubled: list[tuple[dict[str, Any], str]] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        row = dict(pairs)
        if len(row) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    doubled.append((row, key))
                seen.add(key)
        return row

    try:
        document = json.loads(text, object_pairs_hook=unique, parse_constant=_no_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _refusal("bad-json", f"line {error.lineno}, column {error.colno}", f"is not JSON: {_said(error)}",
                       "mend the text there") from None  # fmt: skip
    except _NotJsonError as error:
        raise _refusal("bad-json", str(error), "is not a number of JSON", "give a finite number or leave it out") from None
    except RecursionError:  # unreachable while MAX_DEPTH is checked first; kept so that no input ends in a stack trace
        raise _too_deep() from None
    if problems := [*_double_keys(document, doubled), *_lone_surrogates(document, text)]:
        raise InstanceError(problems)
    return document


def _decoded(source: str | bytes, max_bytes: int) -> str:
    if len(source) > max_bytes:
        raise _refusal("too-large", f"{len(source)} bytes", f"the document is larger than {max_bytes} bytes", "split it")
    if isinstance(source, bytes) and (source.startswith(_OTHER_ENCODINGS) or b"\0" in source[:4]):
        raise _refusal("bad-encoding", "", "has a byte-order mark or is not UTF-8", "save it as UTF-8 without a byte-order mark")
    if isinstance(source, str):
        if source.startswith("\ufeff"):
            raise _refusal("bad-encoding", "", "begins with a byte-order mark", "save it as UTF-8 without a byte-order mark")
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal("bad-encoding", f"byte {error.start + 1}", "is not UTF-8", "save it as UTF-8") from None


def _check_before_parsing(text: str) -> None:
    """Refuse what would hurt the parser; strings are taken out first, so that only structure and numbers are left."""
    bare = _STRING.sub('""', text)
    steps = (1 if bracket in "[{" else -1 for bracket in _BRACKET.findall(bare))
    if max(accumulate(steps), default=0) > MAX_DEPTH:
        raise _too_deep()
    if found := _LONG_NUMBER.search(bare):
        raise _refusal("bad-json", f"{bare[found.start() : found.start() + 20]}...",
                       f"is a number of more than {MAX_DIGITS} digits", "correct the number")  # fmt: skip


def _too_deep() -> InstanceError:
    return _refusal(
        "too-deep", "", f"is nested deeper than {MAX_DEPTH} levels", "follow the format that `cohort-opt schema` shows"
    )


def _no_constant(name: str) -> float:
    raise _NotJsonError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise _NotJsonError(shown(digits))
    return value


def _said(error: json.JSONDecodeError) -> str:
    if error.msg == "Extra data":
        return "something follows the end of the document"
    return error.msg[:1].lower() + error.msg[1:]


def _double_keys(document: Any, doubled: list[tuple[dict[str, Any], str]]) -> Iterator[InputProblem]:
    if not doubled:
        return
    pointers = {id(node): pointer for pointer, node in _nodes(document) if isinstance(node, dict)}
    for row, key in doubled:
        # An object inside a value that a later key of the same name replaced is gone from the document: it has no pointer.
        place = f"{pointers[id(row)]}/{escaped(key)}" if id(row) in pointers else ""
        yield InputProblem("duplicate-key", "Document", shown(key), "stands twice in one object", "keep one of the two", place)


def _lone_surrogates(document: Any, text: str) -> Iterator[InputProblem]:
    if "\\u" not in text and not _SURROGATE.search(text):
        return
    for pointer, node in _nodes(document):
        texts = [node] if isinstance(node, str) else list(node) if isinstance(node, dict) else []
        if any(_SURROGATE.search(part) for part in texts):
            yield InputProblem("bad-text", "Document", "", "holds half of a surrogate pair, which is no character",
                               "write the character itself", shown(pointer))  # fmt: skip


def _nodes(document: Any) -> Iterator[tuple[str, Any]]:
    """Yield every value of the document with its RFC 6901 pointer, in reading order."""
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        pointer, node = waiting.pop()
        yield pointer, node
        if isinstance(node, dict):
            waiting.extend([(f"{pointer}/{escaped(key)}", value) for key, value in node.items()][::-1])
        elif isinstance(node, list):
            waiting.extend([(f"{pointer}/{i}", value) for i, value in enumerate(node)][::-1])


def escaped(key: str) -> str:
    """Return a key as one step of an RFC 6901 pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _refusal(code: str, value: str, rule: str, remedy: str) -> InstanceError:
    return InstanceError([InputProblem(code, "Document", value, rule, remedy)])
