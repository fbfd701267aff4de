"""Identity: a proposal answers the instance that it was made from."""

from cohort_opt.verification.claims import identity
from tests.cohort_opt.verification.plans import village, village_proposal
from tests.cohort_opt.verification.proposals import complaints, refused


def test_the_fingerprint_is_that_of_the_instance():
    assert complaints() == []


def test_another_fingerprint_is_refused():
    other = ("0" if village_proposal().instance_fingerprint[0] != "0" else "1") + village_proposal().instance_fingerprint[1:]
    assert refused(instance_fingerprint=other) == ("identity",)
    assert "it answers another instance" in complaints(instance_fingerprint=other)[0]


def test_a_changed_price_is_another_instance():
    dearer = village().model_copy(update={"prices": village().prices.model_copy(update={"unplaced_cents": 1_000_001})})
    assert "identity" in refused(dearer)


def test_another_name_is_refused():
    assert complaints(instance_name="town") == ["Proposal: instance_name 'town', the instance is called 'village'"]


def test_it_needs_no_plan():
    assert not identity.needs_plan()
