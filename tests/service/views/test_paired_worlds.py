"""Two worlds that differ in one company's figures alone look the same to every other company (reliability.md, G21).

Acme walks through every address of the service in both worlds, with reading and with writing requests. Until something is
published the answers are equal byte for byte; afterwards they are too, but for the fill level, which may tell of others in bands.
"""

import re
from email import message_from_bytes
from email.policy import default

import pytest

from service import create_app
from service.actors import MACHINE
from service.config import Settings
from service.schemas import CompanyLine
from service.services import accounts, outbox
from service.services.context import work_for
from service.store.database import initialise
from tests.builders import make_instance
from tests.service.fakes import FakeSolver, InlineExecutor, StoppedClock

OURS = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{16}|[0-9a-f]{32})(?![0-9a-f])")
"""Ids of requests, jobs, offers and forms are random; hashes (64 signs) would tell what they are of, and stay."""
SECRET = re.compile(r"/answer/[\w-]{43}|whsec_[\w+/=]+")
FILES = ("static", "documentation.asset", "documentation.openapi", "pages.icon")
"""Addresses of files that are part of the program."""
FILL = re.compile(r'"(?:filling|nearly_full)"|Content-Length: \d+')
"""What may differ after publication, and the length that goes with it."""


class World:
    """A service with a round of its own, in which bolt has sent so many trainees."""

    def __init__(self, folder, **changes):
        settings = Settings(database=folder / "service.sqlite3", access="accounts", webhook_inside_hosts=("inside.invalid",))
        initialise(settings.database)
        self.clock = StoppedClock()
        self.app = create_app(settings, clock=self.clock, solver=FakeSolver(), executor=InlineExecutor(), work=False)
        self.context = self.app.extensions["cohort_opt"]
        self.client = self.app.test_client()
        document = make_instance().model_dump(mode="json")
        self.instance = {**document, "courses": [{**document["courses"][0], "min_seats": 6, "max_seats": 40}]}
        self.tokens = {who: self._token(who) for who in ("acme", "bolt", "planner")}
        self.ask("planner", "PUT", "/api/v1/rounds/spring", {"name": "Spring", "base": {**self.instance, "demands": []}})
        self.ask("acme", "POST", "/api/v1/jobs", {"instance": document})
        self.job = self.ask("acme", "GET", "/api/v1/jobs").json["jobs"][0]["id"]
        self.ask("acme", "PUT", "/api/v1/rounds/spring/demands/acme", self.counts("acme"))
        self.ask("bolt", "PUT", "/api/v1/rounds/spring/demands/bolt", self.counts("bolt", **changes))

    def _token(self, who):
        role = ("planner", None) if who == "planner" else ("company", who)
        account = accounts.add_account(self.context, MACHINE, f"{who}@x.invalid", *role)
        work_for(MACHINE)
        with self.context.store.write() as connection:
            secret = accounts.start_session(self.context, connection, account)
        return accounts.make_token(self.context, accounts.actor_of_session(self.context, secret), "test", 30, writes=True)

    def counts(self, company, **changes):
        lines = [row for row in self.instance["demands"] if row["company"] == company]
        own = [{name: value for name, value in row.items() if name in CompanyLine.model_fields} | changes for row in lines]
        return {"lines": own}

    def ask(self, who, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.tokens[who]}", "Idempotency-Key": path, "If-Match": "*"}
        answer = self.client.open(path, method=method, json=body, headers=headers, buffered=True)
        assert answer.status_code < 500, (path, answer.get_data(as_text=True))
        return answer

    def night(self, date="2026-11-24"):
        return self.ask("planner", "POST", "/api/v1/rounds/spring/proposals", {"date": date})

    def publish(self, date="2026-11-24"):
        answer = self.ask("planner", "PUT", "/api/v1/rounds/spring/publication", {"date": date, "note": "First"})
        assert answer.status_code == 201

    def reply(self):
        """Let bolt answer: with 4 it accepts, with more it declines."""
        path = "/api/v1/rounds/spring/companies/bolt/offers"
        offer = self.ask("bolt", "GET", path).json["offers"][0]
        answer = {"answer": "accept" if offer["seats"] == 4 else "decline"}
        assert self.ask("bolt", "PUT", f"{path}/{offer['id']}/answer", answer).status_code == 200

    def walk(self):
        """Return what acme sees at every address: method and address -> status, headers and body without random ids."""
        seen = {}
        for method, path, body in self.requests():
            answer = self.ask("acme", method, path, body)
            content = answer.get_data()
            if answer.mimetype == "application/pdf" or "spreadsheet" in answer.mimetype:
                content = b"made at this moment"  # the same rows are compared as JSON
            text = f"{answer.status}\n{answer.headers}\n{content.decode('utf-8', 'replace')}"
            seen[method, self.plain(path)] = self.plain(text)
        return seen

    def plain(self, text):
        """Return a text without what chance has made."""
        for secret in (self.job, self.job[:8], self.tokens["acme"]):
            text = text.replace(secret, "#")
        return SECRET.sub("#", OURS.sub("#", text))

    def requests(self):
        values = {"round_id": "spring", "night": "latest", "date": "2026-11-24", "job_id": self.job, "size": "A", "form": "json",
                  "code": "not-found", "filename": "app.css", "name": "swagger-ui.css", "who": "planner"}  # fmt: skip
        adapter = self.app.url_map.bind("localhost")
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            for company in ("acme", "bolt") if "company_id" in rule.arguments else ("",):
                named = {name: values.get(name, company if name == "company_id" else "x") for name in rule.arguments}
                if "GET" in rule.methods and rule.endpoint not in FILES:
                    yield "GET", adapter.build(rule.endpoint, named), None
        own = "/api/v1/rounds/spring/demands/acme"
        yield "GET", "/rounds/spring/companies/acme/calendar.ics", None
        yield "POST", f"{own}/validate", self.counts("acme", max_seat_price_cents=1)
        yield "POST", "/api/v1/validate", {"instance": self.instance}
        yield "POST", "/api/v1/sign-ups", {"company": "Bolt", "mail": "bolt@x.invalid"}
        yield "PUT", "/api/v1/rounds/spring/demands/bolt", self.counts("acme")
        yield "DELETE", "/api/v1/rounds/spring/demands/bolt", None
        yield "PUT", own, self.counts("acme")

    def mails(self):
        """Return what acme got by mail."""
        outbox.deliver(self.context)
        found = [message_from_bytes(path.read_bytes(), policy=default) for path in self.context.settings.outbox.glob("*.eml")]
        return sorted(self.plain(f"{mail['Subject']}: {mail.get_content()}") for mail in found if mail["To"] == "acme@x.invalid")

    def close(self):
        self.app.extensions["cohort_opt_jobs"].close()
        self.context.store.close()


def differences(one, other):
    """Return where two walks differ, with what each has seen."""
    assert one.keys() == other.keys()
    return [(key, one[key], other[key]) for key in one if one[key] != other[key]]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """Return three worlds: bolt has 4 trainees; 11 who may come on two days, with a ceiling for their price; or 26."""
    changes = ({"count": 4}, {"count": 11, "max_seat_price_cents": 123_457, "weekdays": ["mon", "tue"]}, {"count": 26})
    made = [World(tmp_path_factory.mktemp("world"), **one) for one in changes]
    yield made
    for world in made:
        world.close()


def test_a_company_sees_nothing_of_the_figures_of_another_but_the_fill_level_once_it_is_published(worlds):
    # acme has 5: with 4, 11 or 26 of bolt the class holds 9, 16 or 31; from 30 on it is told to be nearly full.
    steps = (lambda world: None, World.night, World.publish, World.reply)
    for step in steps:
        for world in worlds:
            step(world)
        first, second, full = (world.walk() for world in worlds)
        assert len(first) > 60
        assert differences(first, second) == []
        told = differences(first, full)
        assert bool(told) == (step in (World.publish, World.reply))
        for _, one, other in told:
            assert FILL.sub("#", one) == FILL.sub("#", other)
    mails = [world.mails() for world in worlds]
    assert len(mails[0]) == 1
    assert mails[0] == mails[1] == mails[2]
