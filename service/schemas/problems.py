"""The body of a refusal."""

from __future__ import annotations

from pydantic import BaseModel


class FlawDocument(BaseModel):
    """One thing that is wrong: where, which code, and the way out."""

    pointer: str
    code: str
    detail: str
    also: list[str]


class ProblemDocument(BaseModel):
    """Problem details (RFC 9457) with the findings one by one."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FlawDocument]
