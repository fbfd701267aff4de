"""A figure through a range, questions about a plan, and what follows its publication, for programs."""

from tests.service.views.test_nights import PLACE, client  # noqa: F401  fixture


def test_a_sweep_and_a_question_are_answered_by_the_same_children_as_their_pages(client, monkeypatch):  # noqa: F811
    asked = []

    def child(module, order):
        from service import question_child, sweep_child

        asked.append(module)
        return {"service.sweep_child": sweep_child, "service.question_child": question_child}[module].answer(order)

    monkeypatch.setattr("service.services.desk.answer", child)
    points = client.post(f"{PLACE}/sweep", json={"figure": "min-seats", "first": 8, "last": 10, "step": 1}).json["points"]
    # Nine trainees fill a class of at least 8 or 9, and none of at least 10.
    assert [(point["value"], point["placed"]) for point in points] == [(8, 9), (9, 9), (10, 0)]
    answer = client.post(f"{PLACE}/questions", json={"question": "pooling", "by": "company"}).json
    assert {row["name"]: row["placed"] for row in answer["rows"] if row["placed"]} == {"Acme": 5, "Bolt": 4}
    assert asked == ["service.sweep_child", "service.question_child"]
    for end, body, pointer in (
        ("sweep", {"figure": "min-seats", "first": 1, "last": 100, "step": 1}, "/step"),
        ("questions", {"question": "robustness", "survival_percent": 0}, "/survival_percent"),
    ):
        refused = client.post(f"{PLACE}/{end}", json=body)
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_whoever_stays_pays_what_was_agreed(client):  # noqa: F811
    leave = {"company": "acme", "left_on": "2026-11-30", "days": 28, "percent": 50}
    (one,) = client.post(f"{PLACE}/settlements", json=leave).json["classes"]
    # Acme's five of nine leave; four stay: 950,000 + 4 x 18,500. More than 28 days before the start no fee is owed.
    assert (one["seats"], one["cost_cents"], sum(row["cents"] for row in one["rows"])) == (4, 1_024_000, 1_024_000)
    assert [row["cents"] for row in one["rows"] if row["why"] == "fee"] == [0]
    later = client.post(f"{PLACE}/settlements", json={**leave, "left_on": "2027-02-28"}).json["classes"][0]["rows"]
    assert [row["payer"] for row in later if row["why"] == "fee" and row["cents"] > 0] == ["acme"]
    for change, pointer in (({"company": "cito"}, "/company"), ({"percent": 101}, "/percent"), ({"left_on": "x"}, "/left_on")):
        refused = client.post(f"{PLACE}/settlements", json={**leave, **change})
        assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_publication_is_followed_and_withdrawn_with_a_reason(client):  # noqa: F811
    assert client.get(f"{PLACE}/approval").json["waits"] is False
    assert client.put("/api/v1/rounds/spring/publication", json={"date": "2026-11-24", "note": "First"}).status_code == 201
    found = client.get("/api/v1/rounds/spring/publication/outlook")
    # The class starts on Monday 1 March; two weeks before it lies Monday 15 February.
    assert [(day["date"], day["kind"]) for day in found.json["days"]] == [("2027-02-15", "decide"), ("2027-03-01", "start")]
    assert found.headers["ETag"] == '"1"'
    place = "/api/v1/rounds/spring/publication/withdrawal"
    assert client.post(place, json={}).status_code == 422
    assert client.post(place, json={"note": "Room lost"}, headers={"If-Match": '"7"'}).status_code == 412
    assert client.post(place, json={"note": "Room lost"}, headers={"If-Match": '"1"'}).status_code == 204
    assert client.post(place, json={"note": "Room lost"}).status_code == 404
