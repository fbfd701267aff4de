"""Lists come in pages; whoever follows the links sees every row once."""

import re

import pytest


def pages(client, path, limit):
    """Follow `Link: rel=next` from the first page to the last and return the bodies."""
    found, address = [], f"{path}?limit={limit}"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found.append(answer.json)
        link = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("Link", ""))
        address = link[1] if link else ""
    return found


@pytest.mark.parametrize(("limit", "sizes"), [(2, [2, 2, 1]), (5, [5]), (200, [5])])
def test_rounds_come_by_id(client, base, limit, sizes):
    for name in "edcba":
        client.put(f"/api/v1/rounds/{name}", json={"name": name, "base": base})
    found = [[row["id"] for row in page["rounds"]] for page in pages(client, "/api/v1/rounds", limit)]
    assert [len(page) for page in found] == sizes
    assert [name for page in found for name in page] == list("abcde")


def test_nights_come_the_latest_first(client, round_with_base):
    for day in (24, 26, 25):
        body, key = {"date": f"2026-11-{day}"}, {"Idempotency-Key": str(day)}
        client.post("/api/v1/rounds/spring/proposals", json=body, headers=key)
    found = pages(client, "/api/v1/rounds/spring/proposals", 1)
    assert [page["nights"][0]["date"][-2:] for page in found] == ["26", "25", "24"]


def test_jobs_come_the_newest_first_and_each_once_even_within_one_instant(client, submit, instance, clock):
    ids = []
    for number in range(5):
        ids.append(submit({"instance": instance}, key=f"k{number}").json["id"])
        if number == 2:
            clock.move(seconds=1)
    found = [row["id"] for page in pages(client, "/api/v1/jobs", 2) for row in page["jobs"]]
    assert found == [*sorted(ids[3:]), *sorted(ids[:3])]
