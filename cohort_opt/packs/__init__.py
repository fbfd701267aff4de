"""Rules that change at the border, as data: read, compare, answer in three values, estimate, and plan under them."""

from cohort_opt.packs.apply import Applied, Effect, applied, apply_packs
from cohort_opt.packs.border import BorderReport, border_report, warnings
from cohort_opt.packs.border_rules import BorderRules, border_rules
from cohort_opt.packs.caps import capped
from cohort_opt.packs.class_setting import ClassSetting, setting_of_class, setting_of_run
from cohort_opt.packs.credit import credited
from cohort_opt.packs.diff import diff_packs
from cohort_opt.packs.estimate import Estimate, SubsidyReport, subsidy_estimate
from cohort_opt.packs.facts import EligibilityFacts
from cohort_opt.packs.harmonise import Evaluation, Harmonisation, evaluate, harmonisation, harmonised
from cohort_opt.packs.in_force import InForce, packs_in_force
from cohort_opt.packs.needs import supported
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.plans import classes_of
from cohort_opt.packs.read import load_packs, read_facts, read_pack, validate_packs
from cohort_opt.packs.risk import UncoveredSeats, uncovered_risk
from cohort_opt.packs.routes import route_sentence, routes
from cohort_opt.packs.samples import SAMPLES, sample_pack, sample_packs
from cohort_opt.packs.steps import StepTerm, step_terms
from cohort_opt.packs.thresholds import Threshold, thresholds

__all__ = [
    "SAMPLES",
    "Applied",
    "BorderReport",
    "BorderRules",
    "ClassSetting",
    "Effect",
    "EligibilityFacts",
    "Estimate",
    "Evaluation",
    "Harmonisation",
    "InForce",
    "RulePack",
    "StepTerm",
    "SubsidyReport",
    "Threshold",
    "UncoveredSeats",
    "applied",
    "apply_packs",
    "border_report",
    "border_rules",
    "capped",
    "classes_of",
    "credited",
    "diff_packs",
    "evaluate",
    "harmonisation",
    "harmonised",
    "load_packs",
    "packs_in_force",
    "read_facts",
    "read_pack",
    "route_sentence",
    "routes",
    "sample_pack",
    "sample_packs",
    "setting_of_class",
    "setting_of_run",
    "step_terms",
    "subsidy_estimate",
    "supported",
    "thresholds",
    "uncovered_risk",
    "validate_packs",
    "warnings",
]
