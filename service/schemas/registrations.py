"""Bodies about companies as the academy knows them: one that joins a round, and one that asks to."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from cohort_opt import Text
from service.schemas.places import Latitude, Longitude, Postcode
from service.schemas.wire import PlainId, Wire


def _kvk(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("wrong-type", "must be text")
    if not re.fullmatch(r"[0-9]{8}", value.strip()):
        raise PydanticCustomError("invalid-kvk", "must be the eight digits of the trade register")
    return value.strip()


Kvk = Annotated[str, BeforeValidator(_kvk), WithJsonSchema({"type": "string", "pattern": "^[0-9]{8}$"})]


class CompanyRequest(Wire):
    """A company that joins a round. The number and the postcode are for the academy alone."""

    id: PlainId
    name: Text
    municipality: Text
    latitude: Latitude
    longitude: Longitude
    kvk: Kvk | None = None
    postcode: Postcode | None = None


class CompanyState(CompanyRequest):
    """A company of a round, as its planner sees it; places of rounds set up as a whole may lie anywhere."""

    latitude: float
    longitude: float


class CompanyList(Wire):
    """The companies of a round, by id."""

    companies: tuple[CompanyState, ...]


class SignUpRequest(Wire):
    """A company asks to take part; the academy answers by mail."""

    company: Text
    kvk: Kvk | None = None
    mail: Annotated[str, Field(min_length=3, max_length=255, pattern=r"^[^@\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}$")]
    language: Literal["nl", "en", "de"] = "nl"


class SignUpAnswer(Wire):
    """The same answer to everybody, whoever is known already."""

    detail: str


class NightSum(Wire):
    """What was kept of a night's demand for one course after an erasure."""

    date: str
    course: str
    trainees: int
    companies: int


class KeptSums(Wire):
    """Sums of nights whose plans were erased with a company; over at least ten persons of at least three companies."""

    round: str
    nights: tuple[NightSum, ...]
