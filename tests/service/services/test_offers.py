"""Offers: a published night, the answers of its companies, and what the next solve makes of them."""

import datetime as dt
import json

import pytest

from service.actors import MACHINE, Actor, Role
from service.jobs import Dispatcher, ThreadHands
from service.problems import Refusal
from service.schemas import CompanyCounts, Params, PublicationRequest, ReplyRequest, RoundRequest
from service.services import accounts, nights, offers, publications, rounds
from tests.service.fakes import FakeSolver, InlineExecutor

PLANNER = Actor(Role.PLANNER, "planner:p")
ACME = Actor(Role.COMPANY, "company:acme", "acme")
BOLT = Actor(Role.COMPANY, "company:bolt", "bolt")
RUN = "drilling-academy/2027-03-01/block5"


class RealRunSolver(FakeSolver):
    """Names the run as the library does, so that commitments and bans point at something."""

    def __call__(self, instance, params, heard, start=""):
        return super().__call__(instance, params, heard).replace('"run"', f'"{RUN}"').replace(f'"{RUN}": ', '"run": ')


@pytest.fixture
def solver():
    return RealRunSolver()


@pytest.fixture
def propose(context, solver, base, counts):
    """Set up the round; return a function that proposes a night and gives the instance that was solved."""
    rounds.put_round(context, PLANNER, "spring", RoundRequest(name="Spring", base=base))
    for actor in (ACME, BOLT):
        rounds.submit_counts(context, actor, "spring", actor.company, CompanyCounts.model_validate(counts(actor.company)))

    def night(date):
        nights.propose_night(context, MACHINE, "spring", date, Params())
        Dispatcher(context, ThreadHands(context, solver, InlineExecutor())).dispatch()
        return json.loads(solver.asked[-1][0])

    return night


@pytest.fixture
def published(context, propose):
    propose("2026-11-24")
    return publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="First"))


def own(context, actor):
    return offers.company_offers(context, actor, "spring", actor.company)


def answer(context, actor, **body):
    offer = own(context, actor)[0]
    return offers.reply(context, actor, "spring", actor.company, offer.id, ReplyRequest.model_validate(body))


def test_every_company_with_a_seat_gets_an_offer_of_its_own(context, published):
    assert [(offer.seats, offer.answer) for offer in own(context, ACME)] == [(5, "open")]
    assert [(offer.seats, offer.answer) for offer in own(context, BOLT)] == [(4, "open")]
    assert "bolt" not in own(context, ACME)[0].model_dump_json()


def test_the_same_night_is_published_once(context, published):
    with pytest.raises(Refusal) as refused:
        publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="Again"))
    assert refused.value.code == "state-changed"


def test_only_a_planner_publishes(context, propose):
    propose("2026-11-24")
    with pytest.raises(Refusal) as refused:
        publications.publish(context, ACME, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="Mine"))
    assert refused.value.status == 403


def test_a_night_without_a_plan_is_not_published(context, base):
    rounds.put_round(context, PLANNER, "spring", RoundRequest(name="Spring", base=base))
    nights.propose_night(context, MACHINE, "spring", "2026-11-24", Params())
    with pytest.raises(Refusal) as refused:
        publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="Early"))
    assert refused.value.code == "not-verified"


def test_somebody_elses_offer_is_unknown(context, published):
    theirs = own(context, BOLT)[0]
    with pytest.raises(Refusal) as refused:
        offers.reply(context, ACME, "spring", "acme", theirs.id, ReplyRequest(answer="decline"))
    assert refused.value.code == "not-found"


def test_seats_that_were_only_shown_are_published_in_the_next_solve(context, published, propose):
    held = propose("2026-11-25")["commitments"]
    assert [(row["demand"], row["count"], row["state"]) for row in held] == [
        ("acme.drilling", 5, "published"), ("bolt.drilling", 4, "published")]  # fmt: skip


def test_accepted_seats_are_agreed_in_the_next_solve(context, published, propose):
    answer(context, ACME, answer="accept")
    states = {row["demand"]: row["state"] for row in propose("2026-11-25")["commitments"]}
    assert states == {"acme.drilling": "agreed", "bolt.drilling": "published"}


def test_a_declined_run_is_closed_to_the_line(context, published, propose):
    answer(context, ACME, answer="decline")
    instance = propose("2026-11-25")
    assert instance["bans"] == [{"run": RUN, "demand": "acme.drilling"}]
    assert [row["demand"] for row in instance["commitments"]] == ["bolt.drilling"]


def test_conditions_become_rules_of_the_line(context, published, propose):
    conditions = {"min_class_size": 10, "max_seat_price_cents": 120_000, "latest_week": "2027-W12"}
    answer(context, ACME, answer="conditional", conditions=conditions)
    line = next(row for row in propose("2026-11-25")["demands"] if row["id"] == "acme.drilling")
    # Week 12 of 2027 ends on Sunday 28 March.
    assert (line["min_class_size"], line["max_seat_price_cents"], line["latest_start"]) == (10, 120_000, "2027-03-28")


def test_the_day_of_the_plan_is_that_of_the_night(context, published, propose):
    assert propose("2026-11-25")["planning_date"] == "2026-11-25"


def test_a_company_that_withdrew_holds_no_seat(context, published, propose):
    rounds.withdraw_counts(context, BOLT, "spring", "bolt")
    assert [row["demand"] for row in propose("2026-11-25")["commitments"]] == ["acme.drilling"]


def test_fewer_trainees_hold_fewer_seats(context, published, propose, counts):
    rounds.submit_counts(context, BOLT, "spring", "bolt", CompanyCounts.model_validate(counts("bolt", count=3)))
    held = {row["demand"]: row["count"] for row in propose("2026-11-25")["commitments"]}
    assert held == {"acme.drilling": 5, "bolt.drilling": 3}


def test_the_same_seats_published_again_stay_accepted(context, published, propose):
    answer(context, ACME, answer="accept")
    propose("2026-11-25")
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 25), note="Second"))
    assert own(context, ACME)[0].answer == "accept"
    assert own(context, BOLT)[0].answer == "open"


def test_an_offer_that_was_replaced_can_no_longer_be_answered(context, published, propose):
    old = own(context, ACME)[0]
    propose("2026-11-25")
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 25), note="Second"))
    with pytest.raises(Refusal) as refused:
        offers.reply(context, ACME, "spring", "acme", old.id, ReplyRequest(answer="accept"))
    assert refused.value.code == "state-changed"


def test_answers_after_the_time_are_refused(context, propose, clock):
    propose("2026-11-24")
    until = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    request = PublicationRequest.model_validate({"date": "2026-11-24", "note": "N", "answer_until": until.isoformat()})
    publications.publish(context, PLANNER, "spring", request)
    clock.move(hours=11)
    with pytest.raises(Refusal) as refused:
        answer(context, ACME, answer="accept")
    assert refused.value.code == "round-closed"


def test_withdrawing_ends_the_offers(context, published, propose):
    publications.withdraw(context, PLANNER, "spring", "Too early")
    assert own(context, ACME) == []
    assert propose("2026-11-25")["commitments"] == []


@pytest.mark.parametrize(
    ("body", "code"),
    [({"answer": "conditional"}, "missing-field"), ({"answer": "accept", "conditions": {"min_class_size": 9}}, "unknown-field"),
     ({"answer": "conditional", "conditions": {"latest_week": "2027-W54"}}, "invalid-date")],
)  # fmt: skip
def test_conditions_belong_to_a_conditional_answer(context, published, body, code):
    with pytest.raises(Refusal) as refused:
        answer(context, ACME, **body)
    assert refused.value.code == code


def test_a_class_goes_when_enough_has_been_accepted(context, published):
    row = publications.overview(context, PLANNER, "spring").outlook[0]
    # 5 + 4 open, none agreed; the minimum is 8; 2026-11-24 to 2027-03-01 is 97 days.
    assert (row.agreed, row.open, row.missing, row.days_left, row.decision) == (0, 9, 8, 97, "wait")
    answer(context, ACME, answer="accept")
    answer(context, BOLT, answer="accept")
    row = publications.overview(context, PLANNER, "spring").outlook[0]
    assert (row.agreed, row.missing, row.decision) == (9, 0, "go")


def test_a_class_that_cannot_reach_its_minimum_any_more_is_a_no_go(context, published):
    answer(context, BOLT, answer="decline")
    row = publications.overview(context, PLANNER, "spring").outlook[0]
    # 5 of acme are open, the minimum is 8.
    assert (row.lost, row.open, row.decision) == (4, 5, "no_go")


def test_a_class_short_of_seats_two_weeks_before_is_a_no_go(context, published, clock):
    clock.instant = dt.datetime(2027, 2, 15, 12, tzinfo=dt.UTC)
    assert publications.overview(context, PLANNER, "spring").outlook[0].decision == "no_go"


@pytest.fixture
def mailed(context, propose, tmp_path):
    """Publish with an account of acme; return the mail's text."""
    from service.services import outbox

    accounts.add_account(context, MACHINE, "anna@x.invalid", "company", "acme", "en")
    propose("2026-11-24")
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="First"))
    with context.store.read() as connection:
        return str(connection.exec_driver_sql("SELECT body FROM outbox").scalar_one()), outbox


def links(text):
    return [line.rsplit("/", 1)[1] for line in text.splitlines() if "/answer/" in line]


def test_the_mail_names_only_its_readers_own_figures(mailed):
    text, _ = mailed
    assert "5 in Drilling" in text
    assert "bolt" not in text.lower()


def test_a_link_in_the_mail_answers_after_a_second_step_and_once(context, mailed):
    accept, decline, _ = links(mailed[0])
    offer, meant = offers.offer_behind_link(context, accept)
    assert (offer.answer, meant) == ("open", "accept")
    offers.reply_by_link(context, accept)
    assert own(context, ACME)[0].answer == "accept"
    with pytest.raises(Refusal):
        offers.reply_by_link(context, accept)
    offers.reply_by_link(context, decline)
    assert own(context, ACME)[0].answer == "decline"


def test_a_link_of_the_mail_signs_nobody_in(context, mailed):
    with pytest.raises(Refusal):
        accounts.sign_in(context, links(mailed[0])[0])


def mails_to(context, address):
    with context.store.read() as connection:
        query = (
            "SELECT o.subject, o.body FROM outbox o JOIN accounts a ON a.id = o.account WHERE a.mail = ? ORDER BY o.created_at"
        )
        return [tuple(row) for row in connection.exec_driver_sql(query, (address,))]


def test_a_company_whose_seats_go_is_told_and_only_of_its_own(context, published):
    from service.services import accounts, publications

    for name in ("acme", "bolt"):
        accounts.add_account(context, MACHINE, f"{name}@x.invalid", "company", name, "en")
    publications.withdraw(context, PLANNER, "spring", "A room is lost")
    ((subject, body),) = mails_to(context, "acme@x.invalid")
    assert subject == "A change of your seats"
    assert "Your 5 seats in Drilling" in body
    assert "bolt" not in body.lower()


def test_a_company_that_declined_is_told_nothing_when_its_seats_go(context, published):
    from service.services import accounts, publications

    accounts.add_account(context, MACHINE, "acme@x.invalid", "company", "acme", "en")
    answer(context, ACME, answer="decline")
    publications.withdraw(context, PLANNER, "spring", "A room is lost")
    assert mails_to(context, "acme@x.invalid") == []
