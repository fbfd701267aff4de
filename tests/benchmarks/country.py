"""A country of regional academies: generated regions side by side that share nothing, each one a part of its own."""

from __future__ import annotations

import json
from typing import Any

from cohort_opt import generate_json

LISTS = ("companies", "demands", "courses", "sites", "rooms", "instructors", "offerings")


def country(regions: int, size: str = "B", seed: int = 1) -> dict[str, Any]:
    """Return an instance of so many regions: those of the seeds from `seed` on, each with names of its own."""
    found = [_named(json.loads(generate_json(size, seed + number)), f"a{number + 1:03d}-") for number in range(regions)]  # type: ignore[arg-type]
    joined = {**found[0], "name": f"{regions} regions of size {size} from seed {seed}"}
    for name in LISTS:
        joined[name] = [row for region in found for row in region[name]]
    return joined


def _named(region: dict[str, Any], prefix: str) -> dict[str, Any]:
    """Return a region whose ids, and every word that refers to one, begin with a prefix."""
    ids = {row["id"] for name in LISTS for row in region[name]}

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renamed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [renamed(item) for item in value]
        return prefix + value if isinstance(value, str) and value in ids else value

    return {name: renamed(region[name]) if name in LISTS else region[name] for name in region}
