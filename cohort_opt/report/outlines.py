"""Outlines of the Dutch provinces for orientation on the map, cut to a frame; see `data/ATTRIBUTION.md`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib import resources
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def provinces() -> list[tuple[str, list[list[Point]]]]:
    """Return name and outer rings (longitude, latitude, degrees) of each province, sorted by code."""
    text = resources.files("cohort_opt.report").joinpath("data/provinces_nl.geojson").read_text(encoding="utf-8")
    return [(feature["properties"]["name"], list(_rings(feature["geometry"]))) for feature in json.loads(text)["features"]]


def _rings(geometry: dict[str, list[list[list[list[float]]]]]) -> Iterator[list[Point]]:
    for polygon in geometry["coordinates"]:
        yield [(point[0], point[1]) for point in polygon[0]]


def clip(ring: Sequence[Point], box: Box) -> list[Point]:
    """Return the part of a closed ring inside the box (Sutherland and Hodgman 1974, doi:10.1145/360767.360802); may be empty.

    A concave ring that the box cuts into pieces stays one ring, its pieces joined along the edge of the box.
    """
    points = list(ring[:-1]) if ring[0] == ring[-1] else list(ring)
    left, bottom, right, top = box
    for axis, limit, keeps in (
        (0, left, _at_least),
        (0, right, _at_most),
        (1, bottom, _at_least),
        (1, top, _at_most),
    ):
        points = _cut(points, axis, limit, keeps)
    return points


def _at_least(value: float, limit: float) -> bool:
    return value >= limit


def _at_most(value: float, limit: float) -> bool:
    return value <= limit


def _cut(points: list[Point], axis: int, limit: float, keeps: Callable[[float, float], bool]) -> list[Point]:
    kept: list[Point] = []
    for i, end in enumerate(points):
        start = points[i - 1]
        if keeps(start[axis], limit) != keeps(end[axis], limit):
            part = (limit - start[axis]) / (end[axis] - start[axis])
            kept.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
        if keeps(end[axis], limit):
            kept.append(end)
    return kept
