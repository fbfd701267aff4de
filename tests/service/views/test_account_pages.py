"""Signing in with a browser: link, confirm, form tokens, sign out; and the demo's people."""

import re

import pytest

from service.actors import MACHINE
from service.services import accounts, demo
from tests.service.fakes import FakeSolver


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def walled(make_app, tmp_path):
    app = make_app(access="accounts", outbox_folder=tmp_path / "outbox")
    accounts.add_account(app.extensions["cohort_opt"], MACHINE, "anna@x.invalid", "planner", language="en")
    return app


def link(tmp_path):
    found = re.search(r"/sign-in/\S+", next((tmp_path / "outbox").glob("*.eml")).read_text().replace("=\n", ""))
    return found[0]


def signed_in(app, tmp_path):
    client = app.test_client()
    client.post("/sign-in", data={"mail": "anna@x.invalid"})
    client.post(link(tmp_path))
    return client


def form_token(page):
    return re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1]


def test_an_address_with_and_without_account_get_the_same_page(walled):
    one = walled.test_client().post("/sign-in", data={"mail": "anna@x.invalid"})
    other = walled.test_client().post("/sign-in", data={"mail": "nobody@x.invalid"})
    assert (one.status_code, one.data) == (other.status_code, other.data)


def test_the_way_in_and_out(walled, tmp_path):
    client = walled.test_client()
    assert client.get("/rounds").status_code == 401
    client.post("/sign-in", data={"mail": "anna@x.invalid"})
    path = link(tmp_path)
    assert "signs nobody in" in text(client.get(path, headers={"Accept-Language": "en"}))
    assert client.get("/rounds").status_code == 401
    answer = client.post(path)
    assert answer.status_code == 303
    assert client.get("/rounds").status_code == 200
    client.post("/sign-out", data={"csrf": form_token(text(client.get("/")))})
    assert client.get("/rounds").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(walled, tmp_path):
    client = walled.test_client()
    client.post("/sign-in", data={"mail": "anna@x.invalid"}, base_url="https://localhost")
    cookie = client.post(link(tmp_path), base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-cohort=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


@pytest.mark.parametrize("data", [{}, {"csrf": "x"}, {"csrf": "0" * 64}, {"csrf": "ü"}])
def test_a_form_without_the_token_of_the_session_is_refused(walled, tmp_path, data):
    answer = signed_in(walled, tmp_path).post("/rounds", data={"id": "x", "demo": "1", **data})
    assert (answer.status_code, answer.json["code"]) == (403, "csrf")


def test_a_form_with_the_token_is_accepted(walled, tmp_path):
    client = signed_in(walled, tmp_path)
    answer = client.post("/rounds", data={"id": "x", "demo": "1", "csrf": form_token(text(client.get("/rounds")))})
    assert answer.status_code == 303


def test_guessing_is_slowed_down(walled):
    client = walled.test_client()
    answers = [client.post("/sign-in", data={"mail": f"{n}@x.invalid"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Retry-After" in answers[-1].headers


def test_the_demo_has_three_people_to_be(make_app):
    app = make_app(demo=True)
    demo.set_up(app.extensions["cohort_opt"], FakeSolver())
    for who, path, status in (("company", "/accounts", 403), ("planner", "/accounts", 200), ("reader", "/rounds/demo", 403)):
        client = app.test_client()
        assert client.post(f"/demo/{who}").status_code == 303
        assert client.get(path).status_code == status


def test_a_service_that_is_no_demo_has_no_demo_people(client):
    assert client.post("/demo/planner").status_code == 404


def test_a_token_is_shown_once(walled, tmp_path):
    client = signed_in(walled, tmp_path)
    page = text(client.get("/account"))
    made = text(client.post("/account/tokens", data={"label": "script", "days": "5", "csrf": form_token(page)}))
    token = re.search(r"co_[\w-]{43}", made)[0]
    assert token not in text(client.get("/account"))
    answer = walled.test_client().get("/api/v1/rounds", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_choosing_a_language_never_leads_away(client, target):
    answer = client.post("/language", data={"language": "de", "next": target})
    assert answer.headers["Location"] == "/"


def test_the_language_is_that_of_choice_account_or_browser(client):
    assert '<html lang="nl">' in text(client.get("/"))
    assert '<html lang="de">' in text(client.get("/", headers={"Accept-Language": "de-AT,de;q=0.9"}))
    client.post("/language", data={"language": "en"})
    assert '<html lang="en">' in text(client.get("/", headers={"Accept-Language": "de"}))
