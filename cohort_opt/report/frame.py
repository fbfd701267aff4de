"""The frame of the map: which piece of the Earth is shown, and where a coordinate lies on the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cohort_opt.report.outlines import Box, Point

KM_PER_DEGREE = 111.195
"""Length of one degree of latitude on a sphere of 6371.0088 km."""
WIDTH = 880
LEAST_HEIGHT, MOST_HEIGHT = 420, 760
PADDING = 64
"""Pixels kept free around the data for labels."""
LEAST_SPAN_KM = 12.0
"""A single place is shown with at least this much around it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular projection around a middle latitude; good to a few per cent over one country.

    Parameters
    ----------
    middle
        Longitude and latitude in the centre of the picture, degrees.
    height
        Height of the picture in pixels; its width is `WIDTH`.
    km_per_pixel
        Scale, the same in both directions.
    """

    middle: Point
    height: float
    km_per_pixel: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> Frame:
        """Return the frame that shows all points (longitude, latitude) with padding."""
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        middle = ((min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2)
        wide = max(LEAST_SPAN_KM, (max(lons) - min(lons)) * KM_PER_DEGREE * _shrink(middle))
        high = max(LEAST_SPAN_KM / 2, (max(lats) - min(lats)) * KM_PER_DEGREE)
        km_per_pixel = wide / (WIDTH - 2 * PADDING)
        height = min(MOST_HEIGHT, max(LEAST_HEIGHT, high / km_per_pixel + 2 * PADDING))
        return cls(middle, round(height), max(km_per_pixel, high / (height - 2 * PADDING)))

    def pixel(self, point: Point) -> Point:
        """Return where a point (longitude, latitude) lies on the picture."""
        east = (point[0] - self.middle[0]) * KM_PER_DEGREE * _shrink(self.middle)
        north = (point[1] - self.middle[1]) * KM_PER_DEGREE
        return (WIDTH / 2 + east / self.km_per_pixel, self.height / 2 - north / self.km_per_pixel)

    def box(self, margin: float = 20) -> Box:
        """Return the degrees that the picture covers, with a margin in pixels."""
        half_east = (WIDTH / 2 + margin) * self.km_per_pixel / KM_PER_DEGREE / _shrink(self.middle)
        half_north = (self.height / 2 + margin) * self.km_per_pixel / KM_PER_DEGREE
        lon, lat = self.middle
        return (lon - half_east, lat - half_north, lon + half_east, lat + half_north)

    def scale_bar_km(self) -> int:
        """Return a round length of which the bar takes at most a fifth of the width."""
        most = WIDTH / 5 * self.km_per_pixel
        return max(km for km in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000) if km <= max(1, most))


def _shrink(middle: Point) -> float:
    """Return how much shorter a degree of longitude is at this latitude; near a pole it is cut off."""
    return max(0.05, math.cos(math.radians(middle[1])))
