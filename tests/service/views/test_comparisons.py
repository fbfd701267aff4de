"""Plans side by side, map and timeline for programs, over a night that was solved for real."""

import json

import pytest

from tests.service.services.planned import NIGHT
from tests.service.views.test_nights import ALL_LATER, PLACE, ask, client  # noqa: F401  fixture


@pytest.fixture(scope="module")
def jobs(client):  # noqa: F811
    """Return two what-ifs: everybody a week later under a name that a spreadsheet could run, and only acme."""
    wanted = (("=All later", ALL_LATER), ("Acme later", ALL_LATER[:1]))
    answers = [ask(client, "moves", {"name": name, "moves": moves}, f"beside-{len(moves)}") for name, moves in wanted]
    return [answer.json["job"]["id"] for answer in answers]


def test_the_figures_of_every_plan_stand_beside_each_other(client, jobs):  # noqa: F811
    found = client.get(f"{PLACE}/comparison?what_ifs={','.join(jobs)}", headers={"Accept-Language": "en"}).json
    assert [(plan["kind"], plan["name"], plan["moved"]) for plan in found["plans"]] == [
        ("night", NIGHT, 0), ("what_if", "=All later", 9), ("what_if", "Acme later", 5),
    ]  # fmt: skip
    figures = {row["figure"]: (row["unit"], row["values"]) for row in found["figures"]}
    assert figures["classes"] == ("count", [1, 1, 2])
    # 950,000 a class and 18,500 a seat; the third plan opens two.
    assert figures["cost"] == ("cents", [1_116_500, 1_116_500, 2_066_500])
    assert [(line["company_name"], line["moved"]) for line in found["lines"]] == [
        ("Acme", [False, True, True]), ("Bolt", [False, True, False]),
    ]  # fmt: skip
    assert [place["start"] for place in found["lines"][0]["places"][1]] == ["2027-03-08"]
    opened = next(change for change in found["plans"][1]["changes"] if change["kind"] == "opened")
    assert opened["reasons"]
    assert found["plans"][0]["changes"] == []


def test_a_comparison_is_taken_away_and_no_name_runs_as_a_formula(client, jobs):  # noqa: F811
    query = f"?what_ifs={jobs[0]}"
    answer = client.get(f"{PLACE}/comparison/figures.csv{query}")
    header, _, later = answer.get_data().decode("utf-8-sig").splitlines()
    row = dict(zip(header.split(";"), later.split(";"), strict=True))
    assert (row["plan"], row["classes"], row["cost_eur"], row["seats_that_change"]) == ("'=All later", "1", "11165,00", "9")
    rows = json.loads(client.get(f"{PLACE}/comparison/seats.json{query}").get_data())["rows"]
    assert [(row["company"], row["plan"], row["trainees"], row["first_day"], row["moved"]) for row in rows[:2]] == [
        ("Acme", NIGHT, 5, "2027-03-01", None), ("Acme", "=All later", 5, "2027-03-08", "yes"),
    ]  # fmt: skip
    assert client.get(f"{PLACE}/comparison/figures.xlsx{query}").get_data()[:2] == b"PK"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{PLACE}/comparison", 422, "missing-field"),
        (f"{PLACE}/comparison?what_ifs={'0' * 32}", 404, "not-found"),
        (f"{PLACE}/comparison?colour=red", 422, "unknown-field"),
        (f"/api/v1/rounds/spring/comparison?nights={NIGHT}", 422, "missing-field"),
        ("/api/v1/rounds/spring/comparison?nights=soon,later", 404, "not-found"),
        (f"{PLACE}/comparison/colours.csv", 422, "unknown-value"),
        ("/api/v1/rounds/spring/proposals/2026-11-30/map", 404, "not-found"),
        ("/api/v1/rounds/spring/proposals/2026-11-30/timeline", 404, "not-found"),
    ],
)
def test_what_cannot_be_shown_is_refused(client, path, status, code):  # noqa: F811
    answer = client.get(path)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_the_map_says_who_travels_how_far(client):  # noqa: F811
    found = client.get(f"{PLACE}/map").json
    assert [(place["name"], place["asked"], place["waiting"]) for place in found["places"]] == [("Acme", 5, 0), ("Bolt", 4, 0)]
    assert [(one["count"], one["course_name"]) for place in found["places"] for one in place["journeys"]] == [
        (5, "Drilling"), (4, "Drilling"),
    ]  # fmt: skip
    assert [site["classes"] for site in found["sites"]] == [[1]]


def test_the_timeline_says_when_room_and_instructor_are_taken(client):  # noqa: F811
    (one,) = client.get(f"{PLACE}/timeline").json["classes"]
    assert (one["number"], one["size"], one["dates"]) == (1, 9, [f"2027-03-0{day}" for day in range(1, 6)])
    assert one["room_name"]
    assert one["instructor_name"]


def test_nights_stand_side_by_side(client):  # noqa: F811
    key = {"Idempotency-Key": "second-night"}
    assert client.post("/api/v1/rounds/spring/proposals", json={"date": "2026-11-25"}, headers=key).status_code == 202
    found = client.get(f"/api/v1/rounds/spring/comparison?nights=2026-11-25,{NIGHT}").json
    assert [plan["name"] for plan in found["plans"]] == [NIGHT, "2026-11-25"]
    assert found["lines"] == []
