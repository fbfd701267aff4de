"""The pages of a night's plan: late requests, moves by hand, plans side by side, pictures, sweeps; without a browser."""

import html
import re

import pytest

from tests.service.services.planned import LATER, NIGHT, RUN, real
from tests.service.views.test_pages import ENGLISH, text

PLACE = f"/rounds/spring/nights/{NIGHT}"


@pytest.fixture
def client(make_app, base, counts):
    """A service that solves for real, with a planned night of round `spring`."""
    base["offerings"][0]["last_start"] = "2027-03-08"
    base["courses"][0]["min_seats"] = 4
    client = make_app(solver=real).test_client()
    assert client.put("/api/v1/rounds/spring", json={"name": "Spring", "base": base}).status_code == 201
    for company in ("acme", "bolt"):
        client.put(f"/api/v1/rounds/spring/demands/{company}", json=counts(company))
    assert client.post("/rounds/spring/propose", data={"date": NIGHT}).status_code == 303
    return client


def get(client, path, **headers):
    answer = client.get(path, headers={**ENGLISH, **headers})
    assert answer.status_code == 200, text(answer)
    return html.unescape(text(answer))


def test_the_night_leads_to_everything_that_can_be_done_with_it(client):
    page = get(client, PLACE)
    for link in ("moves", "late", "pictures", "sweep", "questions", "alliance", "leaving", "files"):
        assert f"{PLACE}/{link}" in page


def test_a_late_request_ends_in_a_what_if_that_is_adopted(client):
    asked = {"company": "bolt", "course": "drilling", "count": "2"}
    page = get(client, f"{PLACE}/late?company=bolt&course=drilling&count=2")
    assert "1 class fits" in page
    class_id = re.search(r'name="class" value="([^"]+)"', page)[1]
    answer = client.post(f"{PLACE}/late", data={**asked, "class": class_id})
    assert answer.status_code == 303
    shown = get(client, answer.headers["Location"])
    assert "among the counts of Bolt" in shown
    assert client.post(f"{answer.headers['Location']}/adopt").status_code == 303
    lines = client.get("/api/v1/rounds/spring/demands/bolt").json["lines"]
    assert [line["count"] for line in lines] == [4, 2]
    assert "This is the plan of its night" in get(client, answer.headers["Location"])


def test_a_late_request_that_fits_nowhere_says_what_to_do(client):
    page = get(client, f"{PLACE}/late?company=bolt&course=drilling&count=4")
    assert "0 classes fit" in page
    assert "Ask for fewer at a time" in page


@pytest.mark.parametrize("count", ["two", "0", "501", "-1"])
def test_a_late_request_with_a_count_that_is_none_keeps_what_was_typed(client, count):
    answer = client.get(f"{PLACE}/late?company=bolt&course=drilling&count={count}", headers=ENGLISH)
    assert answer.status_code == 422
    assert f'value="{count}"' in text(answer)


def test_moves_by_form_and_by_list_are_one_what_if(client):
    data = {
        "move": f"acme.drilling|{RUN}|{LATER}|5",
        "who": f"bolt.drilling|{RUN}|4",
        "to": LATER,
        "count": "4",
        "keep_others": "1",
    }
    answer = client.post(f"{PLACE}/moves", data=data)
    assert answer.status_code == 303
    page = get(client, answer.headers["Location"])
    assert "opens on 8 Mar 2027 with 9 trainees" in page


def test_a_move_that_cannot_be_comes_back_with_the_rule_and_the_list(client):
    answer = client.post(f"{PLACE}/moves", data={"move": f"acme.drilling|{RUN}|{LATER}|6"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert f"acme.drilling|{RUN}|{LATER}|6" in text(answer)
    assert "move at most so many" in text(answer)
    assert client.post(f"{PLACE}/moves", data={"move": "nonsense"}).status_code == 422
    assert client.post(f"{PLACE}/moves", data={}).status_code == 422


def test_what_ifs_stand_beside_the_night(client):
    places = [
        client.post(f"{PLACE}/moves", data={"move": move, "keep_others": "1", "name": name}).headers["Location"]
        for name, move in (("Acme later", f"acme.drilling|{RUN}|{LATER}|5"), ("Bolt later", f"bolt.drilling|{RUN}|{LATER}|4"))
    ]
    jobs = "&".join(f"job={place.rsplit('/', 1)[1]}" for place in places)
    page = get(client, f"{PLACE}/compare?{jobs}")
    assert "Acme later" in page
    assert "Bolt later" in page
    assert "Who sits elsewhere" in page
    assert "every 1s" not in page
    assert client.get(f"{PLACE}/compare").status_code == 422


@pytest.mark.parametrize(("language", "words"), [("nl", "ISO-week"), ("de", "ISO-Woche"), ("en", "ISO week")])
def test_map_and_timelines_have_their_tables_and_the_language_of_the_reader(client, language, words):
    page = get(client, f"{PLACE}/pictures", **{"Accept-Language": language})
    assert words in page
    assert page.count("<table") == 2
    assert '"companies"' in page
    assert " style=" not in page


def test_the_outlines_come_from_this_service(client):
    assert client.get("/outlines.geojson").json["type"] == "FeatureCollection"


def test_a_sweep_shows_its_picture_and_its_table(client):
    assert "Fewest trainees in a class" in get(client, f"{PLACE}/sweep")
    page = get(client, f"{PLACE}/sweep?figure=min-seats&first=9&last=10&step=1&go=1")
    assert "data:image/svg+xml;base64," in page
    assert client.get(f"{PLACE}/sweep?figure=min-seats&first=x&last=10&step=1&go=1").status_code == 422


def test_the_tables_of_a_round_can_be_taken(client):
    client.post("/rounds/spring/publish", data={"date": NIGHT, "note": "First"})
    for path, names in (("/rounds/spring", ("companies", "proposals")), ("/rounds/spring/publication", ("answers", "outlook"))):
        page = get(client, path)
        for address in [f"/api/v1/rounds/spring/lists/{name}.{form}" for name in names for form in ("csv", "xlsx", "json")]:
            assert address in page
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["classes.xlsx", "classes.csv", "members.csv", "proposal.json"])
def test_the_class_lists_of_a_night_can_be_taken(client, name):
    address = f"/api/v1/rounds/spring/proposals/{NIGHT}/files/{name}"
    assert address in get(client, PLACE)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("asked", ["pooling", "robustness", "value", "stability", "flexibility"])
def test_a_question_is_answered_on_its_page(client, asked):
    page = get(client, f"{PLACE}/questions?ask={asked}")
    assert 'id="answer"' in page
    assert client.get(f"{PLACE}/questions?ask=colour").status_code == 422


def test_every_file_of_a_plan_can_be_found_calendars_too(client):
    page = get(client, f"{PLACE}/files")
    assert re.search(r"/files/[^\"]+\.ics", page)


def test_an_alliance_bears_what_the_plan_costs(client):
    own = get(client, f"{PLACE}/alliance?form=consortium")
    led = get(client, f"{PLACE}/alliance?form=lead_firm&lead=bolt")
    totals = [re.search(r"<tfoot>.*?(€[0-9.,]+)", page, re.DOTALL)[1] for page in (own, led)]
    assert totals[0] == totals[1]
    assert '<th scope="row">Acme' in own
    assert '<th scope="row">Acme' not in led
    assert client.get(f"{PLACE}/alliance?form=lead_firm").status_code == 422


def test_whoever_stays_pays_what_was_agreed(client):
    asked = f"{PLACE}/leaving?company=acme&left_on=2026-11-30&days=28&percent=50"
    page = get(client, asked)
    assert "4 seats stay" in page  # of nine, Acme's five leave
    assert "as agreed" in page
    assert "fee of the one who leaves" in page
    for wrong in ("company=nobody&left_on=2026-11-30&days=1&percent=1", "company=acme&left_on=x&days=1&percent=1",
                  "company=acme&left_on=2026-11-30&days=1&percent=101"):  # fmt: skip
        assert client.get(f"{PLACE}/leaving?{wrong}").status_code == 422


def test_sums_of_two_companies_tell_nothing(client):
    page = get(client, "/rounds/spring/sums")
    assert "too few to tell" in page
    assert "Nothing can be told of the night" in page  # everybody has a seat


def test_a_withdrawal_says_why(client):
    client.post("/rounds/spring/publish", data={"date": NIGHT, "note": "First", "answer_until": "2026-12-24"})
    page = get(client, "/rounds/spring/publication")
    assert "Answers until 24/12/2026, 23:59." in page  # by the clocks of Amsterdam
    assert "Decide: Drilling" in page
    assert client.post("/rounds/spring/withdraw", data={"note": " "}).status_code == 422
    assert client.post("/rounds/spring/withdraw", data={"note": "Wrong night"}).status_code == 303
    assert client.get("/rounds/spring/publication").status_code == 404


@pytest.mark.parametrize("page", ["moves", "late", "pictures", "sweep", "compare", "questions"])
def test_pages_of_a_night_that_is_not_there_are_not_found(client, page):
    assert client.get(f"/rounds/spring/nights/2026-11-30/{page}").status_code == 404


def test_pages_hold_no_inline_script_and_no_inline_style(client):
    for page in ("", "/moves", "/late", "/pictures", "/sweep", "/questions"):
        found = text(client.get(PLACE + page))
        assert "<style" not in found
        assert " style=" not in found
        assert "<script>" not in found


def test_a_company_is_erased_after_its_id_was_typed_once_more(client):
    assert "Type acme to erase it" in get(client, "/companies/acme/erase")
    assert "Erase this company" in get(client, "/rounds/spring/companies/acme")
    assert client.post("/companies/acme/erase", data={"confirm": "bolt"}).status_code == 422
    client.post("/rounds/spring/withdraw", data={"note": "Erased"})
    answer = client.post("/companies/acme/erase", data={"confirm": "acme"})
    assert answer.status_code == 303
    assert client.get("/rounds/spring/companies/acme").status_code == 410
