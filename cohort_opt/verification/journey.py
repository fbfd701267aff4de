"""How far a company or a living area is from a site, in whole kilometres: the judge's own reckoning.

km = given distance, or floor(2 R atan2(sqrt(h), sqrt(1 - h)) * detour_percent / 100 + 1/2)
h  = sin^2(dlat / 2) + cos(lat1) cos(lat2) sin^2(dlon / 2)          R = 6371.0088 km, mean radius of the Earth (IUGG)
"""

import math

from cohort_opt.problem.records import Area, Company, Site

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(company: Company | Area | Site, site: Site) -> float:
    """Return the distance over the sphere in km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (company.latitude, company.longitude, site.latitude, site.longitude))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    h = min(1.0, max(0.0, h))
    return 2 * EARTH_RADIUS_KM * math.atan2(math.sqrt(h), math.sqrt(1 - h))


def estimated_road_km(company: Company | Area | Site, site: Site, detour_percent: int) -> int:
    """Return the great-circle distance with the detour, rounded half up to whole km."""
    return math.floor(great_circle_km(company, site) * detour_percent / 100 + 0.5)
