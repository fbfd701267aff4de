"""The judge of stored bytes: what a lenient reader would mend in silence is refused, and no bytes crash it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohort_opt.verification.verify_bytes import RULE, verify_bytes
from tests.cohort_opt.verification.plans import village, village_proposal

STORED = village_proposal().to_json().encode()


def _changed(old, new, count=1):
    assert old.encode() in STORED
    return STORED.replace(old.encode(), new.encode(), count)


def test_bytes_as_they_were_written_pass():
    report = verify_bytes(village(), STORED)
    assert report.violations == ()
    assert report.verdicts[0].rule == RULE
    assert report.total_cents == 4_349_001


@pytest.mark.parametrize(
    "data",
    [
        _changed('"size": 8', '"size": "8"'),
        _changed('"size": 8', '"size": 8.0'),
        _changed('"size": 8', '"size": true'),
        _changed('"size": 8', '"size": null'),
        _changed('"size": 8', '"size": 8, "extra": 1'),
        _changed('"verified": true', '"verified": 1'),
        _changed('"verified": true', '"verified": "yes"'),
        _changed('"status": "feasible"', '"status": "good"'),
        _changed('"status": "feasible"', '"status": 1'),
        _changed('"start": "2027-03-01"', '"start": "1 March 2027"'),
        _changed('"start": "2027-03-01"', '"start": 1803859200'),
        _changed('"start": "2027-03-01"', '"start": "2027-03-01T00:00:00"'),
        _changed('"gap": 0.080249', '"gap": NaN'),
        _changed('"gap": 0.080249', '"gap": Infinity'),
        _changed('"format": "cohort-opt-proposal/1"', '"format": "cohort-opt-proposal/2"'),
        STORED[:-2],
        STORED[:200],
        STORED + b"{}",
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf" + STORED,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        STORED.decode().encode("utf-16"),
    ],
)
def test_what_is_no_proposal_is_refused_in_words_and_nothing_else_is_judged(data):
    report = verify_bytes(village(), data)
    assert [verdict.rule for verdict in report.verdicts] == [RULE]
    assert report.broken == (RULE,)
    assert all(violation.message.startswith("Proposal") for violation in report.violations)
    assert report.objective_terms is None


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(json.loads(STORED)).encode(),  # another layout
        _changed('"verified": true', '"verified": false, "verified": true'),  # the last one wins in most readers
        _changed('"gap": 0.080249', '"gap": 0.0802490'),
        _changed('"gap": 0.080249', '"gap": 8.0249e-2'),
        STORED + b"\n",
        STORED[:-1],
        STORED.replace(b"\n", b"\r\n"),
        STORED.replace(b"village", b"vill\\u0061ge", 1),
    ],
)
def test_bytes_that_say_the_same_in_another_way_are_refused_with_the_line(data):
    report = verify_bytes(village(), data)
    assert report.broken == (RULE,)
    assert "is not how a proposal of this content is written" in report.violations[0].message


def test_the_message_names_place_value_and_rule():
    (violation,) = verify_bytes(village(), _changed('"size": 8', '"size": "8"')).violations
    assert violation.message == "Proposal at /classes/0/size: '8': Input should be a valid integer"


def test_a_file_of_another_kind_is_not_listed_fault_by_fault():
    data = json.dumps({**json.loads(STORED), **{f"field {i}": i for i in range(100)}}).encode()
    report = verify_bytes(village(), data)
    assert len(report.violations) == 21
    assert report.violations[-1].message == "Proposal: 80 faults more, it is no proposal"


def test_a_changed_figure_is_judged_like_any_other():
    assert verify_bytes(village(), _changed('"share_cents": 411750', '"share_cents": 411751')).broken == (
        "cost_shares",
        "pooling",
    )


@given(st.integers(0, len(STORED) - 1), st.integers(0, 255))
def test_no_flipped_byte_passes_where_a_number_or_a_name_changes(place, byte):
    data = STORED[:place] + bytes([byte]) + STORED[place + 1 :]
    report = verify_bytes(village(), data)
    assert not report.ok or data == STORED or _only_in_what_is_not_judged(data)


def _only_in_what_is_not_judged(data):
    """Whether the change is in the words of the provenance, which say how the plan was found and not what it is."""
    free = ("versions", "limits", "seed", "notes", "bound_source", "reproducible", "verification")
    try:
        document = json.loads(data)
    except ValueError:
        return False
    before = json.loads(STORED)
    return all(document.get(name) == value for name, value in before.items() if name not in free) and set(document) == set(before)


@given(st.binary(max_size=60))
def test_no_bytes_crash_the_judge(data):
    assert not verify_bytes(village(), data).ok
