"""Files of packs and facts -> records: strictly, with every problem at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.packs.checks import check_between, check_facts, check_pack
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.pack import RulePack
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Record
from cohort_opt.problem.shape import shape_problem
from cohort_opt.problem.strict_json import read_json

R = TypeVar("R", bound=Record)

MAX_BYTES = 4 * 1024 * 1024
"""Largest pack or facts file; the largest sample has 6 kB."""
_TAGGED = frozenset({"conditions", "amounts"})
"""Lists whose items have a `kind`, which pydantic puts into the location where a pointer has nothing."""


def pack_from_dict(document: Any) -> RulePack:
    """Return the rule pack in a plain document.

    Raises
    ------
    InstanceError
        With every problem of the pack: single fields first, then what contradicts inside it.
    """
    pack = record_from(RulePack, document)
    if problems := check_pack(pack):
        raise InstanceError(problems)
    return pack


def read_pack(source: str | bytes) -> RulePack:
    """Return the rule pack in a JSON text; errors as in `pack_from_dict`, and those of broken JSON."""
    return pack_from_dict(read_json(source, max_bytes=MAX_BYTES))


def read_facts(source: str | bytes, instance: Instance) -> EligibilityFacts:
    """Return the facts in a JSON text, checked against the instance they belong to.

    Raises
    ------
    InstanceError
        With every problem: fields, unknown lines, answers that do not add up to the count of their line.
    """
    facts = record_from(EligibilityFacts, read_json(source, max_bytes=MAX_BYTES))
    if problems := check_facts(instance, facts):
        raise InstanceError(problems)
    return facts


def load_packs(paths: Iterable[Path]) -> tuple[RulePack, ...]:
    """Return the packs in files and folders (all `*.json` of a folder), sorted by id, checked against each other.

    Raises
    ------
    InstanceError
        With every problem of every file; the pointer begins with the file's name.
    """
    packs: list[RulePack] = []
    problems: list[InputProblem] = []
    for path in _files(paths):
        try:
            packs.append(read_pack(path.read_bytes()))
        except InstanceError as error:
            problems += [dataclasses.replace(p, pointer=f"{path.name}{p.pointer}") for p in error.problems]
        except OSError as error:
            problems.append(
                InputProblem("unreadable", "File", path.name, f"cannot be read: {error.strerror}", "correct the path")
            )
    if problems := [*problems, *check_between(packs)]:
        raise InstanceError(problems)
    return tuple(sorted(packs, key=lambda pack: pack.id))


def validate_packs(paths: Iterable[Path]) -> tuple[InputProblem, ...]:
    """Return every problem of the packs in files and folders; empty if all are sound. Raises nothing."""
    try:
        load_packs(paths)
    except InstanceError as error:
        return error.problems
    return ()


def _files(paths: Iterable[Path]) -> list[Path]:
    return sorted(file for path in paths for file in (path.glob("*.json") if path.is_dir() else (path,)))


def record_from(model: type[R], document: Any) -> R:
    """Return the record in a plain document; raise `InstanceError` with every field that is wrong."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise InstanceError([_problem(model, detail, document) for detail in error.errors()]) from None


def _problem(model: type[Record], detail: ErrorDetails, document: Any) -> InputProblem:
    loc = detail["loc"]
    kept = tuple(s for i, s in enumerate(loc) if not (i > 1 and isinstance(loc[i - 1], int) and loc[i - 2] in _TAGGED))
    found = shape_problem(model, cast(ErrorDetails, {**detail, "loc": kept}), document)
    named = _row_name(document, kept)
    return dataclasses.replace(found, subject=f"{found.subject}[{named}]") if named and "[" not in found.subject else found


def _row_name(document: Any, steps: tuple[str | int, ...]) -> str:
    """Return the id of the row in which the error stands, else that of the document; empty where there is none."""
    names = [_name(document)]
    for step in steps[:2]:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            break
        names.append(_name(document))
    return next((name for name in reversed(names) if name), "")


def _name(row: Any) -> str:
    found = next((row[key] for key in ("id", "demand", "course") if key in row), "") if isinstance(row, Mapping) else ""
    return found[:64] if isinstance(found, str) and found.isprintable() else ""
