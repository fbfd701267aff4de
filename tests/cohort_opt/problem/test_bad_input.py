"""The table of bad input (reliability, section 4) at the level of the library: input -> code and pointer.

Demands of the document: 0 acme-drilling (count 5, together), 1 acme-sawing, 2 bolt-drilling (6, parts of 2), 3 bolt-sawing,
4 cito-drilling, 5 cito-sawing.
"""

import pytest

from tests.cohort_opt.problem.documents import changed, codes_and_places, document, problems_of

D = "/demands/2"
COUNT = f"{D}/count"

ONE_FIELD = [
    # row, path, value, code
    (1, "demands/2/count", -1, "out-of-range"),
    (1, "demands/2/count", 0, "out-of-range"),
    (1, "demands/2/count", 501, "out-of-range"),
    (1, "demands/2/count", 10**18, "out-of-range"),
    (1, "demands/2/count", 10**30, "out-of-range"),
    (1, "demands/2/count", 10**5_000, "out-of-range"),
    (2, "demands/2/count", float("nan"), "not-an-integer"),
    (2, "demands/2/count", float("inf"), "not-an-integer"),
    (2, "companies/0/latitude", float("nan"), "out-of-range"),
    (3, "demands/2/count", 2.5, "not-an-integer"),
    (5, "demands/2/count", True, "wrong-type"),
    (5, "demands/2/count", "3", "wrong-type"),
    (5, "demands/2/count", " 3 ", "wrong-type"),
    (5, "demands/2/count", "1_000", "wrong-type"),
    (5, "demands/2/count", "٣", "wrong-type"),
    (5, "demands/2/count", [3], "wrong-type"),
    (5, "demands/2/together", 1, "wrong-type"),
    (5, "demands/2/together", "yes", "wrong-type"),
    (5, "companies/0/latitude", "51.9", "wrong-type"),
    (5, "companies/0/name", 7, "wrong-type"),
    (5, "demands/2/company", 7, "wrong-type"),
    (5, "demands/2/weekdays", "mon", "wrong-type"),
    (5, "demands/2", 7, "wrong-type"),
    (5, "demands", {"a": 1}, "wrong-type"),
    (6, "demands/2/count", None, "missing-field"),
    (6, "demands/2/status", "open", "unknown-field"),
    (6, "demands/2/price", 1, "unknown-field"),
    (6, "demands/2/company_id", "acme", "unknown-field"),
    (6, "demands", None, "missing-field"),
    (8, "offerings/0/fixed_cents", -1, "out-of-range"),
    (8, "offerings/0/fixed_cents", 10**9 + 1, "out-of-range"),
    (8, "offerings/0/seat_cents", 10.5, "not-an-integer"),
    (11, "demands/2/max_travel_km", -5, "out-of-range"),
    (11, "demands/2/max_travel_km", 10**6, "out-of-range"),
    (11, "demands/2/max_travel_km", "", "wrong-type"),
    (21, "demands/2/earliest_start", "2027-02-29", "invalid-date"),
    (21, "demands/2/earliest_start", "2026-02-30", "invalid-date"),
    (21, "demands/2/earliest_start", "20270101", "invalid-date"),
    (21, "demands/2/earliest_start", "2027-3-1", "invalid-date"),
    (21, "demands/2/earliest_start", "01-03-2027", "invalid-date"),
    (21, "demands/2/earliest_start", "٢٠٢٧-03-01", "invalid-date"),
    (21, "demands/2/earliest_start", 1_800_000_000, "invalid-date"),
    (21, "demands/2/earliest_start", "", "invalid-date"),
    (21, "demands/2/earliest_start", "2027-03-01T09:00", "invalid-date"),
    (21, "demands/2/earliest_start", "2027-02-30T09:00", "invalid-date"),
    (22, "demands/2/earliest_start", "0001-01-01", "outside-horizon"),
    (22, "demands/2/latest_start", "9999-12-31", "outside-horizon"),
    (22, "calendar/end", "9999-12-31", "outside-horizon"),
    (23, "demands/2/earliest_start", "2027-03-28T02:30", "nonexistent-time"),
    (24, "demands/2/earliest_start", "2026-10-25 02:30", "ambiguous-time"),
    (25, "demands/2/weekdays", [], "empty-availability"),
    (25, "demands/2/patterns", [], "empty-availability"),
    (25, "offerings/0/start_weekdays", [], "empty-availability"),
    (25, "companies/0/closed", [{"first": "2027-03-01", "last": "2027-03-02"}] * 10_001, "too-many-items"),
    (25, "demands/2/weekdays", ["mon"] * 6, "too-many-items"),
    (32, "companies/0/latitude", 91, "out-of-range"),
    (32, "companies/0/longitude", -180.1, "out-of-range"),
    (32, "companies/0/latitude", 10**400, "out-of-range"),
    (33, "companies/0/name", "a\0b", "bad-text"),
    (33, "companies/0/name", "a\nb", "bad-text"),
    (33, "companies/0/name", "a\ud800b", "bad-text"),
    (33, "companies/0/name", "abc\u202ecba", "bad-text"),
    (33, "demands/2/id", "' OR 1=1--", "bad-text"),
    (33, "demands/2/id", "%2e%2e", "bad-text"),
    (33, "demands/2/id", "../../x", "bad-text"),
    (33, "demands/2/id", "bolt drilling", "bad-text"),
    (34, "companies/0/name", "x" * 201, "too-long"),
    (34, "companies/0/name", "e" + "\u0301" * 150, "too-long"),
    (34, "demands/2/id", "x" * 65, "too-long"),
    (6, "companies/0/name", "", "missing-field"),
    (6, "companies/0/name", "   ", "missing-field"),
    (6, "demands/2/id", "", "missing-field"),
    (5, "demands/2/weekdays/0", "sat", "unknown-value"),
    (5, "demands/2/patterns/0", "evening", "unknown-value"),
    (5, "demands/2/patterns", ["evening"], "unknown-value"),
    (5, "format", "cohort-opt/2", "unknown-value"),
    (5, "courses/0/patterns/0/days", "5", "wrong-type"),
    (1, "courses/0/patterns/0/days", 61, "out-of-range"),
    (6, "courses/0/patterns/0/weeks", 3, "unknown-field"),
]


@pytest.mark.parametrize(
    ("row", "path", "value", "code"), ONE_FIELD, ids=[f"{row}-{path}-{code}" for row, path, _, code in ONE_FIELD]
)
def test_a_field_that_breaks_its_rule_is_told_with_code_and_pointer(row, path, value, code):
    place = f"/{path}/0" if value == ["evening"] else f"/{path}"
    assert codes_and_places(changed(path, value)) == [(code, place)]


@pytest.mark.parametrize("field", ["company", "course", "count", "earliest_start", "latest_start", "max_travel_km"])
def test_a_missing_field_is_told_where_it_should_stand(field):
    source = document()
    del source["demands"][2][field]
    assert codes_and_places(source) == [("missing-field", f"{D}/{field}")]


def test_a_pattern_of_no_known_kind_is_told_at_its_kind():
    assert codes_and_places(changed("courses/0/patterns/0", {"kind": "evening"})) == [
        ("unknown-value", "/courses/0/patterns/0/kind")
    ]
    assert codes_and_places(changed("courses/0/patterns/0", {})) == [("missing-field", "/courses/0/patterns/0/kind")]


@pytest.mark.parametrize(
    ("row", "path", "value"),
    [
        (4, "demands/2/count", 6.0),
        (12, "demands/2/max_travel_km", 0),
        (20, "demands/2/latest_start", "2027-03-01"),  # start = end
        (20, "calendar/closed/0/last", "2028-02-29"),
        (
            26,
            "companies/1/closed",
            [{"first": "2027-03-08", "last": "2027-03-12"}, {"first": "2027-03-12", "last": "2027-03-15"}],
        ),
        (27, "companies/1/closed", [{"first": "2027-03-01", "last": "2027-06-30"}]),
        (35, "companies/0/name", "<script>alert(1)</script> {{7*7}} ${x} %n"),
        (57, "companies/0/name", "=1+1"),
        (66, "demands/2/count", 2),
    ],
)
def test_what_looks_odd_but_means_something_is_accepted(row, path, value):
    assert problems_of(changed(path, value)) == ()


def test_no_demand_at_all_is_an_instance():
    assert problems_of(document(demands=[], pins=[], bans=[])) == ()  # row 66


@pytest.mark.parametrize(
    ("row", "changes", "code", "places"),
    [
        # 13 > 12; the room gets 20 seats, so that this is the only rule that is broken
        (7, {"courses/0/min_seats": 13, "rooms/0/seats": 20}, "min-exceeds-max",
         ["/courses/0/min_seats", "/courses/0/max_seats"]),
        (7, {"rooms/0/seats": 3}, "min-exceeds-capacity", ["/offerings/0/room", "/courses/0/min_seats", "/rooms/0/seats"]),
        (7, {"demands/2/min_part": 7}, "min-exceeds-max", [f"{D}/min_part", COUNT]),
        (16, {"demands/2/course": "welding"}, "unknown-trade", [f"{D}/course"]),
        (16, {"demands/2/company": "nobody"}, "unknown-reference", [f"{D}/company"]),
        (16, {"offerings/0/instructor": "nobody"}, "unknown-reference", ["/offerings/0/instructor"]),
        (18, {"demands/3/id": "bolt-drilling", "bans": []}, "duplicate-line", [f"{D}/id", "/demands/3/id"]),
        (18, {"companies/2/id": "bolt", "demands": [], "pins": [], "bans": [], "distances": []}, "duplicate-id",
         ["/companies/1/id", "/companies/2/id"]),
        (18, {"distances/1/company": "acme"}, "duplicate-line", ["/distances/0", "/distances/1"]),
        (18, {"bans/1": {"run": "drilling-academy/2027-03-01/block5"}}, "duplicate-line", ["/bans/0", "/bans/1"]),
        (19, {"demands/2/earliest_start": "2027-05-01"}, "start-after-end", [f"{D}/latest_start", f"{D}/earliest_start"]),
        (19, {"offerings/1/last_start": "2027-02-01", "pins": [], "bans": []}, "start-after-end",
         ["/offerings/1/last_start", "/offerings/1/first_start"]),
        (19, {"companies/1/closed/0/last": "2027-03-07"}, "start-after-end", ["/companies/1/closed/0"]),
        (19, {"rooms/0/absences/0/last": "2027-03-01"}, "start-after-end", ["/rooms/0/absences/0"]),
        (22, {"demands/2/earliest_start": "2029-01-01", "demands/2/latest_start": "2029-02-01"}, "outside-horizon",
         [f"{D}/earliest_start", f"{D}/latest_start"]),
        (22, {"calendar/end": "2030-03-06"}, "outside-horizon", ["/calendar/end", "/calendar/start"]),  # 1,101 days
        (25, {"demands/2/earliest_start": "2027-03-06", "demands/2/latest_start": "2027-03-07"}, "empty-availability",
         [f"{D}/earliest_start", f"{D}/latest_start"]),
        (16, {"offerings": [], "pins": [], "bans": [], "demands": [], "rooms/0/site": "nowhere"}, "unknown-reference",
         ["/rooms/0/site"]),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_every_place_that_takes_part(row, changes, code, places):
    source = document()
    for path, value in changes.items():
        *parents, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
        target = source
        for step in parents:
            target = target[step]
        target[last] = value
    (problem,) = problems_of(source)
    assert (problem.code, [problem.pointer, *problem.also]) == (code, places)


def test_sums_that_a_float_cannot_hold_are_refused():
    # 10^9 cents a class x 50 at a time x 2 weekdays x (35 days // 7 + 2) weeks x 2 patterns = 1.4e12 for one offering;
    # 2^53 = 9.007e15 lies between 6,000 (8.4e15) and 12,000 of them (1.7e16).
    source = document(pins=[], bans=[])
    dear = {**source["offerings"][0], "fixed_cents": 10**9, "max_parallel": 50}
    source["offerings"] += [{**dear, "id": f"o{i}"} for i in range(6_000)]
    assert codes_and_places(source) == []
    source["offerings"] += [{**dear, "id": f"p{i}"} for i in range(6_000)]
    assert codes_and_places(source) == [("numeric-range", "/prices")]


def test_every_problem_says_object_value_rule_and_way_out():
    (problem,) = problems_of(changed("demands/2/count", -1))
    assert problem.subject == "Demand[bolt-drilling]"
    assert problem.value == "-1"
    assert problem.rule == "must be at least 1"
    assert problem.remedy
    assert str(problem) == "Demand[bolt-drilling] at /demands/2/count: -1: must be at least 1; correct the value [out-of-range]"


def test_a_misspelt_field_is_answered_with_the_nearest_name():
    (problem,) = problems_of(changed("demands/2/max_travel", 3))
    assert problem.remedy == "did you mean max_travel_km? Otherwise remove it"


@pytest.mark.parametrize("source", [None, [], 3, "text", {}, {"demands": 3, "calendar": [], "prices": "x"}, [[]], {"": {"": ""}}])
def test_a_document_of_another_shape_is_refused_without_a_stack_trace(source):
    assert problems_of(source)
