"""Plans side by side over HTTP: nights of a round, or what-ifs of a night beside it; and both as tables to take away."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import Response
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, Field

from service.schemas import Comparison, FigureState, PlaceState, PlanState, SeatsState
from service.services import comparisons, explanations, exports
from service.services.comparisons import SideBySide
from service.views.documentation import PROBLEMS
from service.views.exports import ANY_FORM, FormPath, table_file
from service.views.jobs import context, json_answer
from service.views.plans import date_of
from service.views.rounds import NightPath, RoundPath
from service.views.speech import chosen
from service.views.wall import current_actor

api = APIBlueprint("comparisons", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="comparisons")], abp_responses=PROBLEMS)

NIGHTS = Annotated[str, Field(max_length=100, description="two to five dates with commas between")]
WHAT_IFS = Annotated[str, Field(max_length=200, description="jobs of one to four what-ifs with commas between")]


class NightsQuery(BaseModel):
    """Which nights."""

    nights: NIGHTS = ""


class WhatIfsQuery(BaseModel):
    """Which what-ifs of the night."""

    what_ifs: WHAT_IFS = ""


class _Name(FormPath):
    name: Annotated[Literal["figures", "seats"], Field(description="figures of each plan, or who sits elsewhere")]


class NightsFormPath(RoundPath, _Name):
    """A table of nights side by side."""


class WhatIfsFormPath(NightPath, _Name):
    """A table of a night and its what-ifs side by side."""


@api.get("/rounds/<string:round_id>/comparison", responses={200: Comparison})
def nights(path: RoundPath, query: NightsQuery) -> Response:
    """Return nights of a round side by side, the earliest first; for its planner."""
    return json_answer(_comparison(_nights(path, query)).model_dump_json())


@api.get("/rounds/<string:round_id>/comparison/<string:name>.<string:form>", responses=ANY_FORM)
def nights_table(path: NightsFormPath, query: NightsQuery) -> Response:
    """Return nights side by side as a table to take away."""
    return table_file(exports.COMPARED[path.name](_nights(path, query)), path.form)


@api.get("/rounds/<string:round_id>/proposals/<string:night>/comparison", responses={200: Comparison})
def what_ifs(path: NightPath, query: WhatIfsQuery) -> Response:
    """Return a night and up to four of its what-ifs side by side; with `Retry-After` while one of them is being solved."""
    found = _what_ifs(path, query)
    is_busy = any(not plan.job.finished_at for plan in found.plans)
    return json_answer(_comparison(found).model_dump_json(), headers={"Retry-After": "1"} if is_busy else {})


@api.get("/rounds/<string:round_id>/proposals/<string:night>/comparison/<string:name>.<string:form>", responses=ANY_FORM)
def what_ifs_table(path: WhatIfsFormPath, query: WhatIfsQuery) -> Response:
    """Return a night and its what-ifs side by side as a table to take away."""
    return table_file(exports.COMPARED[path.name](_what_ifs(path, query)), path.form)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _nights(path: RoundPath, query: NightsQuery) -> SideBySide:
    return comparisons.nights_side_by_side(context(), current_actor(), path.round_id, _listed(query.nights))


def _what_ifs(path: NightPath, query: WhatIfsQuery) -> SideBySide:
    return comparisons.what_ifs_beside(context(), current_actor(), path.round_id, date_of(path), _listed(query.what_ifs))


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _comparison(found: SideBySide) -> Comparison:
    return Comparison(
        plans=tuple(
            PlanState(
                kind=plan.kind,
                name=plan.name,
                job=plan.job,
                has_plan=plan.proposal is not None,
                moved=found.moved[i],
                indistinct=found.indistinct[i],
                priced_otherwise=found.priced_otherwise[i],
                changes=explanations.change_list(found.changes[i], chosen()) if i else (),
            )
            for i, plan in enumerate(found.plans)
        ),
        figures=tuple(FigureState(figure=row.figure, unit=row.unit, values=row.values) for row in found.rows),
        lines=tuple(
            SeatsState(
                company_name=line.company,
                course_name=line.course,
                places=tuple(tuple(_place(one) for one in places) for places in line.places),
                moved=line.moved,
            )
            for line in found.lines
        ),
    )


def _place(one: comparisons.Where) -> PlaceState:
    return PlaceState(count=one.count, start=one.start or None, site_name=one.site or None)
