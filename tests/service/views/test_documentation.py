"""The OpenAPI document is valid, is the one that is checked in, and is kept by what the service answers."""

import json
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from service.views.documentation import document

CHECKED_IN = Path(__file__).parents[3] / "service" / "openapi.json"

FILES = (".{form}", "/files/{name}", "/workbook", "/workbook/marked", ".pdf")
"""Ends of addresses whose answer is a file to keep."""


def test_it_is_a_valid_document_of_version_3_1(client):
    found = client.get("/openapi.json").json
    assert found["openapi"] == "3.1.0"
    validate(found)


def test_it_is_the_one_that_is_checked_in(app):
    assert json.loads(CHECKED_IN.read_text()) == json.loads(json.dumps(document(app))), (
        "the interface has changed: look at it, then run `cohort-opt-service openapi > service/openapi.json`"
    )


def test_every_error_is_documented_as_problem_details(client):
    for path, operations in client.get("/openapi.json").json["paths"].items():
        for method, operation in operations.items():
            for status, answer in operation["responses"].items():
                kinds = set(answer.get("content", {}))
                if int(status) >= 400:
                    assert kinds == {"application/problem+json"}, (method, path, status)
                elif status == "204":
                    assert kinds == set(), (method, path, status)
                elif not path.endswith(FILES):
                    assert kinds == {"application/json"}, (method, path, status)


def test_every_operation_has_a_summary(client):
    for operations in client.get("/openapi.json").json["paths"].values():
        assert all(operation["summary"] for operation in operations.values())


def test_the_page_and_its_assets_are_served_from_here(client):
    page = client.get("/api/docs").get_data(as_text=True)
    assert "http" not in page.replace('<html lang="en">', "")
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"):
        assert name in page
        assert client.get(f"/api/docs/{name}", buffered=True).status_code == 200
    assert client.get("/api/docs/other.js").status_code == 404


def test_generated_requests_get_documented_answers(app):
    """Generated requests, valid and invalid; every answer has a documented status, type and shape, and none is a 5xx."""
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    seen = set()
    for result in schema.get_all_operations():
        operation = result.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
        def check(case):
            # Left out: a document that fits the schema can still name a course that does not exist.
            answer = case.call_and_validate(excluded_checks=[positive_data_acceptance])
            seen.add(answer.status_code)

        check()
    assert {200, 404, 422} <= seen
