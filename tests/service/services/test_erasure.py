"""One company is erased from everything: no byte of what it sent is left, the chain holds, and the others keep what is theirs."""

import pytest

from service.actors import MACHINE, Actor, Role
from service.problems import Refusal
from service.schemas import CompanyCounts
from service.services import accounts, erasure, health, nights, offers, publications, rounds
from tests.service.services.test_health import full  # noqa: F401  a fixture
from tests.service.services.test_offers import ACME, BOLT, PLANNER
from tests.service.services.test_retention import bytes_of

CANARY = "canary-4711"
MAIL = "canary-mail@x.invalid"


@pytest.fixture
def with_canary(full, counts):  # noqa: F811
    """A published round in which a line of acme has a name that stands nowhere else, and acme an account."""
    rounds.submit_counts(full, ACME, "spring", "acme", CompanyCounts.model_validate(counts("acme", line=CANARY)))
    accounts.add_account(full, MACHINE, MAIL, "company", "acme")
    return full


def test_a_company_with_seats_to_come_is_not_erased(with_canary):
    with pytest.raises(Refusal, match="decline them or withdraw") as refused:
        erasure.erase_company(with_canary, PLANNER, "acme")
    assert refused.value.code == "state-changed"
    assert CANARY.encode() in bytes_of(with_canary)


def test_no_byte_of_an_erased_company_is_left_and_the_others_keep_theirs(with_canary):
    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    counts_of_bolt = rounds.get_counts(with_canary, BOLT, "spring", "bolt")
    erasure.erase_company(with_canary, PLANNER, "acme")
    assert health.faults(with_canary) == []
    left = bytes_of(with_canary)
    assert CANARY.encode() not in left
    assert MAIL.encode() not in left
    assert rounds.get_counts(with_canary, BOLT, "spring", "bolt") == counts_of_bolt
    assert [row["id"] for row in rounds.round_companies(with_canary, PLANNER, "spring")] == ["bolt"]
    assert nights.list_nights(with_canary, PLANNER, "spring")[0].job.state == "done"  # the light state stays
    assert not nights.list_nights(with_canary, PLANNER, "spring")[0].current  # its plan is gone


def test_only_its_id_is_left_so_that_nobody_else_gets_it(with_canary):
    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    erasure.erase_company(with_canary, PLANNER, "acme")
    for actor, code in ((PLANNER, "gone"), (BOLT, "not-found")):
        with pytest.raises(Refusal) as refused:
            rounds.get_counts(with_canary, actor, "spring", "acme")
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        erasure.erase_company(with_canary, PLANNER, "acme")
    assert refused.value.status == 410


def test_sums_over_too_few_are_not_kept(with_canary):
    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    erasure.erase_company(with_canary, PLANNER, "acme")
    # What is left is one company with 4 trainees: fewer than 3 companies and 10 persons.
    assert erasure.sums_of(with_canary, PLANNER, "spring") == []


def test_the_next_night_plans_without_it(with_canary, clock):
    from service.schemas import Params

    publications.withdraw(with_canary, PLANNER, "spring", "Over")
    erasure.erase_company(with_canary, PLANNER, "acme")
    clock.move(days=1)
    night, is_new = nights.propose_night(with_canary, MACHINE, "spring", nights.today(with_canary), Params())
    assert (is_new, night.job.state) == (True, "queued")
    assert offers.company_offers(with_canary, BOLT, "spring", "bolt") == []


@pytest.mark.parametrize("actor", [ACME, Actor(Role.READER, "reader:r")])
def test_companies_and_readers_erase_nobody(with_canary, actor):
    with pytest.raises(Refusal) as refused:
        erasure.erase_company(with_canary, actor, "acme")
    assert refused.value.code == "forbidden"
