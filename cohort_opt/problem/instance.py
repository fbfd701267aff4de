"""The instance: everything that is given, with its references checked once."""

from __future__ import annotations

import hashlib
import json
from typing import Self

from pydantic import model_validator

from cohort_opt.errors import InstanceError
from cohort_opt.problem.checks import find_problems
from cohort_opt.problem.records import InstanceRecords


class Instance(InstanceRecords):
    """Everything that is given; frozen, validated, in an order of its own.

    Make one with `read.instance_from_dict`, or directly from records.

    Raises
    ------
    InstanceError
        If references, windows, pins or capacities contradict each other; carries all problems at once.
    pydantic.ValidationError
        If a single field breaks its own rule (`read.py` turns it into an `InstanceError`).
    """

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        if problems := find_problems(self):
            raise InstanceError(problems)
        return self

    def canonical_json(self) -> str:
        """Return the instance as JSON with sorted keys and no spaces; equal instances give equal text."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def fingerprint(self) -> str:
        """Return the SHA-256 of `canonical_json`, as 64 hexadecimal digits."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()
