"""A late line: its fits in a night's classes, the what-if in which it has a seat, and its adoption into the counts."""

import pytest

from service.problems import Refusal
from service.schemas import PublicationRequest
from service.services import health, late, nights, offers, publications, rounds, what_ifs
from service.services.late import LateLine
from tests.service.services.planned import NIGHT, plan_a_night, work
from tests.service.services.test_offers import ACME, PLANNER

TWO = LateLine("cito", "drilling", 2)


@pytest.fixture
def planned(context, base, counts):
    return plan_a_night(context, base, counts)


def test_a_late_line_is_told_its_class_and_its_price(planned):
    answer = late.fits(planned, PLANNER, "spring", NIGHT, TWO)
    # Nine pay 950,000 + 9 x 18,500 = 1,116,500; eleven 1,153,500: rounded up 104,864 a seat.
    assert [(fit.size, fit.seat_price_before_cents, fit.seat_price_cents) for fit in answer.fits] == [(11, 124_056, 104_864)]


def test_a_plan_is_held_and_read_anew_when_the_night_has_another(planned):
    late.fits(planned, PLANNER, "spring", NIGHT, TWO)
    held = dict(late._held)
    late.fits(planned, PLANNER, "spring", NIGHT, TWO)
    assert dict(late._held) == held
    job = late.ask(planned, PLANNER, "spring", NIGHT, TWO, _class(planned))
    work(planned)
    what_ifs.adopt(planned, PLANNER, job)
    (fit,) = late.fits(planned, PLANNER, "spring", NIGHT, LateLine("cito", "drilling", 1)).fits
    assert fit.size == 12


def _class(planned):
    return nights.night_report(planned, PLANNER, "spring", NIGHT).proposal["classes"][0]["id"]


@pytest.mark.parametrize(
    ("line", "pointer"),
    [
        (LateLine("absent", "drilling", 2), "/company"),
        (LateLine("cito", "weaving", 2), "/course"),
        (LateLine("cito", "drilling", "two"), "/count"),
        (LateLine("cito", "drilling", 2, earliest_start="soon"), "/earliest_start"),
    ],
)
def test_a_field_that_is_wrong_is_named(planned, line, pointer):
    with pytest.raises(Refusal) as refused:
        late.fits(planned, PLANNER, "spring", NIGHT, line)
    assert (refused.value.status, refused.value.flaws[0].pointer) == (422, pointer)


def test_companies_do_not_ask_about_a_whole_plan(planned):
    with pytest.raises(Refusal) as refused:
        late.fits(planned, ACME, "spring", NIGHT, TWO)
    assert refused.value.status == 403


def test_a_seat_that_was_found_is_offered_by_adopting_and_publishing(planned):
    job = late.ask(planned, PLANNER, "spring", NIGHT, TWO, _class(planned))
    work(planned)
    shown = what_ifs.what_if(planned, PLANNER, job)
    assert (shown.asks_companies, [line["company"] for line in shown.late]) == (False, ["cito"])
    assert [entry["size"] for entry in shown.after["classes"]] == [11]
    what_ifs.adopt(planned, PLANNER, job)
    (line,) = rounds.get_counts(planned, PLANNER, "spring", "cito").lines
    assert (line.key, line.count) == ("drilling-late-1", 2)
    publications.publish(planned, PLANNER, "spring", PublicationRequest(date=NIGHT, note="With Cito"))
    assert [offer.seats for offer in offers.company_offers(planned, PLANNER, "spring", "cito")] == [2]
    assert health.faults(planned) == []


def test_a_what_if_of_a_plan_that_has_been_replaced_is_asked_again(planned):
    lines = (TWO, LateLine("acme", "drilling", 1))
    first, second = (late.ask(planned, PLANNER, "spring", NIGHT, line, _class(planned)) for line in lines)
    work(planned)
    work(planned)
    what_ifs.adopt(planned, PLANNER, first)
    assert what_ifs.what_if(planned, PLANNER, second).is_stale
    with pytest.raises(Refusal, match="another plan since"):
        what_ifs.adopt(planned, PLANNER, second)
    again = what_ifs.ask(planned, PLANNER, "spring", NIGHT, what_ifs.what_if(planned, PLANNER, second).scenario)
    work(planned)
    assert not what_ifs.what_if(planned, PLANNER, again).is_stale
