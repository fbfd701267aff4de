"""What companies were told and what they answered, as the next solve reads it.

Agreed seats become commitments of the instance (moved at a price, or frozen near the start), declined ones bans, conditions
become rules of the demand lines.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from service.schemas import (
    Conditions,
)
from service.store import offers as rows


def keep_answers(connection: Connection, round_id: str, document: dict[str, Any], date: str) -> None:
    """Write into the document of an instance what companies were told and what they answered."""
    publication = rows.current(connection, round_id)
    document["planning_date"] = date
    if publication is None or publication["job"] is None:
        return
    demands = {row["id"]: row for row in document["demands"]}
    free = {name: row["count"] for name, row in demands.items()}
    for offer in rows.offers_of(connection, round_id, publication["version"]):
        lines = [line for line in json.loads(offer["lines"]) if line["demand"] in demands]
        _keep_answer(document, demands, free, offer, lines)


def sunday_of(week: str) -> str:
    """Return the last day of an ISO week.

    Raises
    ------
    ValueError
        If the year has no such week.
    """
    year, number = week.split("-W")
    return dt.date.fromisocalendar(int(year), int(number), 7).isoformat()


# ---- inside --------------------------------------------------------------------------------------------------------------


def _keep_answer(
    document: dict[str, Any], demands: dict[str, dict[str, Any]], free: dict[str, int], offer: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]],
) -> None:  # fmt: skip
    for line in lines:
        name = line["demand"]
        if offer["answer"] == "decline":
            document.setdefault("bans", []).append({"run": offer["run"], "demand": name})
            continue
        if offer["answer"] == "conditional":
            _tighten(demands[name], Conditions.model_validate_json(offer["conditions"]))
        count = min(line["count"], free[name])
        free[name] -= count
        if count > 0:
            state = "agreed" if offer["answer"] == "accept" else "published"
            held = {"demand": name, "run": offer["run"], "start": offer["start"], "count": count, "state": state}
            document.setdefault("commitments", []).append(held)


def _tighten(demand: dict[str, Any], conditions: Conditions) -> None:
    if conditions.min_class_size is not None:
        demand["min_class_size"] = max(conditions.min_class_size, demand.get("min_class_size") or 0)
    if conditions.max_seat_price_cents is not None:
        known = demand.get("max_seat_price_cents")
        demand["max_seat_price_cents"] = min(
            conditions.max_seat_price_cents, conditions.max_seat_price_cents if known is None else known
        )
    if conditions.latest_week is not None:
        sunday = sunday_of(conditions.latest_week)
        demand["latest_start"] = max(min(demand["latest_start"], sunday), demand["earliest_start"])
