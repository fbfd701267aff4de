"""What is erased is nowhere any more, the chain still holds, and nothing else is gone."""

import pytest

from service.actors import MACHINE, Actor, Role
from service.problems import Refusal
from service.schemas import CompanyCounts, RoundRequest
from service.services import accounts, health, outbox, publications, retention, rounds
from service.store import ledger
from tests.service.services.test_health import full  # noqa: F401  a fixture
from tests.service.services.test_offers import ACME, PLANNER

CANARY = "canary-4711"


@pytest.fixture
def with_canary(full, counts):  # noqa: F811
    """A round in which a line of counts has a name that stands nowhere else."""
    lines = CompanyCounts.model_validate(counts("acme", line=CANARY))
    rounds.submit_counts(full, ACME, "spring", "acme", lines)
    return full


def bytes_of(context):
    folder = context.settings.database.parent
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_round_with_classes_to_come_is_not_erased_while_it_is_published(with_canary):
    with pytest.raises(Refusal, match="withdraw it first"):
        retention.erase_round(with_canary, PLANNER, "spring")
    assert CANARY.encode() in bytes_of(with_canary)


def test_no_byte_of_an_erased_round_is_left_and_the_chain_holds(with_canary, base):
    rounds.put_round(with_canary, PLANNER, "autumn", RoundRequest(name="Autumn", base=base))
    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    retention.erase_round(with_canary, PLANNER, "spring")
    assert CANARY.encode() not in bytes_of(with_canary)
    assert health.faults(with_canary) == []
    assert [row.id for row in rounds.list_rounds(with_canary, PLANNER)] == ["autumn"]
    assert retention.was_erased(with_canary, "round", "spring")
    with pytest.raises(Refusal, match="no such object"):
        retention.erase_round(with_canary, PLANNER, "spring")


def test_after_an_erasure_versions_are_as_firm_as_before(with_canary, base):
    from sqlalchemy import update
    from sqlalchemy.exc import IntegrityError

    from service.store.tables import rounds as table

    rounds.put_round(with_canary, PLANNER, "autumn", RoundRequest(name="Autumn", base=base))
    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    retention.erase_round(with_canary, PLANNER, "spring")
    with pytest.raises(IntegrityError, match="immutable"), with_canary.store.write() as connection:
        connection.execute(update(table).values(name="x"))


def test_a_company_erases_nothing(with_canary):
    with pytest.raises(Refusal, match="Only a planner"):
        retention.erase_round(with_canary, ACME, "spring")
    with pytest.raises(Refusal, match="operator"):
        retention.sweep(with_canary, PLANNER)


def test_a_sweep_drops_what_is_past_its_time_and_keeps_the_rest(with_canary, clock):
    account = accounts.add_account(with_canary, MACHINE, "a@x.invalid", "planner")
    with with_canary.store.write() as connection:
        secret = accounts.start_session(with_canary, connection, account)
    actor = Actor(Role.OPERATOR, "operator:x")
    assert not any(retention.sweep(with_canary, actor).values())
    clock.move(days=45)
    swept = retention.sweep(with_canary, actor)
    assert (swept["sessions"], swept["rounds"]) == (1, 0)
    assert accounts.actor_of_session(with_canary, secret) is None
    clock.move(days=800)  # 845 days > 730; the classes of 2027-03 are over by 2029-03
    assert retention.sweep(with_canary, actor)["rounds"] == 1
    assert CANARY.encode() not in bytes_of(with_canary)
    assert health.faults(with_canary) == []


def test_an_erased_round_takes_its_mails_with_it_and_those_of_no_other_round(with_canary, base):
    account = accounts.add_account(with_canary, MACHINE, "a@x.invalid", "company", "acme")
    for name in ("sprin_", "SPRING"):
        rounds.put_round(with_canary, PLANNER, name, RoundRequest(name=name, base=base))
    publications.withdraw(with_canary, PLANNER, "spring", "Over")  # acme is told that its seats are gone
    with with_canary.store.write() as connection:
        for key in ("offers/spring/1/x", "night/spring/2026-11-24/x", "offers/SPRING/1/x"):
            outbox.post(connection, with_canary.now(), key, account, "Subject", "Body")
        for round_id in ("spring", "SPRING"):
            row = {"owner": "planner:p", "route": f"POST /api/v1/rounds/{round_id}/proposals", "key": "k", "body_sha256": "x",
                   "status": 202, "location": "", "body": "{}", "created_at": with_canary.now()}  # fmt: skip
            ledger.keep_answer(connection, row)
    outbox.deliver(with_canary)

    def left():
        with with_canary.store.read() as connection:
            keys = connection.exec_driver_sql("SELECT key FROM outbox UNION SELECT route FROM idempotency").scalars().all()
        return sorted(key.split("/", 1)[1].rsplit("/", 2)[0] for key in keys), len(
            list(with_canary.settings.outbox.glob("*.eml"))
        )

    assert left()[1] == 4
    before = left()
    retention.erase_round(with_canary, PLANNER, "sprin_")  # `_` stands for itself
    assert left() == before
    retention.erase_round(with_canary, PLANNER, "spring")
    assert left() == (["SPRING", "api/v1/rounds"], 1)


def test_a_mail_goes_after_its_time_whether_it_was_sent_or_not_and_its_file_too(with_canary, clock):
    account = accounts.add_account(with_canary, MACHINE, "a@x.invalid", "planner")
    with with_canary.store.write() as connection:
        outbox.post(connection, with_canary.now(), "sent", account, "Subject", "Body")
    outbox.deliver(with_canary)
    with with_canary.store.write() as connection:
        outbox.post(connection, with_canary.now(), "given up", account, "Subject", "Body")
    clock.move(days=31)
    assert retention.sweep(with_canary, Actor(Role.OPERATOR, "operator:x"))["mails"] == 2
    assert list(with_canary.settings.outbox.glob("*.eml")) == []
