"""Questions that re-solve: the cheapest repair, what a change does, sweeps, the value of one more; a late line."""

from cohort_opt.analysis.compare import Comparison, compare
from cohort_opt.analysis.conflicts import ConflictAnswer, FoundConflict, find_conflicts
from cohort_opt.analysis.free import FreeReplan, free_replan
from cohort_opt.analysis.late import HeldPlan, LateAnswer, LateFit, late_demand_fits
from cohort_opt.analysis.moves import Choices, Move, choices, late_scenario, move_scenario
from cohort_opt.analysis.pooling import GROUPINGS, Gain, pooling_by
from cohort_opt.analysis.repair import Repair, RepairAnswer, find_repairs
from cohort_opt.analysis.replan import Replan, replan
from cohort_opt.analysis.robustness import ClassChance, Robustness, robustness
from cohort_opt.analysis.sweep import SWEEPS, SweepPoint, sweep
from cohort_opt.analysis.value import ONE_MORE, Value, value_of_one_more

__all__ = [
    "GROUPINGS",
    "ONE_MORE",
    "SWEEPS",
    "Choices",
    "ClassChance",
    "Comparison",
    "ConflictAnswer",
    "FoundConflict",
    "FreeReplan",
    "Gain",
    "HeldPlan",
    "LateAnswer",
    "LateFit",
    "Move",
    "Repair",
    "RepairAnswer",
    "Replan",
    "Robustness",
    "SweepPoint",
    "Value",
    "choices",
    "compare",
    "find_conflicts",
    "find_repairs",
    "free_replan",
    "late_demand_fits",
    "late_scenario",
    "move_scenario",
    "pooling_by",
    "replan",
    "robustness",
    "sweep",
    "value_of_one_more",
]
