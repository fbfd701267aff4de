"""Questions that re-solve: the cheapest repair, what a change does, sweeps, the value of one more; a late line."""

from cohort_opt.analysis.compare import Comparison, compare
from cohort_opt.analysis.late import HeldPlan, LateAnswer, LateFit, late_demand_fits
from cohort_opt.analysis.repair import Repair, RepairAnswer, find_repairs
from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.analysis.sweep import SWEEPS, SweepPoint, sweep

__all__ = [
    "SWEEPS",
    "Comparison",
    "HeldPlan",
    "LateAnswer",
    "LateFit",
    "Repair",
    "RepairAnswer",
    "Replan",
    "SweepPoint",
    "compare",
    "find_repairs",
    "late_demand_fits",
    "replan",
    "sweep",
]
