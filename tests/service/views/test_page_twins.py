"""Everything that a page can do, a program can do: each page beside its operations of the API, or why it has none.

A page that stands in neither table fails, and so does an operation that the service does not have.
"""

ROUND = "/api/v1/rounds/{round_id}"
NIGHT = f"{ROUND}/proposals/{{night}}"
COMPANY = f"{ROUND}/companies/{{company_id}}"
COUNTS = f"{ROUND}/demands/{{company_id}}"

TWINS = {
    # ---- jobs
    "POST /try": ("GET /api/v1/demo-data/{size}", "POST /api/v1/jobs"),
    "GET /jobs/<job_id>": ("GET /api/v1/jobs/{job_id}",),
    "GET /jobs/<job_id>/progress": ("GET /api/v1/jobs/{job_id}", "GET /api/v1/jobs/{job_id}/proposal"),
    "GET /jobs/<job_id>/report": (
        "GET /api/v1/jobs/{job_id}/proposal", "GET /api/v1/jobs/{job_id}/instance", "GET /api/v1/jobs/{job_id}/explanation",
        "GET /api/v1/jobs/{job_id}/verification",
    ),
    "POST /jobs/<job_id>/finish": ("POST /api/v1/jobs/{job_id}/finish",),
    "POST /jobs/<job_id>/cancel": ("DELETE /api/v1/jobs/{job_id}",),
    # ---- rounds and nights
    "GET /": ("GET /api/v1/rounds", "GET /api/v1/jobs"),
    "GET /rounds": ("GET /api/v1/rounds", "GET /api/v1/rounds.{form}"),
    "POST /rounds": ("GET /api/v1/demo-data/{size}", f"PUT {ROUND}", f"PUT {COUNTS}"),
    "GET /rounds/<round_id>": (
        f"GET {ROUND}", f"GET {ROUND}/companies", f"GET {ROUND}/proposals", f"GET {ROUND}/lists/{{name}}.{{form}}",
    ),
    "POST /rounds/<round_id>/propose": (f"POST {ROUND}/proposals",),
    "GET /rounds/<round_id>/nights/<date>": (
        f"GET {NIGHT}", f"GET {NIGHT}/changes", f"GET {NIGHT}/waiting-list", f"GET {NIGHT}/what-ifs", f"GET {NIGHT}/approval",
        f"GET {NIGHT}/files", f"GET {NIGHT}/files/{{name}}",
    ),
    # ---- arguing about a night
    "GET /rounds/<round_id>/nights/<date>/repairs": (f"GET {NIGHT}/lines/{{demand_id}}/repairs",),
    "POST /rounds/<round_id>/nights/<date>/what-ifs": (f"POST {NIGHT}/what-ifs",),
    "GET /what-ifs/<job_id>": ("GET /api/v1/what-ifs/{job_id}",),
    "POST /what-ifs/<job_id>/adopt": ("POST /api/v1/what-ifs/{job_id}/adopt",),
    "GET /rounds/<round_id>/nights/<date>/late": (f"POST {NIGHT}/late-requests/fits",),
    "POST /rounds/<round_id>/nights/<date>/late": (f"POST {NIGHT}/late-requests",),
    "GET /rounds/<round_id>/nights/<date>/moves": (f"GET {NIGHT}/moves",),
    "POST /rounds/<round_id>/nights/<date>/moves": (f"POST {NIGHT}/moves",),
    "GET /rounds/<round_id>/nights/<date>/files": (f"GET {NIGHT}/files", f"GET {NIGHT}/files/{{name}}"),
    "GET /rounds/<round_id>/nights/<date>/alliance": (f"POST {NIGHT}/bill",),
    "GET /rounds/<round_id>/nights/<date>/leaving": (f"POST {NIGHT}/settlements",),
    "GET /rounds/<round_id>/sums": (f"GET {ROUND}/aggregate", f"GET {ROUND}/statistics"),
    "GET /rounds/<round_id>/nights/<date>/sweep": (f"POST {NIGHT}/sweep",),
    "GET /rounds/<round_id>/nights/<date>/questions": (f"POST {NIGHT}/questions",),
    "GET /rounds/<round_id>/compare": (f"GET {ROUND}/comparison", f"GET {ROUND}/comparison/{{name}}.{{form}}"),
    "GET /rounds/<round_id>/nights/<date>/compare": (f"GET {NIGHT}/comparison", f"GET {NIGHT}/comparison/{{name}}.{{form}}"),
    "GET /rounds/<round_id>/nights/<date>/pictures": (f"GET {NIGHT}/map", f"GET {NIGHT}/timeline"),
    # ---- publication and offers
    "GET /rounds/<round_id>/publication": (
        f"GET {ROUND}/publication", f"GET {ROUND}/publication/outlook", f"GET {ROUND}/lists/{{name}}.{{form}}",
    ),
    "POST /rounds/<round_id>/publish": (f"PUT {ROUND}/publication",),
    "POST /rounds/<round_id>/withdraw": (f"POST {ROUND}/publication/withdrawal", f"DELETE {ROUND}/publication"),
    "POST /rounds/<round_id>/companies/<company_id>/offers/<offer_id>": (f"PUT {COMPANY}/offers/{{offer_id}}/answer",),
    # ---- a company
    "GET /rounds/<round_id>/companies/<company_id>": (
        f"GET {COUNTS}", f"GET {COMPANY}/offers", f"GET {NIGHT}/companies/{{company_id}}",
    ),
    "POST /rounds/<round_id>/companies/<company_id>": (f"PUT {COUNTS}", f"DELETE {COUNTS}", f"POST {COUNTS}/validate"),
    "GET /rounds/<round_id>/companies/<company_id>/counts.xlsx": (f"GET {COUNTS}/workbook",),
    "POST /rounds/<round_id>/companies/<company_id>/counts.xlsx": (f"POST {COUNTS}/workbook/preview", f"PUT {COUNTS}/workbook"),
    "POST /rounds/<round_id>/companies/<company_id>/marked.xlsx": (f"POST {COUNTS}/workbook/marked",),
    "GET /rounds/<round_id>/companies/<company_id>/statement": (f"GET {COMPANY}/statement",),
    "GET /rounds/<round_id>/companies/<company_id>/statement.pdf": (f"GET {COMPANY}/statement.pdf",),
    "GET /rounds/<round_id>/companies/<company_id>/calendar.ics": (f"GET {COMPANY}/offers.{{form}}",),
    "GET /companies/<company_id>/erase": ("DELETE /api/v1/companies/{company_id}",),
    "POST /companies/<company_id>/erase": ("DELETE /api/v1/companies/{company_id}",),
    # ---- people
    "GET /account": ("GET /api/v1/me", "GET /api/v1/tokens"),
    "POST /account/tokens": ("POST /api/v1/tokens",),
    "POST /account/tokens/<token_id>/revoke": ("DELETE /api/v1/tokens/{token_id}",),
    "GET /accounts": ("GET /api/v1/accounts",),
    "POST /accounts": ("POST /api/v1/accounts",),
    "POST /accounts/<account_id>/remove": ("DELETE /api/v1/accounts/{account_id}",),
}  # fmt: skip
"""Page -> the operations that show and do the same."""

PAGE_ONLY = {
    "GET /sign-in": "a program brings a token; people make it on their account page",
    "POST /sign-in": "a link goes to a mailbox, and a person opens it",
    "GET /sign-in/<token>": "the page behind that link",
    "POST /sign-in/<token>": "the same",
    "GET /sign-in-elsewhere": "another service signs a person in, in a browser",
    "GET /sign-in-elsewhere/back": "the way back from there",
    "POST /sign-out": "ends a browser's session; a token is ended by DELETE /tokens/{id}",
    "POST /demo/<who>": "a demo visitor of a browser",
    "POST /language": "a program sends Accept-Language",
    "GET /answer/<token>": "asks the reader of a mail once more; a program answers an offer by its own address",
    "POST /answer/<token>": "the same",
    "GET /problems/<code>": "explains a code to people; a program has it in `code` and `title`",
    "GET /outlines.geojson": "a drawing beneath the map, data already, the same for everybody",
    "GET /static/<path:filename>": "styles and scripts of pages",
    "GET /favicon.ico": "a picture for a browser",
}
"""Page -> why a program needs no operation for it."""

FOR_PROGRAMS = {
    "GET /openapi.json", "GET /api/docs", "GET /api/docs/<name>", "GET /healthz", "GET /readyz", "GET /metrics",
    "GET /calendar/<secret>.ics",
}  # fmt: skip
"""No pages: what programs read without the prefix of the API."""

OPEN = {
    "POST /rounds/<round_id>/companies/<company_id>/feed": "a calendar address",
}
"""Page -> what a program cannot do yet; it only gets shorter."""


def pages(app):
    """Return every page as method and address."""
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/api/v1")]
    return {
        f"{method} {rule.rule.replace('string:', '')}" for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}
    } - FOR_PROGRAMS


def test_every_page_has_a_twin_or_a_reason_to_have_none(app):
    declared = [*TWINS, *PAGE_ONLY, *OPEN]
    assert len(declared) == len(set(declared))
    assert pages(app) == set(declared)


def test_every_twin_is_an_operation_of_the_api(client):
    paths = client.get("/openapi.json").json["paths"]
    operations = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert {twin for twins in TWINS.values() for twin in twins} <= operations
