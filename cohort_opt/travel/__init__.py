"""Distances from a matrix or a routing server; what nobody measured stays a labelled estimate."""

from cohort_opt.travel.cache import LegCache
from cohort_opt.travel.fill import Coverage, coverage, fill
from cohort_opt.travel.legs import Leg, Place, Router, asked_legs
from cohort_opt.travel.osrm import OsrmServer
from cohort_opt.travel.table import read_matrix

__all__ = ["Coverage", "Leg", "LegCache", "OsrmServer", "Place", "Router", "asked_legs", "coverage", "fill", "read_matrix"]
