"""Where somebody is: Dutch postcodes, and points on the map of the countries served."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from cohort_opt import Number

SOUTH, NORTH, WEST, EAST = 45.0, 58.0, -2.0, 16.0
"""Degrees around the Netherlands and their neighbours; a point beyond them is a typing error (often the two swapped)."""

_POSTCODE = re.compile(r"([1-9][0-9]{3}) ?(?!SA|SD|SS)([A-Z]{2})", re.IGNORECASE)
_AREA = re.compile(r"([1-9][0-9]{3})(?: ?(?!SA|SD|SS)[A-Z]{2})?", re.IGNORECASE)
_SAID = "must be a Dutch postcode, such as 1234 AB: no 0 in front, and never SA, SD or SS"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "must be text")
    return value.strip()


def _postcode(value: object) -> str:
    """Return a postcode as it is written: `1234 AB`."""
    found = _POSTCODE.fullmatch(_text(value))
    if found is None:
        raise PydanticCustomError("invalid-postcode", _SAID)
    return f"{found[1]} {found[2].upper()}"


def _area(value: object) -> str:
    """Return the four digits of a postcode: where trainees live is never kept closer than that."""
    found = _AREA.fullmatch(_text(value))
    if found is None:
        raise PydanticCustomError("invalid-postcode", "must be four digits, such as 3011: no 0 in front")
    return found[1]


Postcode = Annotated[
    str, BeforeValidator(_postcode), WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{3} ?[A-Za-z]{2}$"})
]
Area = Annotated[str, BeforeValidator(_area), WithJsonSchema({"type": "string", "pattern": "^[1-9][0-9]{3}( ?[A-Za-z]{2})?$"})]
Latitude = Annotated[Number, Field(ge=SOUTH, le=NORTH)]
Longitude = Annotated[Number, Field(ge=WEST, le=EAST)]
