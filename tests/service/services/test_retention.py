"""What is erased is nowhere any more, the chain still holds, and nothing else is gone."""

import pytest

from service.actors import MACHINE, Actor, Role
from service.problems import Refusal
from service.schemas import CompanyCounts, RoundRequest
from service.services import accounts, health, publications, retention, rounds
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
