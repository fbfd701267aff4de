"""Lists and plans to take away: the address of each list with `.csv`, `.xlsx` or `.json` behind it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from cohort_opt import Table
from service.problems import not_found
from service.schemas import FileList
from service.services import calendars, exports
from service.views.documentation import PROBLEMS
from service.views.jobs import context, json_answer
from service.views.plans import date_of
from service.views.rounds import CountsPath, NightPath, RoundPath
from service.views.wall import current_actor
from service.views.workbooks import WORKBOOK

api = APIBlueprint("exports", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="exports")], abp_responses=PROBLEMS)

KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": WORKBOOK, "json": "application/json", "ics": "text/calendar; charset=utf-8",
         "html": "text/html; charset=utf-8"}  # fmt: skip
ANY_FORM: dict[str | int | HTTPStatus, Any] = {
    200: {
        "content": {
            kind: {"schema": {"type": "object"} if kind == "application/json" else {"type": "string", "format": "binary"}}
            for kind in KINDS.values()
        }
    }
}
"""Any of these kinds."""
ListForm = Annotated[Literal["csv", "xlsx", "json"], Field(description="csv, xlsx or json")]


class FormPath(BaseModel):
    """A form."""

    form: ListForm


class RoundFormPath(RoundPath, FormPath):
    """A list of a round in a form."""

    name: Annotated[Literal["companies", "proposals", "answers", "outlook"], Field(description="which list")]


class OwnFormPath(CountsPath):
    """A company's offers in a form; `ics` are its class days."""

    form: Annotated[Literal["csv", "xlsx", "json", "ics"], Field(description="csv, xlsx, json or ics")]


class FilePath(NightPath):
    """A file of a night."""

    name: Annotated[str, Field(description="as given in the list of files")]


@api.get("/rounds.<string:form>", responses=ANY_FORM)
def rounds(path: FormPath) -> Response:
    """Return the rounds that the asker may know of."""
    return table_file(exports.rounds_table(context(), current_actor()), path.form)


@api.get("/jobs.<string:form>", responses=ANY_FORM)
def jobs(path: FormPath) -> Response:
    """Return the newest jobs that the asker may see."""
    return table_file(exports.jobs_table(context(), current_actor()), path.form)


@api.get("/rounds/<string:round_id>/lists/<string:name>.<string:form>", responses=ANY_FORM)
def round_list(path: RoundFormPath) -> Response:
    """Return a list of a round: its companies, its nights, the answers to what is published, or the outlook of each class."""
    return table_file(exports.LISTS[path.name](context(), current_actor(), path.round_id), path.form)


@api.get("/rounds/<string:round_id>/companies/<string:company_id>/offers.<string:form>", responses=ANY_FORM)
def own_offers(path: OwnFormPath) -> Response:
    """Return a company's own offers; as `ics`, its class days."""
    if path.form == "ics":
        return _bytes(calendars.round_calendar(context(), current_actor(), path.round_id, path.company_id), "classes.ics")
    return table_file(exports.own_offers_table(context(), current_actor(), path.round_id, path.company_id), path.form)


@api.get("/rounds/<string:round_id>/proposals/<string:night>/files", responses={200: FileList})
def files(path: NightPath) -> Response:
    """Return the names of the files of a night's plan: class lists, workbook, calendars, page; for its planner."""
    found = exports.night_files(context(), current_actor(), path.round_id, date_of(path))
    return json_answer(FileList(files=tuple(sorted(found))).model_dump_json())


@api.get("/rounds/<string:round_id>/proposals/<string:night>/files/<path:name>", responses=ANY_FORM)
def file(path: FilePath) -> Response:
    """Return one file of a night's plan."""
    found = exports.night_files(context(), current_actor(), path.round_id, date_of(path))
    if path.name not in found:
        raise not_found()
    return _bytes(found[path.name], path.name.rpartition("/")[2])


def table_file(table: Table, form: Literal["csv", "xlsx", "json"]) -> Response:
    """Return a table as a file to keep."""
    return _bytes(exports.written(table, form), f"{table.name.lower()}.{form}")


def _bytes(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, content_type=KINDS[name.rpartition(".")[2]], headers=headers)
