"""A night's plan for programs: a line that came too late, moves by hand, what changed and who waits; solved for real."""

import pytest

from service import create_app
from service.config import Settings
from service.store.database import initialise
from tests.builders import make_instance
from tests.service.fakes import InlineExecutor, StoppedClock
from tests.service.services.planned import LATER, NIGHT, RUN, real

PLACE = f"/api/v1/rounds/spring/proposals/{NIGHT}"
TWO = {"company": "cito", "course": "drilling", "count": 2}
ALL_LATER = [{"demand": "acme.drilling", "from_run": RUN, "to_run": LATER, "count": 5},
             {"demand": "bolt.drilling", "from_run": RUN, "to_run": LATER, "count": 4}]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A planned night of round `spring`: nine in one class of at least 4, and two Mondays to choose from."""
    settings = Settings(database=tmp_path_factory.mktemp("nights") / "service.sqlite3")
    initialise(settings.database)
    app = create_app(settings, clock=StoppedClock(), solver=real, executor=InlineExecutor(), work=False)
    client = app.test_client()
    base = make_instance().model_dump(mode="json")
    lines, base["demands"] = base["demands"], []
    base["offerings"][0]["last_start"] = "2027-03-08"
    base["courses"][0]["min_seats"] = 4
    base["companies"].append({**base["companies"][0], "id": "cito", "name": "Cito"})
    assert client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base}).status_code == 201
    for line in lines:
        counts = {name: line[name] for name in ("course", "count", "earliest_start", "latest_start", "max_travel_km")}
        answer = client.put(f"/api/v1/rounds/spring/demands/{line['company']}", json={"lines": [counts]})
        assert answer.status_code in (201, 202), answer.json
    asked = client.post("/api/v1/rounds/spring/proposals", json={"date": NIGHT}, headers={"Idempotency-Key": "night"})
    assert asked.status_code == 202
    yield client
    app.extensions["cohort_opt_jobs"].close()
    app.extensions["cohort_opt"].store.close()


def ask(client, path, body, key):
    return client.post(f"{PLACE}/{path}", json=body, headers={"Idempotency-Key": key})


def test_a_late_line_is_told_its_class_and_its_price(client):
    answer = client.post(f"{PLACE}/late-requests/fits", json=TWO)
    # Nine pay 950,000 + 9 x 18,500 = 1,116,500; eleven 1,153,500: rounded up 104,864 a seat.
    (fit,) = answer.json["fits"]
    assert (fit["run"], fit["size"], fit["seat_price_before_cents"], fit["seat_price_cents"]) == (RUN, 11, 124_056, 104_864)
    assert (answer.json["looked_at"], answer.json["refused"], answer.json["is_complete"]) == (1, [], True)


def test_a_late_line_that_fits_nowhere_gets_no_class(client):
    # Twelve seats, nine taken.
    assert client.post(f"{PLACE}/late-requests/fits", json={**TWO, "count": 4}).json["fits"] == []


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"company": "absent"}, "/company", "unknown-reference"),
        ({"count": "two"}, "/count", "wrong-type"),
        ({"earliest_start": "soon"}, "/earliest_start", "invalid-date"),
        ({"colour": "red"}, "/colour", "unknown-field"),
    ],
)
def test_a_field_of_a_late_line_that_is_wrong_is_named(client, change, pointer, code):
    answer = client.post(f"{PLACE}/late-requests/fits", json={**TWO, **change})
    assert (answer.status_code, answer.json["errors"][0]["pointer"], answer.json["code"]) == (422, pointer, code)


def test_a_late_line_in_its_class_is_a_what_if_and_the_same_key_is_one_what_if(client):
    class_id = client.post(f"{PLACE}/late-requests/fits", json=TWO).json["fits"][0]["class_id"]
    body = {**TWO, "class_id": class_id}
    first, second = (ask(client, "late-requests", body, "late") for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json["job"]["id"] == second.json["job"]["id"]
    shown = client.get(first.headers["Location"], headers={"Accept-Language": "en"}).json
    assert (shown["has_plan"], shown["asks_companies"]) == (True, False)
    assert any("Cito: 2 more have a seat" in change["sentence"] for change in shown["changes"])
    assert ask(client, "late-requests", {**body, "count": 1}, "late").json["code"] == "key-reused"
    assert ask(client, "late-requests", {**body, "class_id": "absent"}, "absent").status_code == 404


def test_a_change_without_a_key_is_refused(client):
    assert client.post(f"{PLACE}/moves", json={"name": "x", "moves": ALL_LATER}).json["code"] == "idempotency-key"


def test_the_board_says_who_sits_where_and_where_they_could_sit(client):
    (course,) = client.get(f"{PLACE}/moves").json["courses"]
    assert [(slot["run"], [one["count"] for one in slot["seated"]]) for slot in course["slots"]] == [(RUN, [5, 4]), (LATER, [])]
    assert course["slots"][0]["seated"][0] == {
        "demand": "acme.drilling", "company_name": "Acme", "run": RUN, "count": 5, "may": [RUN, LATER],
    }  # fmt: skip
    assert course["waiting"] == []


def test_a_class_that_is_moved_is_a_what_if_that_leaves_the_night_as_it_is(client):
    answer = ask(client, "moves", {"name": "A week later", "moves": ALL_LATER}, "move")
    assert answer.status_code == 202
    shown = client.get(answer.headers["Location"]).json
    assert [change["kind"] for change in shown["changes"]] == ["opened", "closed", "moved", "moved"]
    assert client.get(f"{PLACE}/moves").json["courses"][0]["slots"][1]["seated"] == []
    assert "A week later" in [row["name"] for row in client.get(f"{PLACE}/what-ifs").json["what_ifs"]]


def test_a_move_of_more_than_are_there_is_refused_with_its_place(client):
    wanted = {"name": "Six", "moves": [{**ALL_LATER[0], "count": 6}]}
    answer = ask(client, "moves", wanted, "six")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/moves/0")
    assert ask(client, "moves", {"name": "None", "moves": []}, "none").json["errors"][0]["pointer"] == "/moves"


def test_the_first_night_says_so_and_nobody_waits(client):
    assert [change["kind"] for change in client.get(f"{PLACE}/changes").json["changes"]] == ["first"]
    assert client.get(f"{PLACE}/waiting-list").json == {"waiting": []}


@pytest.mark.parametrize("path", ["changes", "waiting-list", "moves"])
def test_a_night_that_is_not_there_is_not_found(client, path):
    assert client.get(f"/api/v1/rounds/spring/proposals/2026-11-30/{path}").status_code == 404
