"""A routing server is asked in its own form, once; when it is away that is said, and nothing is guessed."""

import pytest

from cohort_opt.errors import TravelError
from cohort_opt.travel import LegCache, OsrmServer, Place
from tests.cohort_opt.travel.fake_osrm import running

ACME = Place("company", "acme", 51.92254, 4.47917)
BOLT = Place("company", "bolt", 52.0, 4.3)
ACADEMY = Place("site", "academy", 51.9, 4.5)


def test_metres_become_whole_km_and_seconds_whole_minutes():
    with running() as server:
        found = OsrmServer(server.url).legs([ACME, BOLT], [ACADEMY])
    # Places 0, 1 and 2 in the list: acme is 2 away: 2,998 m = 3 km, 122 s = 3 minutes begun; bolt 1,499 m = 1 km, 61 s = 2.
    assert [(leg.km, leg.minutes) for leg in found.values()] == [(3, 3), (1, 2)]
    assert server.asked == [
        "/table/v1/driving/4.4792,51.9225;4.3000,52.0000;4.5000,51.9000?sources=0;1&destinations=2&annotations=distance,duration"
    ]


def test_a_long_list_is_asked_in_pieces_that_a_table_holds():
    starts = [Place("company", f"c{n:03d}", 50 + n / 1_000, 5.0) for n in range(150)]
    with running() as server:
        found = OsrmServer(server.url).legs(starts, [ACADEMY])
    assert len(found) == 150
    # 99 starts and a site are 100 places; the other 51 come next.
    assert [path.count(";") for path in server.asked] == [99 + 98, 51 + 50]


def test_where_there_is_no_road_there_is_no_leg():
    with running() as server:
        server.broken = {"distances": [[None]], "durations": [[None]]}
        assert OsrmServer(server.url).legs([ACME], [ACADEMY]) == {(ACME, ACADEMY): None}


@pytest.mark.parametrize(
    ("status", "broken", "said"),
    [
        (400, {"code": "TooBig"}, "answered 400, code TooBig"),
        (200, {"code": "NoTable"}, "code NoTable"),
        (200, {"distances": [[1, 2]]}, "left out distances, or gave another number"),
        (200, {"durations": None}, "left out durations"),
        (200, {"durations": [["soon"]]}, "gave durations that are no amounts"),
        (200, {"distances": [[-1]]}, "gave distances that are no amounts"),
    ],
)
def test_an_answer_in_another_form_is_refused(status, broken, said):
    with running() as server:
        server.status, server.broken = status, broken
        with pytest.raises(TravelError, match=said):
            OsrmServer(server.url).legs([ACME], [ACADEMY])


def test_a_server_that_is_away_is_called_so():
    with running() as server:
        url = server.url
    with pytest.raises(TravelError, match=r"is away \(ConnectionError\); nothing was guessed"):
        OsrmServer(url, timeout_seconds=2).legs([ACME], [ACADEMY])


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1:5000", "http://", "http://127.0.0.1/?key=1"])
def test_an_address_that_cannot_be_asked_is_refused(url):
    with pytest.raises(TravelError, match="no address of a routing server"):
        OsrmServer(url)


def test_what_was_answered_once_is_not_asked_again(tmp_path):
    cache = LegCache(tmp_path / "legs.json")
    with running() as server:
        router = OsrmServer(server.url)
        first = cache.legs(router, [ACME], [ACADEMY])
        assert cache.legs(router, [ACME], [ACADEMY]) == first
        assert len(server.asked) == 1
        cache.legs(router, [ACME, BOLT], [ACADEMY])
        # Only bolt was unknown: one start, one site.
        assert server.asked[1].startswith("/table/v1/driving/4.3000,52.0000;4.5000,51.9000?sources=0&destinations=1")
    assert cache.legs(router, [ACME, BOLT], [ACADEMY])[ACME, ACADEMY] == first[ACME, ACADEMY]  # the server is away by now


def test_a_company_that_moves_is_asked_for_anew(tmp_path):
    cache, moved = LegCache(tmp_path / "legs.json"), Place("company", "acme", 51.5, 4.47917)
    with running() as server:
        cache.legs(OsrmServer(server.url), [ACME], [ACADEMY])
        cache.legs(OsrmServer(server.url), [moved], [ACADEMY])
        assert len(server.asked) == 2


def test_the_answers_of_one_server_are_none_of_another(tmp_path):
    cache = LegCache(tmp_path / "legs.json")
    with running() as server:
        cache.legs(OsrmServer(server.url), [ACME], [ACADEMY])
        assert cache.known(OsrmServer(server.url, "cycling"), [ACME], [ACADEMY]) == {}
        assert len(cache.known(OsrmServer(server.url), [ACME, BOLT], [ACADEMY])) == 1


@pytest.mark.parametrize("text", ["", "[]", '{"format": "other/1", "routers": {}}',
                                  '{"format": "cohort-opt-legs/1", "routers": {"a": {"k": ["far", 1]}}}'])  # fmt: skip
def test_a_file_that_keeps_something_else_is_refused(tmp_path, text):
    path = tmp_path / "legs.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TravelError, match="is no file of kept legs"):
        LegCache(path).known(OsrmServer("http://127.0.0.1:1"), [ACME], [ACADEMY])
