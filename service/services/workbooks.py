"""Verbs of a company's workbook: its own rows to take away, and a filled-in one to look at before anything is stored."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from cohort_opt import write_company_counts
from service.actors import Actor
from service.children import ask_child
from service.problems import Flaw, Refusal, from_validation_error
from service.schemas import CompanyCounts, CountsReceipt, CountsWarning, StoredCounts
from service.services import rounds
from service.services.context import Context
from service.services.versions import ANY, Match

SECONDS = 20
"""How long a workbook may take to be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a workbook says: its lines as the form would send them, and the cell of each field by pointer."""

    lines: list[dict[str, Any]]
    places: Mapping[str, str]
    warnings: tuple[CountsWarning, ...] = ()


def counts_workbook(context: Context, actor: Actor, round_id: str, company: str, language: str) -> bytes:
    """Return the workbook of a company with its stored lines; without any, with one line for each course to fill in."""
    base = rounds.round_base(context, actor, round_id, company)
    courses = {course["id"]: course["name"] for course in base["courses"]}
    stored = [line.model_dump(mode="json") for line in rounds.get_counts(context, actor, round_id, company).lines]
    calendar = base["calendar"]
    empty = {"earliest_start": calendar["start"], "latest_start": calendar["end"], "max_travel_km": 40}
    return write_company_counts(courses, stored or [{"course": course, **empty} for course in courses], language)


def read_workbook(context: Context, actor: Actor, round_id: str, company: str, data: bytes) -> Sheet:
    """Return what a filled-in workbook says; nothing is stored.

    Raises
    ------
    Refusal
        With the cell of every error; `unsupported-workbook` where the file could not be read within its limits.
    """
    base = rounds.round_base(context, actor, round_id, company)
    courses = {course["id"]: course["name"] for course in base["courses"]}
    found = ask_child("service.sheet_child", {"courses": courses, "data": base64.b64encode(data).decode()}, SECONDS)
    if found is None:
        detail = "The file could not be read within its limits of time and memory; use the file from this page."
        raise Refusal("unsupported-workbook", detail, (Flaw("", "unsupported-workbook", detail),))
    if problems := found.get("problems"):
        flaws = tuple(Flaw(problem["cell"], problem["code"], problem["detail"]) for problem in problems)
        raise Refusal(problems[0]["code"], "The workbook has errors; correct the cells and send it again.", flaws)
    lines = [line for line in found["lines"] if line.get("count") is not None]
    kept = [number for number, line in enumerate(found["lines"]) if line.get("count") is not None]
    places = {_moved(pointer, kept): cell for pointer, cell in found["places"].items() if int(pointer.split("/")[2]) in kept}
    sheet = Sheet(lines, places)
    return replace(sheet, warnings=_check(context, actor, round_id, company, sheet)) if lines else sheet


def store_workbook(
    context: Context, actor: Actor, round_id: str, company: str, data: bytes, match: Match = ANY
) -> CountsReceipt | StoredCounts:
    """Store what a filled-in workbook says, all of it or nothing; one without any count withdraws what was sent.

    Raises
    ------
    Refusal
        As `read_workbook` and a submit.
    """
    sheet = read_workbook(context, actor, round_id, company, data)
    if not sheet.lines:
        return rounds.withdraw_counts(context, actor, round_id, company, match)
    closed = rounds.get_counts(context, actor, round_id, company).closed
    counts = CompanyCounts.model_validate({"lines": sheet.lines}).model_copy(update={"closed": closed})
    return rounds.submit_counts(context, actor, round_id, company, counts, match)


def marked_workbook(context: Context, actor: Actor, round_id: str, company: str, data: bytes) -> bytes:
    """Return a filled-in workbook with every error marked in its cell; as it was sent where there is none.

    Raises
    ------
    Refusal
        Where the file as a whole is none that is read here.
    """
    try:
        read_workbook(context, actor, round_id, company, data)
    except Refusal as refusal:
        marks = {flaw.pointer: flaw.detail for flaw in refusal.flaws if "!" in flaw.pointer}
        if not marks:
            raise
    else:
        return data
    found = ask_child("service.sheet_child", {"marks": marks, "data": base64.b64encode(data).decode()}, SECONDS)
    if found is None:
        detail = "The file could not be marked within its limits of time and memory."
        raise Refusal("unsupported-workbook", detail, (Flaw("", "unsupported-workbook", detail),))
    return base64.b64decode(found["data"])


def _check(context: Context, actor: Actor, round_id: str, company: str, sheet: Sheet) -> tuple[CountsWarning, ...]:
    """Let the rules of a submit look at the lines; what they find is told by cell, and so is what will not help."""
    try:
        counts = CompanyCounts.model_validate({"lines": sheet.lines})
        found = rounds.check_counts(context, actor, round_id, company, counts).warnings
        return tuple(row.model_copy(update={"pointer": _cell_of(sheet.places, row.pointer)}) for row in found)
    except ValidationError as error:
        refusal = from_validation_error(error)
    except Refusal as refused:
        refusal = refused
    flaws = tuple(Flaw(_cell_of(sheet.places, flaw.pointer), flaw.code, flaw.detail) for flaw in refusal.flaws)
    raise Refusal(refusal.code, "The workbook has errors; correct the cells and send it again.", flaws)


def _cell_of(places: Mapping[str, str], pointer: str) -> str:
    parts = pointer.split("/")
    found = (places.get("/".join(parts[:cut])) for cut in range(len(parts), 1, -1))
    return next((cell for cell in found if cell), pointer)


def _moved(pointer: str, kept: list[int]) -> str:
    parts = pointer.split("/")
    parts[2] = str(kept.index(int(parts[2])))
    return "/".join(parts)
