"""No field of the instance is unknown to the judge: what it does not read, it cannot judge, and a plan would pass unjudged."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

import cohort_opt.verification
from cohort_opt.problem import records

ROOM = Path(cohort_opt.verification.__file__).parent
FOR_EYES_ONLY = {
    "Company.municipality", "Site.municipality", "Course.trade", "Course.level", "Course.crebo", "Course.certificate_only",
    "InstanceRecords.format",
}  # fmt: skip
"""Fields that no rule needs. A new field of the trade gets its judge before it gets its constraint."""

RECORDS = [
    record
    for record in vars(records).values()
    if isinstance(record, type) and issubclass(record, BaseModel) and record.__module__ == records.__name__
]
FIELDS = [(record.__name__, field) for record in RECORDS for field in record.model_fields]


@pytest.fixture(scope="module")
def source():
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.rglob("*.py")))


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_the_judge_reads_every_field_that_a_rule_needs(source, record, field):
    if f"{record}.{field}" not in FOR_EYES_ONLY:
        assert re.search(rf"\.{field}\b|\"{field}\"", source), (
            f"no rule of the judge reads {record}.{field}: write its rule first"
        )
