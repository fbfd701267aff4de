"""The dossier of one company: its shares, its claims with proof, nothing netted."""

from pathlib import Path

import pytest

from cohort_opt import propose, read_instance
from cohort_opt.packs import load_packs, read_facts
from cohort_opt.packs.conditions import CONDITION_KINDS
from cohort_opt.packs.dossier import EVIDENCE, dossier

FOLDER = Path(__file__).parents[3] / "examples" / "border"


@pytest.fixture(scope="module")
def birch():
    instance = read_instance(FOLDER / "instance.json")
    facts = read_facts((FOLDER / "facts.json").read_bytes(), instance)
    return dossier(instance, load_packs([FOLDER / "packs"]), facts, propose(instance), "birch")


def test_the_invoice_has_the_shares_of_the_company_alone(birch):
    # Three of nine in fire stopping: 1,116,500 / 3 = 372,166.67; two of twelve in sawing: 1,172,000 / 6 = 195,333.33; cents that
    # rounding leaves go to the largest remainders, and ties of a sixth to the first ids.
    assert [(seats, cents) for _, seats, cents in birch.invoice] == [(3, 372_167), (2, 195_334)]


def test_every_claim_has_its_proof_and_the_status_of_its_pack(birch):
    grants = [claimed for claimed in birch.claims if claimed.estimate.scheme == "course_grant"]
    assert [claimed.evidence for claimed in grants] == [("addresses", "attendance")] * 2
    assert all("(sample)" in sentence for sentence in birch.sentences()[2:])


def test_the_total_is_not_subtracted(birch):
    # 3 + 2 seats at 200, 250, 300.
    assert birch.sentences()[-1] == (
        "Cash that may come back: €1,000 to €1,500, expected €1,250 (sample); not subtracted from the invoice."
    )
    assert birch.sentences("nl")[-1].startswith("Geld dat kan terugkomen")


def test_every_kind_of_condition_has_a_proof():
    assert set(EVIDENCE) == set(CONDITION_KINDS)


def test_an_unknown_company_is_named():
    instance = read_instance(FOLDER / "instance.json")
    with pytest.raises(KeyError, match="nobody"):
        dossier(instance, (), read_facts(b'{"lines": []}', instance), propose(instance), "nobody")
