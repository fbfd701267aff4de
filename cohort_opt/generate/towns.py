"""Real Dutch towns with coordinates, and the training regions around the larger ones."""

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Town:
    """A town; coordinates are whole ten-thousandths of a degree (WGS 84), inhabitants thousands."""

    name: str
    latitude: int
    longitude: int
    inhabitants: int

    def squared_metres_to(self, other: "Town") -> int:
        """Return the squared distance in square metres, on a plane at 52 degrees north; whole numbers only."""
        # 0.0001 degree is 11.1 m northwards and, at 52 degrees north, 6.85 m eastwards.
        north, east = (self.latitude - other.latitude) * 111, (self.longitude - other.longitude) * 68
        return (north * north + east * east) // 100


def read_towns() -> tuple[Town, ...]:
    """Return the towns of `towns.csv`, largest first."""
    text = (files("cohort_opt.generate") / "towns.csv").read_text(encoding="utf-8")
    return tuple(
        Town(
            row["town"], _ten_thousandths(row["latitude"]), _ten_thousandths(row["longitude"]), int(row["inhabitants_thousands"])
        )
        for row in csv.DictReader(text.splitlines())
    )


def _ten_thousandths(degrees: str) -> int:
    whole, fraction = degrees.split(".")
    return int(whole) * 10_000 + int(fraction)


def choose_hubs(towns: tuple[Town, ...], number: int, spacing_km: int) -> tuple[Town, ...]:
    """Return the largest towns that lie at least `spacing_km` apart, at most `number` of them."""
    hubs: list[Town] = []
    for town in towns:
        if len(hubs) < number and all(town.squared_metres_to(hub) >= (spacing_km * 1_000) ** 2 for hub in hubs):
            hubs.append(town)
    return tuple(hubs)


def nearest(town: Town, hubs: tuple[Town, ...]) -> Town:
    """Return the hub nearest to the town; of two equally near ones the larger."""
    return min(hubs, key=lambda hub: (town.squared_metres_to(hub), -hub.inhabitants, hub.name))
