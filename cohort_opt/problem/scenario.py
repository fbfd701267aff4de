"""Scenarios: a name and a list of named changes; applied to an instance they give a new, re-validated one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from cohort_opt.errors import InstanceError
from cohort_opt.problem.changes import Change
from cohort_opt.problem.draft import Draft
from cohort_opt.problem.fields import Text
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import instance_from_dict, read_json_file, record_from_dict
from cohort_opt.problem.records import Record

__all__ = ["Change", "Scenario", "apply", "read_scenario", "scenario_from_dict", "scenario_schema"]


class Scenario(Record):
    """A named list of changes, applied one after the other.

    Attributes
    ----------
    name
        As people read it.
    changes
        At most 1,000; a later one sees what an earlier one did.
    """

    format: Literal["cohort-opt-scenario/1"] = "cohort-opt-scenario/1"
    name: Text
    changes: Annotated[tuple[Change, ...], Field(max_length=1_000)]

    def to_dict(self) -> dict[str, Any]:
        """Return the document that `scenario_from_dict` reads, without the fields that were left out."""
        return self.model_dump(mode="json", exclude_unset=True) | {"format": self.format}


def apply(instance: Instance, scenario: Scenario) -> Instance:
    """Return the instance as the scenario changes it; the given one stays as it is.

    Raises
    ------
    InstanceError
        If a change names something that is not there (pointers into the scenario: `/changes/2/demand`), or what comes out
        breaks a rule of the instance (pointers by id: `/demands/acme-drilling/count`).
    """
    draft = Draft(instance.model_dump(mode="json"))
    for number, change in enumerate(scenario.changes):
        draft.pointer, draft.subject = f"/changes/{number}", f"Change[{change.kind}]"
        change.apply_to(draft)
    if draft.problems:
        raise InstanceError(draft.problems)
    try:
        return Instance.model_validate(draft.document)
    except ValidationError:  # only a collection that grew too long; said in the words of the reader
        return instance_from_dict(draft.document)


def read_scenario(path: str | Path) -> Scenario:
    """Return the scenario in a JSON file.

    Raises
    ------
    InstanceError
        If there is no such file or anything in it is wrong.
    """
    return scenario_from_dict(read_json_file(path))


def scenario_from_dict(document: Any) -> Scenario:
    """Return the scenario that a document describes.

    Raises
    ------
    InstanceError
        With all problems at once.
    """
    return record_from_dict(Scenario, document)


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a scenario document."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scenario.model_json_schema(mode="validation")}
