"""Files and documents to instances, through one strict path: limits, decoding, fields, then what holds between records.

Every error carries all problems found, each with the place where it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.checks import contradictions
from cohort_opt.problem.fields import FIRST_DAY, LAST_DAY
from cohort_opt.problem.findings import KEYS, Locate, Place, Unread, by_id, key_of
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Calendar, InstanceRecords, Prices
from cohort_opt.problem.shape import field_errors, location, models_in, pointer_to, shape_problem
from cohort_opt.problem.sheets import csv_folder, workbook_reader
from cohort_opt.problem.sheets.assemble import Assembly, Convert
from cohort_opt.problem.sheets.cells import from_text, from_workbook
from cohort_opt.problem.sheets.grid import Grid
from cohort_opt.problem.strict_json import MAX_BYTES, read_json

__all__ = [
    "MAX_SHOWN",
    "Translate",
    "instance_from_dict",
    "instance_schema",
    "read_instance",
    "read_json",
    "read_json_file",
    "record_from_dict",
]

R = TypeVar("R", bound=BaseModel)

MAX_SHOWN = 100
"""Most problems that one error carries; the rest are counted."""

Translate: TypeAlias = Callable[[str], str]
"""Turns an RFC 6901 pointer into the place that the reader of a file knows, such as `demands!C7`."""


def read_instance(path: str | Path) -> Instance:
    """Return the instance in a JSON file, a workbook (.xlsx) or a folder of CSV sheets.

    Raises
    ------
    InstanceError
        If there is no such file, it is of another kind, or anything in it is wrong.
    """
    path = Path(path)
    if path.is_dir():
        return _from_sheets(csv_folder.read_grids(path), [], from_text)
    if path.suffix.lower() != ".xlsx":
        return instance_from_dict(read_json_file(path))
    grids, problems = workbook_reader.read_grids(_bytes_of(path))
    return _from_sheets(grids, problems, from_workbook)


def read_json_file(path: str | Path) -> Any:
    """Return the document in a JSON file.

    Raises
    ------
    InstanceError
        If there is no such file, it is too large, or it is not strict JSON.
    """
    path = Path(path)
    data = _bytes_of(path)
    if path.suffix.lower() != ".json":
        code = "unsupported-workbook" if path.suffix.lower() in (".xls", ".xlsm", ".xlsb", ".ods") else "unknown-file-kind"
        raise _no_file(path, code, "is neither a JSON file (.json), a workbook (.xlsx) nor a folder of CSV sheets",
                       "give one of these; `cohort-opt template` makes a workbook to fill in")  # fmt: skip
    return read_json(data)


def record_from_dict(model: type[R], document: Any) -> R:
    """Return the record that a document describes, for records whose fields need no check against each other.

    Raises
    ------
    InstanceError
        With all problems of single fields.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        problems = [shape_problem(model, detail, document) for detail in field_errors(error)]
        raise InstanceError(limited(problems)) from None


def _from_sheets(grids: list[Grid], problems: list[InputProblem], convert: Convert) -> Instance:
    assembly = Assembly(grids, convert)
    return instance_from_dict(assembly.document, translate=assembly.translate, found=[*problems, *assembly.problems])


def instance_from_dict(document: Any, *, translate: Translate | None = None, found: Iterable[InputProblem] = ()) -> Instance:
    """Return the instance that a document describes.

    Parameters
    ----------
    document
        Plain dicts, lists, texts, numbers, as JSON gives them; dates as text or `datetime.date`.
    translate
        Applied to every pointer of a problem.
    found
        Problems that the reader of the document found before; with any of them there is no instance. An error of a field at
        or below one of their pointers (a star stands for any position) follows from them and is not told again.

    Raises
    ------
    InstanceError
        With all problems at once, at most `MAX_SHOWN` of them and the number of the rest. What stands in rows with errors of
        their own is left out of the checks between records, so that no error follows from another.
    """
    problems = list(found)
    told = [pointer.split("/")[1:] for problem in problems for pointer in (problem.pointer, *problem.also) if pointer[:1] == "/"]
    try:
        instance = Instance.model_validate(document)
    except ValidationError as error:
        problems += _all_problems(document, error, told)
    except InstanceError:
        locate = _locator(document)
        problems += [finding.problem(locate) for finding in contradictions(InstanceRecords.model_validate(document))]
    if problems:
        raise InstanceError(_translated(limited(problems), translate))
    return instance


def instance_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an instance document, with the descriptions of the records."""
    schema = Instance.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def limited(problems: list[InputProblem]) -> list[InputProblem]:
    """Return the first `MAX_SHOWN` problems and, if there are more, one that says how many."""
    rest = len(problems) - MAX_SHOWN
    if rest <= 0:
        return problems
    return [*problems[:MAX_SHOWN], InputProblem("more-problems", "Document", f"{rest} more", f"only {MAX_SHOWN} are shown",
                                                "mend these and try again")]  # fmt: skip


def _translated(problems: list[InputProblem], translate: Translate | None) -> list[InputProblem]:
    if translate is None:
        return problems
    return [_moved(problem, translate) for problem in problems]


def _moved(problem: InputProblem, translate: Translate) -> InputProblem:
    places = list(dict.fromkeys(translate(pointer) for pointer in (problem.pointer, *problem.also)))
    return replace(problem, pointer=places[0], also=tuple(places[1:]))


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise _no_file(path, "no-such-file", "does not exist", "correct the path")
    if not path.is_file():
        raise _no_file(path, "unknown-file-kind", "is no file", "give a JSON file, a workbook or a folder of CSV sheets")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _no_file(path, "too-large", f"is larger than {MAX_BYTES} bytes", "split the instance")
        return path.read_bytes()
    except OSError as error:
        raise _no_file(path, "unreadable-file", f"cannot be read: {error.strerror}", "check the rights of the file") from None


def _no_file(path: Path, code: str, rule: str, remedy: str) -> InstanceError:
    return InstanceError([InputProblem(code, "File", path.name, rule, remedy)])


def _all_problems(document: Any, error: ValidationError, told: list[list[str]]) -> list[InputProblem]:
    """Return the errors of fields, then the contradictions between all rows that are sound by themselves."""
    details = field_errors(error)
    new = [detail for detail in details if not any(_covers(pattern, location(detail)) for pattern in told)]
    problems = [shape_problem(Instance, detail, document) for detail in islice(new, MAX_SHOWN)]
    problems += problems[-1:] * (len(new) - len(problems))  # only their number is told
    if isinstance(document, Mapping):
        records, unread = _sound_part(document, {location(detail) for detail in details})
        locate = _locator(document)
        problems += [finding.problem(locate) for finding in contradictions(records, unread)]
    return problems


def _covers(pattern: Sequence[str], steps: Sequence[str | int]) -> bool:
    return len(pattern) <= len(steps) and all(p in ("*", str(step)) for p, step in zip(pattern, steps, strict=False))


class _AnyId(Container[str]):
    """The ids of a collection that could not be read: any id may be among them."""

    def __contains__(self, item: object) -> bool:
        return True


def _sound_part(document: Mapping[str, Any], broken: set[tuple[str | int, ...]]) -> tuple[InstanceRecords, Unread]:
    bad_rows = {steps[:2] for steps in broken if len(steps) > 1 and steps[0] in KEYS and isinstance(steps[1], int)}
    bad_sections = {steps[0] for steps in broken if steps and steps[:2] not in bad_rows}
    sections: dict[str, Any] = {"format": "cohort-opt/1", "name": "", **_singletons(document, broken)}
    ids: dict[str, Container[str]] = {}
    for section in KEYS:
        rows = document.get(section, ())
        if section in bad_sections or not isinstance(rows, list | tuple):
            sections[section], ids[section] = (), _AnyId()
            continue
        model = models_in(Instance.model_fields[section].annotation)[0]
        sections[section] = tuple(model.model_validate(row) for i, row in enumerate(rows) if (section, i) not in bad_rows)
        left_out = [row for i, row in enumerate(rows) if (section, i) in bad_rows]
        names = [row.get("id") if isinstance(row, Mapping) else None for row in left_out]
        ids[section] = frozenset(map(str, names)) if all(isinstance(name, str) for name in names) else _AnyId()
    unread = frozenset(str(steps[0]) for steps in broken if steps)
    return InstanceRecords.model_construct(**sections), Unread(unread, ids)


def _singletons(document: Mapping[str, Any], broken: set[tuple[str | int, ...]]) -> dict[str, Any]:
    """Return calendar and prices, or stand-ins that no check looks at where they could not be read."""
    unread = {steps[0] for steps in broken if steps}
    calendar = Calendar(start=FIRST_DAY, end=LAST_DAY) if "calendar" in unread else Calendar.model_validate(document["calendar"])
    prices = Prices(unplaced_cents=0) if "prices" in unread else Prices.model_validate(document["prices"])
    return {"calendar": calendar, "prices": prices}


def _locator(document: Mapping[str, Any]) -> Locate:
    """Return what finds the rows of a key in the document, in the order in which they stand there."""
    positions: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for section in KEYS:
        rows = document.get(section, ())
        for i, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
            if isinstance(row, Mapping):
                positions.setdefault((section, key_of(section, row)), []).append(i)

    def locate(place: Place) -> list[str]:
        fields = place.field.split("/") if place.field else []
        if not place.key:
            return [pointer_to([place.collection, *fields])]
        rows = positions.get((place.collection, place.key), [])
        return [pointer_to([place.collection, i, *fields]) for i in rows] or by_id(place)

    return locate
