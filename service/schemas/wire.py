"""What every body shares: closed, frozen, and the types that stand for an instance and an instant."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from cohort_opt import Id, no_personal_data


class Wire(BaseModel):
    """Base of everything that travels: frozen and closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PydanticCustomError("wrong-type", "must be an object")
    return value


INSTANCE_MARK = {"type": "object", "title": "Instance"}
"""Stands for the instance's own schema, which `views/documentation.py` puts in its place."""

SCENARIO_MARK = {"type": "object", "title": "Scenario"}
"""Stands for the scenario's own schema, in the same way."""

ScenarioDocument = Annotated[dict[str, Any], BeforeValidator(_object), WithJsonSchema(SCENARIO_MARK)]
"""A scenario as it came; the library reads and judges it."""

InstanceDocument = Annotated[dict[str, Any], BeforeValidator(_object), WithJsonSchema(INSTANCE_MARK)]
"""An instance as it came; the library reads and judges it, so that its errors are those of files and command."""


def _instant(value: object) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "must be a text")
    try:
        instant = dt.datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("invalid-date", "must be an instant such as 2027-03-01T17:00:00+01:00") from None
    if instant.tzinfo is None:
        raise PydanticCustomError("ambiguous-time", "must carry its offset, such as 2027-03-01T17:00:00+01:00")
    return instant


Instant = Annotated[dt.datetime, BeforeValidator(_instant, json_schema_input_type=str)]


PlainId = Annotated[Id, AfterValidator(no_personal_data)]
"""An id that people choose: never one that says who somebody is."""


def canonical(document: Any) -> str:
    """Return the document as JSON with sorted keys and no spaces; equal documents give equal text."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
