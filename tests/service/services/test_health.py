"""The check verb finds what was changed behind the back of the service."""

import datetime as dt
import sqlite3

import pytest

from service.actors import MACHINE
from service.jobs import Dispatcher, ThreadHands
from service.schemas import CompanyCounts, Params, PublicationRequest, ReplyRequest, RoundRequest
from service.services import health, nights, offers, publications, rounds
from tests.service.fakes import FakeSolver, InlineExecutor
from tests.service.services.test_offers import ACME, PLANNER


@pytest.fixture
def full(context, base, counts):
    """A round with counts, a published night and an answer."""
    rounds.put_round(context, PLANNER, "spring", RoundRequest(name="Spring", base=base))
    rounds.submit_counts(context, ACME, "spring", "acme", CompanyCounts.model_validate(counts("acme")))
    nights.propose_night(context, MACHINE, "spring", "2026-11-24", Params())
    Dispatcher(context, ThreadHands(context, FakeSolver(), InlineExecutor())).dispatch()
    publications.publish(context, PLANNER, "spring", PublicationRequest(date=dt.date(2026, 11, 24), note="First"))
    offer = offers.company_offers(context, ACME, "spring", "acme")[0]
    offers.reply(context, ACME, "spring", "acme", offer.id, ReplyRequest(answer="accept"))
    return context


def behind_its_back(context, *statements):
    connection = sqlite3.connect(context.settings.database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_nothing_is_wrong_with_a_house_that_only_works(full):
    assert health.faults(full) == []


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        ("demands", "UPDATE demands SET lines = '[]'", "demands[spring, acme, 1] is not as it was written"),
        ("replies", "UPDATE replies SET answer = 'decline'", "is not as it was written"),
        ("replies", "DELETE FROM replies", "1 rows are gone"),
        ("offers", "UPDATE offers SET seats = seats + 1", "offers of publication[spring, 1] is not as it was written"),
        ("rounds", "UPDATE rounds SET name = 'Other'", "rounds[spring, 1] is not as it was written"),
        ("publications", "UPDATE publications SET note = ''", "publications[spring, 1] is not as it was written"),
        ("nights", "UPDATE nights SET created_at = 'x'", "nights[spring, 2026-11-24, 1] is not as it was written"),
        ("snapshots", "UPDATE snapshots SET body = body || ' '", "does not match its fingerprint"),
        ("proposals", "UPDATE proposals SET body = body || ' '", "does not match its fingerprint"),
        ("snapshots", "UPDATE snapshots SET created_at = 'x'", "is not as it was written"),
        ("proposals", "UPDATE proposals SET created_at = 'x'", "is not as it was written"),
        ("company_views", "UPDATE company_views SET body = '{}' WHERE company = 'acme'", "what companies may see of job"),
        ("audit", "UPDATE audit SET actor = 'nobody' WHERE number = 2", "audit line 2 does not follow"),
    ],
)
def test_a_changed_row_is_named(full, table, change, said):
    behind_its_back(full, f"DROP TRIGGER {table}_refuse_update", f"DROP TRIGGER {table}_refuse_delete", change)
    assert any(said in fault for fault in health.faults(full)), health.faults(full)


def test_a_file_that_is_none_is_reported(full):
    full.settings.database.write_bytes(b"nothing" * 1_000)
    assert health.faults(full) != []
