"""What a plan is for, in order, where one sum of cents does not say it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

GoalName = Literal["placed", "changes", "cost", "travel", "spread"]
"""Trainees without a seat; price of moved seats; classes and seats; journeys and boarding; seat prices apart within a course."""


def _each_named_once(names: tuple[GoalName, ...]) -> tuple[GoalName, ...]:
    if len(set(names)) < len(names):
        raise PydanticCustomError("contradictory-goals", "must name each goal once")
    return names


Goals = Annotated[tuple[GoalName, ...], Field(max_length=5), AfterValidator(_each_named_once)]
