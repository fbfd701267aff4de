"""Host places: is there a recognised place with enough room, and does the host offer what the alliance asks of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cohort_opt.packs.places.finding import PlaceFinding
from cohort_opt.packs.places.records import Gate, HostPlace, RatioTable


def gate_findings(host: HostPlace, gate: Gate) -> Iterator[PlaceFinding]:
    """Yield why a host does not pass the gate, each with its figures; nothing if it does.

    A direct contract passes; an offer through an agency needs a minimum length. Guidance is asked of everybody.
    """
    if host.contract != "direct" and host.min_months < gate.min_months:
        yield PlaceFinding("gate_contract", host.id, {"months": host.min_months, "wanted": gate.min_months})
    if host.guidance_hours_per_week < gate.guidance_hours_per_week:
        facts = {"hours": host.guidance_hours_per_week, "wanted": gate.guidance_hours_per_week}
        yield PlaceFinding("gate_guidance", host.id, facts)


def room_findings(
    company: str, trade: str, needed: int, last_day: dt.date, hosts: tuple[HostPlace, ...], gate: Gate, table: RatioTable
) -> Iterator[PlaceFinding]:
    """Yield what is missing for `needed` trainees of a company and trade until `last_day`.

    Only hosts that pass the gate and are recognised until the last day count. Places are limited by the ratio table.
    """
    own = [host for host in hosts if host.company == company and host.trade == trade]
    if not own:
        yield PlaceFinding("no_host", company, {"trade": trade, "needed": needed})
        return
    usable: list[HostPlace] = []
    for host in own:
        refused = list(gate_findings(host, gate))
        yield from refused
        if host.recognised_until is None or host.recognised_until < last_day:
            until = host.recognised_until.isoformat() if host.recognised_until else "–"
            yield PlaceFinding("recognition", host.id, {"until": until, "last_day": last_day.isoformat()})
        elif not refused:
            usable.append(host)
    there = sum(host.places for host in usable)
    if there < needed:
        yield PlaceFinding("host_places", company, {"trade": trade, "needed": needed, "there": there})
    allowed = table.trainees_for(sum(host.skilled_workers for host in usable))
    if usable and allowed < needed:
        yield PlaceFinding("ratio", company, {"trade": trade, "needed": needed, "allowed": allowed, "status": table.status})
