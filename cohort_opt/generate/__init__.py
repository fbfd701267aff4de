"""Synthetic instances of any size: the same size and seed give the same bytes on every machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import get_args

from cohort_opt.generate.academies import make_academies
from cohort_opt.generate.closures import make_calendar
from cohort_opt.generate.dice import Dice
from cohort_opt.generate.draft import Draft
from cohort_opt.generate.firms import make_firms
from cohort_opt.generate.sizes import SCALES, Scale, Size
from cohort_opt.generate.switches import SWITCHES
from cohort_opt.generate.towns import Town, choose_hubs, nearest, read_towns
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Prices

__all__ = ["ALL_RULES", "Size", "generate", "generate_json"]

ALL_RULES: tuple[str, ...] = tuple(SWITCHES)
"""Every rule that can be switched on beside those that a generated region has by itself."""

PRICES = Prices(travel_cents_per_km=23, waiting_cents_per_week=2_500, unplaced_cents=260_000, detour_percent=130)
"""Rates of every generated instance: the Dutch tax-free 23 cents per km (2024); the rest is invented."""


def generate(size: Size, seed: int, rules: Sequence[str] = ()) -> Instance:
    """Return a synthetic instance.

    Parameters
    ----------
    size
        `A` (20 companies, 46 trainees), `B` (95, 230), `L` (2,000, 7,000) or `XL` (20,000, 100,000).
    seed
        Any whole number; the same size, seed and rules give the same instance.
    rules
        Names of further rules to switch on, in any order, see `ALL_RULES`; companies, lines and trainees stay the same.

    Raises
    ------
    ValueError
        If the size is none of the four, or a rule is unknown.
    """
    if size not in get_args(Size):
        raise ValueError(f"size is {size!r}: it must be one of {', '.join(get_args(Size))}")
    if unknown := sorted(set(rules) - set(SWITCHES)):
        raise ValueError(f"rule {unknown[0]!r} cannot be switched on: name some of {', '.join(sorted(SWITCHES))}")
    instance = _usual(size, seed)
    if not rules:
        return instance
    draft = Draft.of(instance)
    for name, switch in SWITCHES.items():
        if name in rules:
            switch(Dice(f"cohort-opt/1 {size} {seed} {name}"), draft)
    which = "all rules" if set(rules) == set(SWITCHES) else f"with {', '.join(sorted(set(rules)))}"
    draft.fields["name"] = f"{instance.name}, {which}"[:200]
    return draft.instance()


def _usual(size: Size, seed: int) -> Instance:
    """Return the region with the rules that every region has."""
    scale, dice = SCALES[size], Dice(f"cohort-opt/1 {size} {seed}")
    towns = _regions(dice, scale)
    calendar = make_calendar(scale.horizon_weeks)
    hubs = tuple(members[0] for members in towns.values())
    academies = make_academies(dice, scale, hubs, towns, calendar)
    companies, demands = make_firms(dice, scale, academies, towns, calendar)
    return Instance(
        name=f"generated {size}, seed {seed}", calendar=calendar, prices=PRICES, companies=companies, demands=demands,
        courses=academies.courses, sites=academies.sites, rooms=academies.rooms, instructors=academies.instructors,
        offerings=academies.offerings,
    )  # fmt: skip


def generate_json(size: Size, seed: int, rules: Sequence[str] = ()) -> str:
    """Return the instance of `generate` as the text of a JSON file; fields at their default are left out.

    Raises
    ------
    ValueError
        If the size is none of the four, or a rule is unknown.
    """
    instance = generate(size, seed, rules)
    fields = {"format": instance.format, **instance.model_dump(mode="json", exclude_defaults=True)}
    return json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _regions(dice: Dice, scale: Scale) -> dict[str, list[Town]]:
    """Return the towns of each region by its hub, the hub first, then by inhabitants."""
    towns = read_towns()
    if scale.hubs == 1:
        hub = towns[0] if len(scale.trades) == 3 else dice.pick(towns[:12])
        near = sorted(towns, key=lambda town: (town.squared_metres_to(hub), town.name))[: scale.towns]
        return {hub.name: near}
    hubs = choose_hubs(towns, scale.hubs, scale.hub_spacing_km)
    regions: dict[str, list[Town]] = {hub.name: [hub] for hub in hubs}
    for town in towns:
        if town not in hubs:
            regions[nearest(town, hubs).name].append(town)
    return regions
