"""Errors of single fields, in the words of the house: pydantic's findings become `InputProblem`s with pointers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cohort_opt.errors import InputProblem
from cohort_opt.problem.findings import KEYS, shown
from cohort_opt.problem.strict_json import escaped

TAGGED = frozenset({"patterns", "changes"})
"""Lists whose items have a `kind`; pydantic puts that kind into the location, where a pointer has nothing."""

_BY_TYPE: Mapping[str, tuple[str, str, str]] = {
    "missing": ("missing-field", "the field is required", "add it"),
    "greater_than_equal": ("out-of-range", "must be at least {ge}", "correct the value"),
    "less_than_equal": ("out-of-range", "must be at most {le}", "correct the value"),
    "finite_number": ("out-of-range", "must be a finite number", "correct the value"),
    "too_short": ("empty-availability", "must name at least {min_length}", "name one, or leave the field out for its default"),
    "too_long": ("too-many-items", "must have at most {max_length} entries", "split the instance or merge entries"),
    "string_type": ("wrong-type", "must be text", "write it as text"),
    "string_pattern_mismatch": (
        "bad-text",
        "an id is made of letters A to Z, digits, dot, dash and underscore, and begins with a letter or digit",
        "correct the id",
    ),
    "enum": ("unknown-value", "must be {expected}", "choose one of them"),
    "literal_error": ("unknown-value", "must be {expected}", "choose one of them"),
    "union_tag_invalid": ("unknown-value", "must be {expected_tags}", "choose one of them"),
    "union_tag_not_found": ("missing-field", "the field is required", "add it"),
    "tuple_type": ("wrong-type", "must be a list", "write a list in square brackets"),
    "model_type": ("wrong-type", "must be an object with named fields", "write an object in braces"),
    "model_attributes_type": ("wrong-type", "must be an object with named fields", "write an object in braces"),
    "dict_type": ("wrong-type", "must be an object with named fields", "write an object in braces"),
}
"""pydantic's error type -> (code, rule, remedy); braces are filled from the error's context."""

_REMEDIES = {
    "wrong-type": "write the value itself, without quotes",
    "not-an-integer": "round it to a whole number",
    "invalid-date": "write it as 2027-03-01",
    "nonexistent-time": "write the date alone, as 2027-03-01",
    "ambiguous-time": "write the date alone, as 2027-03-01",
    "outside-horizon": "correct the year",
    "bad-text": "retype the text",
    "too-long": "shorten it",
    "missing-field": "fill it in",
    "start-after-end": "swap the two dates",
    "out-of-range": "correct the value",
    "personal-data-refused": "leave it out; counts are enough",
}


def field_errors(error: ValidationError) -> list[ErrorDetails]:
    """Return what pydantic found, without what only follows: a list is not too short because its items are wrong."""
    details = error.errors(include_url=False)
    return [detail for detail in details if not (detail["type"] == "too_short" and detail["input"])]


def shape_problem(model: type[BaseModel], detail: ErrorDetails, document: Any) -> InputProblem:
    """Return what pydantic found at one field as a problem with object, pointer, value, rule and way out."""
    steps = location(detail)
    code, rule, remedy = _said(detail, steps)
    if detail["type"] == "extra_forbidden":
        remedy = _remedy_for_unknown(model, detail, steps)
    untold = detail["type"] in ("missing", "personal-data-refused") or isinstance(detail["input"], Mapping | list)
    value = "" if untold else shown(detail["input"])
    return InputProblem(code, subject_at(model, steps, document), value, rule, remedy, shown(pointer_to(steps)))


def location(detail: ErrorDetails) -> tuple[str | int, ...]:
    """Return where an error stands in the document: pydantic's location without the tags of unions."""
    loc = detail["loc"]
    kept = [step for i, step in enumerate(loc) if not (i > 1 and isinstance(loc[i - 1], int) and loc[i - 2] in TAGGED)]
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kept.append("kind")
    return tuple(kept)


def pointer_to(steps: Iterable[str | int]) -> str:
    """Return the RFC 6901 pointer of a location."""
    return "".join(f"/{escaped(str(step))}" for step in steps)


def _said(detail: ErrorDetails, steps: Sequence[str | int]) -> tuple[str, str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if value is None and kind != "extra_forbidden":
        return "missing-field", "must not be null", "fill it in, or leave the field out where it has a default"
    if kind == "extra_forbidden":
        return "unknown-field", "the format has no field of this name", ""
    if kind == "string_pattern_mismatch" and value == "":
        return "missing-field", "must not be empty", "fill it in"
    if kind == "string_pattern_mismatch" and len(str(value)) > 64:
        return "too-long", "an id has at most 64 characters", "shorten it"
    if kind == "greater_than_equal" and steps[0] == "demands" and steps[-1] == "count" and value == 0:
        return "out-of-range", "must be at least 1", "withdraw the demand line to ask for nobody"
    if kind in _BY_TYPE:
        code, rule, remedy = _BY_TYPE[kind]
        return code, rule.format_map(context), remedy
    code = kind if kind in _REMEDIES else "wrong-type"
    return code, detail["msg"], _REMEDIES[code]


def _remedy_for_unknown(model: type[BaseModel], detail: ErrorDetails, steps: Sequence[str | int]) -> str:
    close = difflib.get_close_matches(str(steps[-1])[:80], sorted(_field_names(model, detail["loc"][:-1])), n=1)
    return f"did you mean {close[0]}? Otherwise remove it" if close else "remove it"


def _field_names(model: type[BaseModel], steps: Sequence[str | int]) -> set[str]:
    """Return the field names of the record at a location (of all its possible kinds)."""
    models = [model]
    for step in steps:
        if isinstance(step, str) and any(step in found.model_fields for found in models):
            fields = [found.model_fields[step] for found in models if step in found.model_fields]
            models = [inner for field in fields for inner in models_in(field.annotation)]
        else:
            models = [found for found in models if _kind_of(found) == step] or models
    return {name for found in models for name in found.model_fields}


def _kind_of(model: type[BaseModel]) -> str:
    """Return the tag by which a union tells the model from the others; empty if it has none."""
    field = model.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field and get_args(field.annotation) else ""


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the records that an annotation speaks of, such as the row type of a tuple or the kinds of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def subject_at(model: type[BaseModel], steps: Sequence[str | int], document: Any) -> str:
    """Return the row as a person names it, by its key where that can be read."""
    if not steps:
        return model.__name__
    section = str(steps[0])
    found = _field_names(model, ()) & {section}
    kinds = models_in(model.model_fields[section].annotation) if found else []
    if not kinds:
        return model.__name__
    name = kinds[0].__name__ if len(kinds) == 1 else section.removesuffix("s").capitalize()
    row = _row_at(document, steps) if len(steps) > 1 else None
    if len(kinds) > 1:
        return shown(f"{name}[{row['kind']}]") if isinstance(row, Mapping) and isinstance(row.get("kind"), str) else name
    if section not in KEYS:
        return name
    parts = [row.get(field) for field in KEYS[section]] if isinstance(row, Mapping) else []
    known = [part for part in parts if isinstance(part, str) and part]
    return shown(f"{name}[{', '.join(known)}]") if known else name


def _row_at(document: Any, steps: Sequence[str | int]) -> Any:
    rows = document.get(steps[0]) if isinstance(document, Mapping) else None
    at = steps[1]
    return rows[at] if isinstance(rows, list | tuple) and isinstance(at, int) and at < len(rows) else None
