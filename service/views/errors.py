"""Every error as problem details (RFC 9457); people with a browser get the same as a page."""

from __future__ import annotations

import json
from typing import cast

from flask import Flask, Response, g, render_template, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from cohort_opt import InstanceError
from service.problems import Refusal, from_instance_error, from_validation_error

CODES_BY_STATUS = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    408: "timeout",
    413: "too-large",
    414: "uri-too-long",
    415: "unsupported-media-type",
    428: "precondition-required",
    429: "too-many-requests",
    431: "headers-too-large",
    503: "busy",
}
"""Slug of an error that Flask or Werkzeug raised."""

DETAILS = {
    "not-found": "There is no such object, or it is not yours.",
    "method-not-allowed": "The header Allow names the methods of this address.",
    "bad-host": "Address the service by one of its own names.",
}


def register(app: Flask) -> None:
    """Let every exception end as problem details."""
    app.register_error_handler(Refusal, render_refusal)
    app.register_error_handler(InstanceError, lambda error: render_refusal(from_instance_error(cast(InstanceError, error))))
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(Exception, _from_bug)


def render_refusal(refusal: Refusal) -> Response:
    """Return a refusal as a response."""
    if wants_page():
        response = Response(render_template("problem.html", refusal=refusal), refusal.status, mimetype="text/html")
    else:
        response = Response(json.dumps(document(refusal)), refusal.status, mimetype="application/problem+json")
    response.headers.update(refusal.headers)
    return response


def document(refusal: Refusal) -> dict[str, object]:
    """Return the problem details of a refusal."""
    return {
        "type": f"/problems/{refusal.code}",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "code": refusal.code,
        "request_id": g.get("request_id", ""),
        "errors": [
            {"pointer": flaw.pointer, "code": flaw.code, "detail": flaw.detail, "also": list(flaw.also)} for flaw in refusal.flaws
        ],
    }


def from_pydantic(error: ValidationError) -> Response:
    """Return what a request schema refused; the callback of flask-openapi."""
    return render_refusal(from_validation_error(error))


def wants_page() -> bool:
    """Whether the asker is a person with a browser outside the API."""
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def _from_http(error: HTTPException) -> Response:
    if error.response is not None:
        return cast(Response, error.response)
    status = error.code or 500
    if 300 <= status < 400:
        return cast(Response, error.get_response(request.environ))
    code = "bad-host" if type(error).__name__ == "SecurityError" else CODES_BY_STATUS.get(status, "internal-error")
    keep = ("allow", "retry-after")
    headers = {name: value for name, value in error.get_headers(request.environ) if name.lower() in keep}
    return render_refusal(Refusal(code, DETAILS.get(code, error.description or ""), headers=headers))


def _from_bug(error: Exception) -> Response:
    from flask import current_app

    current_app.logger.exception("unexpected %s in request %s", type(error).__name__, g.get("request_id", ""))
    return render_refusal(Refusal("internal-error", "Something went wrong here; the request id finds it in the log."))
