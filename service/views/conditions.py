"""Versions on the wire: `ETag` on what is read, `If-Match` on what is changed (RFC 9110)."""

from __future__ import annotations

import re

from flask import Response, request

from service.services.versions import ANY, UNSAID, Match

_TAG = re.compile(r'\s*"([0-9]{1,9})"\s*')


def if_match(unsaid: Match = UNSAID) -> Match:
    """Return what `If-Match` says; what is no tag of ours matches nothing. `unsaid` stands where the header is missing."""
    header = request.headers.get("If-Match")
    if header is None:
        return unsaid
    if header.strip() == "*":
        return ANY
    found = [_TAG.fullmatch(part) for part in header.split(",")]
    return Match(said=True, versions=frozenset(int(tag[1]) for tag in found if tag))


def tagged(text: str, version: int, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return JSON with the version as its tag."""
    return Response(text, status, {**(headers or {}), "ETag": f'"{version}"'}, mimetype="application/json")
