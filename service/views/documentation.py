"""The OpenAPI document, generated from the schemas, and a page that shows it without any outside request."""

from __future__ import annotations

import copy
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, send_from_directory
from flask_openapi.openapi import OpenAPI
from pydantic import BaseModel

from cohort_opt import Instance, Scenario

pages = Blueprint("documentation", __name__)

DESCRIPTION = (
    "Counts in, verified shared classes out. Errors are problem details (RFC 9457) with stable codes. Money is integer euro "
    "cents; dates are calendar dates; instants are RFC 3339 in UTC."
)

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
_MEANINGS = {
    "400": "Not readable: the JSON, its encoding, the Idempotency-Key",
    "401": "Not signed in, or a token that is none",
    "403": "Not for this role, or a form of another site",
    "404": "Absent, or not yours",
    "409": "The state of the object does not allow it",
    "410": "Erased; told to planners only",
    "412": "The object has changed since it was read",
    "413": "Too large",
    "415": "Another type or encoding than JSON",
    "422": "The content breaks a rule; errors name pointer and code",
    "428": "Send the ETag of the object as If-Match",
    "429": "Too many requests; Retry-After says when to come back",
    "500": "The service failed",
    "503": "Busy; Retry-After says when to come back",
}
PROBLEMS: dict[str | int | HTTPStatus, Any] = {
    status: {"description": text, "content": _PROBLEM} for status, text in _MEANINGS.items()
}
"""Error answers of every operation; all of them are problem details."""

_ASSETS = {"swagger-ui.css": "css", "swagger-ui-bundle.js": "js", "swagger-ui-standalone-preset.js": "js"}


def document(app: OpenAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the app."""
    spec: dict[str, Any] = copy.deepcopy(app.api_doc)
    schemas = spec["components"]["schemas"]
    for name, field, model in (("JobRequest", "instance", Instance), ("RoundRequest", "base", Instance),
                               ("WhatIfRequest", "scenario", Scenario)):  # fmt: skip
        schemas[name]["properties"][field] = {"$ref": f"#/components/schemas/{model.__name__}"}
        schemas.update(_schemas_of(model))
    schemas["JobBody"] = {
        "description": "An instance, or an object with `instance` and `params`.",
        "anyOf": [{"$ref": "#/components/schemas/JobRequest"}, {"$ref": "#/components/schemas/Instance"}],
    }
    for operation in (operation for path in spec["paths"].values() for operation in path.values()):
        operation["responses"] = dict(sorted(operation["responses"].items()))
    spec["paths"]["/api/v1/jobs"]["post"].setdefault("parameters", []).extend([_IDEMPOTENCY_KEY, _PREFER])
    for path in _ONCE:
        spec["paths"][path]["post"].setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    spec["paths"]["/api/v1/jobs/{job_id}"]["get"].setdefault("parameters", []).append(_PREFER)
    for path, methods in _VERSIONED.items():
        for method in methods:
            spec["paths"][path][method].setdefault("parameters", []).append(_IF_MATCH)
    components = {"schemas": dict(sorted(schemas.items())), "securitySchemes": _SECURITY}
    paths = dict(sorted(spec["paths"].items()))
    return {**spec, "paths": paths, "components": components, "security": [{}, {"token": []}]}


_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "A value of your own choice; a retry with the same key and body has no second effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
_ONCE = ("/api/v1/rounds/{round_id}/proposals", "/api/v1/rounds/{round_id}/companies",
         "/api/v1/rounds/{round_id}/proposals/{night}/what-ifs", "/api/v1/rounds/{round_id}/proposals/{night}/late-requests",
         "/api/v1/rounds/{round_id}/proposals/{night}/moves", "/api/v1/webhooks")  # fmt: skip
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "ETag of the version that is changed; needed where there is one (428), and refused when it is old (412).",
    "schema": {"type": "string", "pattern": '^(\\*|"[0-9]{1,9}")$'},
}
_VERSIONED = {
    "/api/v1/rounds/{round_id}": ("put",),
    "/api/v1/rounds/{round_id}/demands/{company_id}": ("put", "delete"),
    "/api/v1/rounds/{round_id}/demands/{company_id}/workbook": ("put",),
    "/api/v1/rounds/{round_id}/publication": ("put", "delete"),
    "/api/v1/rounds/{round_id}/publication/withdrawal": ("post",),
}
_SECURITY = {"token": {"type": "http", "scheme": "bearer", "description": "Token of an account; not needed where access is open"}}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": "`wait=N`: wait up to N seconds for the end of the job.",
    "schema": {"type": "string", "pattern": "^wait=[0-9]{1,3}$"},
}


def _schemas_of(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), model.__name__: schema}


@pages.get("/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI document."""
    return jsonify(document(current_app))  # type: ignore[arg-type]  # the proxy stands for our one OpenAPI app


@pages.get("/api/docs")
def docs() -> str:
    """Return a page that shows the document and lets a visitor try it."""
    return render_template("docs.html")


@pages.get("/api/docs/<string:name>")
def asset(name: str) -> Response:
    """Return an asset of the page, from the installed package."""
    folder = Path(str(files("flask_openapi_swagger"))) / "templates" / "swagger" / _ASSETS.get(name, "absent")
    return send_from_directory(folder, name)
