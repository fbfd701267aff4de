"""Bad inputs and the right answer: the rows of `reliability.md`, section 4, at the endpoint."""

import json
from copy import deepcopy

import pytest

from service.views.wall import HEADERS

JSON = {"Content-Type": "application/json"}


def with_line(instance, **changes):
    """Return the instance with its first demand line changed."""
    document = deepcopy(instance)
    document["demands"][0] |= changes
    return document


def without(instance, name):
    document = deepcopy(instance)
    del document["demands"][0][name]
    return document


def codes(answer):
    return {flaw["code"] for flaw in answer.json["errors"]}


def pointers(answer):
    return [flaw["pointer"] for flaw in answer.json["errors"]]


def is_problem(answer, status, code):
    """Check status, media type, type and the code; nothing of a stack trace."""
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == f"/problems/{code}"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert "Traceback" not in answer.get_data(as_text=True)


CHANGED_LINES = [
    (1, {"count": -1}, "out-of-range"),
    (1, {"count": 0}, "out-of-range"),
    (1, {"count": 501}, "out-of-range"),
    (1, {"count": 10**18}, "out-of-range"),
    (1, {"count": 10**30}, "out-of-range"),
    (3, {"count": 2.5}, "not-an-integer"),
    (5, {"count": True}, "wrong-type"),
    (5, {"count": "3"}, "wrong-type"),
    (5, {"count": " 3 "}, "wrong-type"),
    (5, {"count": "1_000"}, "wrong-type"),
    (5, {"count": "\u0663"}, "wrong-type"),
    (6, {"count": None}, "missing-field"),
    (6, {"status": "placed"}, "unknown-field"),
    (6, {"price": 1}, "unknown-field"),
    (6, {"company_id": "bolt"}, "unknown-field"),
    (11, {"max_travel_km": -5}, "out-of-range"),
    (11, {"max_travel_km": 10**6}, "out-of-range"),
    (11, {"max_travel_km": ""}, "wrong-type"),
    (16, {"course": "knitting"}, "unknown-trade"),
    (19, {"earliest_start": "2027-06-01", "latest_start": "2027-03-01"}, "start-after-end"),
    (21, {"earliest_start": "2027-02-29"}, "invalid-date"),
    (21, {"earliest_start": "2026-02-30"}, "invalid-date"),
    (21, {"earliest_start": "20260101"}, "invalid-date"),
    (21, {"earliest_start": 1_800_000_000}, "invalid-date"),
    (22, {"earliest_start": "0001-01-01", "latest_start": "0001-01-02"}, "outside-horizon"),
    (22, {"earliest_start": "9999-12-30", "latest_start": "9999-12-31"}, "outside-horizon"),
    (23, {"earliest_start": "2027-03-28T02:30"}, "nonexistent-time"),
    (25, {"weekdays": []}, "empty-availability"),
    (24, {"earliest_start": "2026-10-25T02:30"}, "ambiguous-time"),
    (33, {"id": "a\u0000b"}, "bad-text"),
]


@pytest.mark.row(1, 3, 5, 6, 11, 16, 19, 21, 22, 23, 24, 25, 33)
@pytest.mark.parametrize(("row", "changes", "code"), CHANGED_LINES, ids=[f"{row}-{json.dumps(c)}" for row, c, _ in CHANGED_LINES])
def test_a_line_that_breaks_a_rule_is_refused_with_its_code_and_place(submit, instance, row, changes, code):
    answer = submit({"instance": with_line(instance, **changes)})
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert code in codes(answer), answer.json
    assert all(pointer.startswith("/instance/") for pointer in pointers(answer))


@pytest.mark.parametrize("name", ["count", "course", "company", "earliest_start", "max_travel_km"])
def test_a_missing_field_is_named(submit, instance, name):
    answer = submit({"instance": without(instance, name)})
    is_problem(answer, 422, "missing-field")
    assert f"/instance/demands/0/{name}" in pointers(answer)


def test_all_errors_come_at_once(submit, instance):
    document = with_line(instance, count=0)
    document["demands"][1]["count"] = "4"
    answer = submit({"instance": document})
    assert codes(answer) == {"out-of-range", "wrong-type"}


# Row 2: the body is text here, since no writer of JSON makes it.
@pytest.mark.row(2)
@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5_000])
def test_numbers_that_json_does_not_know_are_bad_json(submit, instance, number):
    body = json.dumps(with_line(instance, count=12345)).replace("12345", number)
    is_problem(submit(body.encode()), 400, "bad-json")


@pytest.mark.row(4)
def test_a_count_of_3_point_0_is_three(client, submit, instance):
    assert submit({"instance": with_line(instance, count=3.0)}).status_code == 202


# Row 7: both pointers.
@pytest.mark.row(7)
def test_a_minimum_above_the_maximum_is_refused(submit, instance):
    document = deepcopy(instance)
    document["courses"][0] |= {"min_seats": 13}
    answer = submit({"instance": document})
    assert "min-exceeds-max" in codes(answer)
    flaw = next(flaw for flaw in answer.json["errors"] if flaw["code"] == "min-exceeds-max")
    assert {flaw["pointer"], *flaw["also"]} == {"/instance/courses/0/min_seats", "/instance/courses/0/max_seats"}


def test_a_minimum_above_every_room_is_refused(submit, instance):
    document = deepcopy(instance)
    document["rooms"][0]["seats"] = 7
    answer = submit({"instance": document})
    assert "min-exceeds-capacity" in codes(answer)


@pytest.mark.row(12, 20)
@pytest.mark.parametrize(
    "changes",
    [{"max_travel_km": 0}, {"earliest_start": "2027-03-01", "latest_start": "2027-03-01"}],
    ids=["own site only", "start = end"],
)
def test_the_edge_of_a_range_is_inside(submit, instance, changes):
    assert submit({"instance": with_line(instance, **changes)}).status_code == 202


# Row 24 at the one place that knows a time of day.
@pytest.mark.row(24)
def test_a_time_that_happened_twice_needs_its_offset(client, base):
    answer = client.put("/api/v1/rounds/spring", json={"name": "S", "base": base, "closes_at": "2026-10-25T02:30:00"})
    is_problem(answer, 422, "ambiguous-time")


@pytest.mark.row(26)
def test_overlapping_closed_days_are_accepted(submit, instance):
    document = deepcopy(instance)
    document["calendar"]["closed"] = [
        {"first": "2027-04-01", "last": "2027-04-05"},
        {"first": "2027-04-03", "last": "2027-04-07"},
    ]
    assert submit({"instance": document}).status_code == 202


# Row 27: nothing fits, and that is an answer of the plan, not an error of the input.
@pytest.mark.row(27)
def test_dates_that_meet_no_class_are_accepted(submit, instance):
    document = with_line(instance, weekdays=["wed"])
    assert submit({"instance": document}).status_code == 202


@pytest.mark.row(38)
@pytest.mark.parametrize(
    "body",
    [b'{"name": "\xff"}', '{"name": "x"}'.encode("utf-16"), b"\xef\xbb\xbf{}", "\ufeff{}".encode("utf-16-le")],
    ids=["not UTF-8", "UTF-16", "byte order mark", "UTF-16 without mark"],
)
def test_another_encoding_than_utf_8_is_refused(submit, body):
    is_problem(submit(body), 400, "bad-encoding")


@pytest.mark.row(39)
def test_a_body_above_the_limit_is_too_large(submit):
    is_problem(submit(b" " * (1024 * 1024 + 1)), 413, "too-large")


def test_a_body_of_unknown_length_is_cut_at_the_limit(client):
    import io

    answer = client.post(
        "/api/v1/jobs", input_stream=io.BytesIO(b" " * (1024 * 1024 + 10)), headers={**JSON, "Idempotency-Key": "a"},
        environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": ""},
    )  # fmt: skip
    is_problem(answer, 413, "too-large")


@pytest.mark.row(40)
@pytest.mark.parametrize("depth", [33, 1_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
def test_deep_nesting_is_refused(submit, depth, opening, closing):
    is_problem(submit(f'{{"instance": {opening * depth}1{closing * depth}}}'.encode()), 400, "too-deep")


@pytest.mark.row(41)
def test_a_name_that_stands_twice_is_refused(submit):
    is_problem(submit(b'{"instance": {}, "instance": {}}'), 400, "duplicate-key")


@pytest.mark.row(42)
@pytest.mark.parametrize("body", [b"", b"{", b'{"a": 1} x', b"{} {}", b"nul"])
def test_a_body_that_is_not_one_document_is_refused(submit, body):
    is_problem(submit(body), 400, "bad-json")


@pytest.mark.parametrize("body", [b"[]", b"1", b'"{}"', b"null", b"true"])
def test_a_document_that_is_no_object_is_refused(submit, body):
    is_problem(submit(body), 422, "wrong-type")


@pytest.mark.row(43)
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded", ""]
)
def test_another_media_type_is_refused(submit, kind):
    is_problem(submit(b"{}", **{"Content-Type": kind}), 415, "unsupported-media-type")


def test_a_packed_body_is_refused(submit):
    import gzip

    is_problem(submit(gzip.compress(b"{}"), **{"Content-Encoding": "gzip"}), 415, "unsupported-media-type")


def test_a_form_of_1001_parts_is_too_large(client):
    fields = {f"f{number}": "x" for number in range(1_001)}
    answer = client.post("/rounds", data=fields, content_type="multipart/form-data")
    is_problem(answer, 413, "too-large")


@pytest.mark.row(44)
def test_an_unknown_host_is_refused(client):
    is_problem(client.get("/api/v1/rounds", headers={"Host": "evil.example"}), 400, "bad-host")


def test_a_forwarded_host_is_ignored(client):
    assert client.get("/api/v1/rounds", headers={"X-Forwarded-Host": "evil.example"}).status_code == 200


@pytest.mark.row(45)
@pytest.mark.parametrize("method", ["TRACE", "PATCH", "PUT", "BREW"])
def test_a_method_that_the_address_does_not_know_names_those_it_does(client, method):
    answer = client.open("/api/v1/jobs", method=method)
    is_problem(answer, 405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


@pytest.mark.row(46)
def test_a_long_address_is_refused(client):
    is_problem(client.get("/api/v1/rounds?x=" + "a" * 16_384), 414, "uri-too-long")


def test_long_headers_are_refused(client):
    is_problem(client.get("/api/v1/rounds", headers={"X-Long": "a" * 32_768}), 431, "headers-too-large")


@pytest.mark.row(48)
@pytest.mark.parametrize("key", [None, "", "a" * 10_240, "with space", "ü"])
def test_a_submit_needs_a_key_of_1_to_255_characters(submit, instance, key):
    is_problem(submit({"instance": instance}, key=key), 400, "idempotency-key")


def test_a_key_of_255_characters_is_a_key(submit, instance):
    assert submit({"instance": instance}, key="k" * 255).status_code == 202


@pytest.mark.row(64)
def test_a_pin_into_a_closed_run_names_both(submit, instance):
    run = "drilling-academy/2027-03-01/block5"
    document = {
        **instance,
        "pins": [{"demand": instance["demands"][0]["id"], "run": run, "count": 1}],
        "bans": [{"run": run}],
    }
    answer = submit({"instance": document})
    is_problem(answer, 422, "contradictory-pins")


@pytest.mark.row(66)
def test_no_demand_is_an_empty_plan_and_not_an_error(client, submit, instance):
    answer = submit({"instance": {**instance, "demands": []}})
    assert answer.status_code == 202
    assert client.get(answer.headers["Location"]).json["status"] == "empty"


@pytest.mark.row(67)
def test_an_instance_above_the_size_estimate_is_refused_before_a_model_is_built(make_app, instance):
    client = make_app(max_variables=1_000).test_client()
    # Weekly starts over the year in five patterns: 53 weeks x 5 weekdays x 5 patterns x (2 lines + 1) = 3,975 at least.
    document = deepcopy(instance)
    document["calendar"]["end"] = "2028-02-28"
    document["offerings"][0] |= {"first_start": "2027-03-01", "last_start": "2028-02-28",
                                 "start_weekdays": ["mon", "tue", "wed", "thu", "fri"]}  # fmt: skip
    document["courses"][0]["patterns"] = [{"kind": "block", "days": days} for days in range(1, 6)]
    answer = client.post("/api/v1/jobs", json={"instance": document}, headers={"Idempotency-Key": "a"})
    is_problem(answer, 422, "scenario-too-large")


@pytest.mark.row(68)
@pytest.mark.parametrize(
    "params",
    [{"time_limit_seconds": 0}, {"time_limit_seconds": -1}, {"time_limit_seconds": 1_000_000_000}, {"time_limit_seconds": 3_601},
     {"workers": 10_000}, {"workers": 0}, {"seed": -1}, {"seed": 2**31}, {"gap_target": 1.1}, {"deterministic_limit": 0}],
    ids=json.dumps,
)  # fmt: skip
def test_a_limit_out_of_range_is_refused(submit, instance, params):
    answer = submit({"instance": instance, "params": params})
    is_problem(answer, 422, "out-of-range")
    assert pointers(answer) == [f"/params/{next(iter(params))}"]


def test_a_limit_that_is_no_number_is_bad_json(submit):
    is_problem(submit(b'{"instance": {}, "params": {"time_limit_seconds": NaN}}'), 400, "bad-json")


# Order of checks: media type before parse, parse before schema.
def test_the_media_type_is_looked_at_before_the_body(submit):
    is_problem(submit(b"{", **{"Content-Type": "text/plain"}), 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "path", ["/nope", "/api/v1/nope", "/api/v1/jobs/absent", "/api/v1/rounds/x", "/%00", "/%2e%2e/etc/passwd"]
)
def test_what_is_not_there_is_a_problem_too(client, path):
    answer = client.get(path)
    is_problem(answer, 404, "not-found")
    assert all(name in answer.headers for name in HEADERS)


def test_a_person_with_a_browser_gets_a_page(client):
    answer = client.get("/nope", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_bug_ends_as_a_problem_without_its_trace(app, client, monkeypatch, caplog):
    monkeypatch.setattr("service.services.rounds.list_rounds", lambda context: 1 // 0)
    answer = client.get("/api/v1/rounds")
    is_problem(answer, 500, "internal-error")
    assert answer.json["request_id"] in caplog.text


def test_a_form_of_our_own_page_is_accepted_although_its_origin_is_hidden(client):
    answer = client.post("/try", data={"form": "a"}, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303


# A page of another site that sends a form to this machine.
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}], ids=str
)
def test_a_form_from_another_site_is_refused(client, headers):
    is_problem(client.post("/try", headers=headers), 403, "csrf")


@pytest.mark.row(47)
@pytest.mark.parametrize(
    ("query", "code"),
    [("limit=1000000000", "out-of-range"), ("limit=0", "out-of-range"), ("limit=-1", "out-of-range"), ("limit=1_0", "wrong-type"),
     ("offset=-1", "unknown-field"), ("limit=1&limit=2", "repeated-parameter"), ("cursor=x", "invalid-cursor"),
     ("cursor=%FF", "invalid-cursor"), ("cursor=WzFd", "invalid-cursor")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/rounds", "/api/v1/jobs"])
def test_a_page_that_is_none_is_refused(client, round_with_base, path, query, code):
    is_problem(client.get(f"{path}?{query}"), 422, code)


@pytest.mark.row(52)
@pytest.mark.parametrize(
    ("header", "status", "code"), [(None, 428, "precondition-required"), ('"9"', 412, "stale"), ("x", 412, "stale")]
)
def test_a_change_says_which_version_it_is_meant_for(client, round_with_base, base, counts, header, status, code):
    client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"))
    headers = {"If-Match": header} if header else {}
    is_problem(client.put("/api/v1/rounds/spring", json={"name": "S", "base": base}, headers=headers), status, code)
    is_problem(client.put("/api/v1/rounds/spring/demands/acme", json=counts("acme"), headers=headers), status, code)


def test_the_tag_that_was_read_is_the_one_to_send(client, round_with_base, counts):
    path = "/api/v1/rounds/spring/demands/acme"
    assert client.get(path).headers["ETag"] == '"0"'
    assert client.put(path, json=counts("acme"), headers={"If-Match": '"0"'}).headers["ETag"] == '"1"'
    assert client.put(path, json=counts("acme"), headers={"If-Match": client.get(path).headers["ETag"]}).headers["ETag"] == '"2"'
    is_problem(client.delete(path, headers={"If-Match": '"1"'}), 412, "stale")
    assert client.delete(path).headers["ETag"] == '"3"'


# Row 49, 50 for a night.
@pytest.mark.row(49, 50)
def test_a_night_asked_for_with_the_same_key_answers_the_same(client, round_with_base):
    headers, path = {"Idempotency-Key": "night-1"}, "/api/v1/rounds/spring/proposals"
    is_problem(client.post(path, json={"date": "2026-11-24"}), 400, "idempotency-key")
    first = client.post(path, json={"date": "2026-11-24"}, headers=headers)
    again = client.post(path, json={"date": "2026-11-24"}, headers=headers)
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    is_problem(client.post(path, json={"date": "2026-11-25"}, headers=headers), 422, "key-reused")
