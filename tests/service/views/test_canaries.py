"""What one company alone has sent is in no answer, header, mail or line of log that another sees, nor can it be computed."""

import itertools
import json
import logging

import pytest

from service.schemas import company_view
from service.services import outbox
from tests.builders import make_instance
from tests.service.fakes import plan_of
from tests.service.views.test_tenants import ask, tokens, walled, world  # noqa: F401  fixtures

CANARY = "acme-canary-7f3a"
PRICE = 123_457
"""Acme's ceiling for a seat, in cents: a number that nothing else makes."""


@pytest.fixture
def counts(counts):
    return lambda company, /, **changes: counts(
        company, **{**changes, **({"line": CANARY, "max_seat_price_cents": PRICE} if company == "acme" else {})}
    )


@pytest.fixture
def instance(instance):
    return {**instance, "name": CANARY}


@pytest.fixture
def base(base):
    return {**base, "name": "Base"}


def addresses(app, world):  # noqa: F811
    """Return every address that answers to GET, of acme's objects and of bolt's own."""
    values = {"round_id": "spring", "night": "latest", "date": "2026-11-24", "job_id": world["job"], "offer_id": world["offer"],
              "webhook_id": world["webhook"], "size": "A", "code": "not-found", "filename": "app.css", "name": "swagger-ui.css",
              "token": "x", "secret": "x", "who": "planner", "account_id": "x", "token_id": "x", "demand": "x"}  # fmt: skip
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for company in ("acme", "bolt") if "company_id" in rule.arguments else ("",):
            named = {name: values.get(name, company if name == "company_id" else "x") for name in rule.arguments}
            if "GET" in rule.methods:
                yield adapter.build(rule.endpoint, named)


@pytest.mark.parametrize("role", ["bolt", "reader", "operator", "anonymous"])
def test_no_canary_of_acme_is_seen_by_others(walled, ask, world, caplog, role):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    seen = 0
    for address in addresses(walled, world):
        answer = ask(role, "GET", address)
        found = answer.get_data().decode("utf-8", "replace") + str(answer.headers)
        assert CANARY not in found, address
        assert str(PRICE) not in found, address
        assert answer.status_code < 500, address
        answer.close()
        seen += 1
    assert seen > 40
    assert CANARY not in caplog.text
    assert str(PRICE) not in caplog.text


@pytest.mark.parametrize("role", ["acme", "bolt", "planner", "reader", "operator", "anonymous"])
def test_the_first_page_opens_for_everybody(ask, world, role):  # noqa: F811
    assert ask(role, "GET", "/").status_code == 200


def test_the_canary_can_be_seen_by_its_owner(ask, world):  # noqa: F811
    """Otherwise the test above would look for nothing."""
    own = ask("acme", "GET", "/api/v1/rounds/spring/demands/acme").get_data(as_text=True)
    assert CANARY in own
    assert str(PRICE) in own


def test_no_mail_to_another_holds_a_canary(walled, world):  # noqa: F811
    context = walled.extensions["cohort_opt"]
    outbox.deliver(context)
    mails = [path.read_text() for path in context.settings.outbox.glob("*.eml")]
    to_others = [mail for mail in mails if "To: acme@" not in mail]
    assert to_others
    assert not any(CANARY in mail or str(PRICE) in mail for mail in to_others)


def worlds(own, others, size):
    """Return every way in which that many others can share the seats beside acme's own, each with at least one."""
    return [split for split in itertools.product(range(1, size), repeat=others) if own + sum(split) <= 12]


@pytest.mark.parametrize("others", [1, 2, 3])
@pytest.mark.parametrize("own", [2, 4, 5])
def test_whoever_tries_all_worlds_is_left_with_three_counts_for_every_other_company(others, own):
    """The enumerating attacker (G23): acme knows the rules and its own view, and tries every count of the others."""
    names = ["bolt", "carve", "dril"][:others]
    views = {}
    for split in worlds(own, others, 11):
        if own + sum(split) < 8:
            continue  # the class stays closed below its minimum
        document = instance_of({"acme": own, **dict(zip(names, split, strict=True))})
        proposal = plan_of(json.dumps(document, sort_keys=True))
        view = company_view("spring", "2026-11-24", "acme", proposal, document).model_dump_json()
        views.setdefault(view, []).append(split)
    assert views
    for splits in views.values():
        for position, name in enumerate(names):
            possible = {split[position] for split in splits}
            assert len(possible) >= 3, f"{name} can only have sent {sorted(possible)}"


def instance_of(seats):
    """Return an instance of one class in which each company asks for so many seats."""
    document = make_instance().model_dump(mode="json")
    company, line = document["companies"][0], document["demands"][0]
    document["companies"] = [{**company, "id": name, "name": name} for name in sorted(seats)]
    document["demands"] = [
        {**line, "id": f"{name}.drilling", "company": name, "count": count} for name, count in sorted(seats.items())
    ]
    return document
