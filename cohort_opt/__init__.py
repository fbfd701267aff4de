"""Cohort Opt: several small companies, one full class, a price each of them can check.

The public names, sorted. Each is imported when it is first used, so that the judge stays free of solvers and the command starts
quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cohort_opt.analysis import Choices as Choices
    from cohort_opt.analysis import HeldPlan as HeldPlan
    from cohort_opt.analysis import LateAnswer as LateAnswer
    from cohort_opt.analysis import Move as Move
    from cohort_opt.analysis import choices as choices
    from cohort_opt.analysis import compare as compare
    from cohort_opt.analysis import find_repairs as find_repairs
    from cohort_opt.analysis import late_scenario as late_scenario
    from cohort_opt.analysis import move_scenario as move_scenario
    from cohort_opt.analysis import pooling_by as pooling_by
    from cohort_opt.analysis import robustness as robustness
    from cohort_opt.analysis import sweep as sweep
    from cohort_opt.analysis import value_of_one_more as value_of_one_more
    from cohort_opt.analysis.flexibility import flexibility_discounts as flexibility_discounts
    from cohort_opt.analysis.plan_shares import share_plan as share_plan
    from cohort_opt.cost_sharing.alliances import bill as bill
    from cohort_opt.cost_sharing.alliances import costs_of_plan as costs_of_plan
    from cohort_opt.cost_sharing.leaving import FeeStep as FeeStep
    from cohort_opt.cost_sharing.leaving import LeavingTerms as LeavingTerms
    from cohort_opt.cost_sharing.leaving import settle_plan as settle_plan
    from cohort_opt.cost_sharing.own_account import OwnAccounts as OwnAccounts
    from cohort_opt.errors import CohortOptError as CohortOptError
    from cohort_opt.errors import InputProblem as InputProblem
    from cohort_opt.errors import InstanceError as InstanceError
    from cohort_opt.errors import ModelError as ModelError
    from cohort_opt.errors import SolverError as SolverError
    from cohort_opt.errors import VerificationError as VerificationError
    from cohort_opt.explanation import in_language as in_language
    from cohort_opt.explanation import in_words as in_words
    from cohort_opt.explanation import unplaced_for_company as unplaced_for_company
    from cohort_opt.generate import generate_json as generate_json
    from cohort_opt.packs.sector.unmet import unmet_demand as unmet_demand
    from cohort_opt.planning import propose as propose
    from cohort_opt.problem.fields import ALL_WEEKDAYS as ALL_WEEKDAYS
    from cohort_opt.problem.fields import Bool as Bool
    from cohort_opt.problem.fields import Cents as Cents
    from cohort_opt.problem.fields import Count as Count
    from cohort_opt.problem.fields import Date as Date
    from cohort_opt.problem.fields import Id as Id
    from cohort_opt.problem.fields import Int as Int
    from cohort_opt.problem.fields import Km as Km
    from cohort_opt.problem.fields import Number as Number
    from cohort_opt.problem.fields import Text as Text
    from cohort_opt.problem.fields import Weekday as Weekday
    from cohort_opt.problem.fields import Weekdays as Weekdays
    from cohort_opt.problem.fields import no_personal_data as no_personal_data
    from cohort_opt.problem.held_base import HeldBase as HeldBase
    from cohort_opt.problem.instance import Instance as Instance
    from cohort_opt.problem.personal import personal_data_in as personal_data_in
    from cohort_opt.problem.read import instance_from_dict as instance_from_dict
    from cohort_opt.problem.read import instance_schema as instance_schema
    from cohort_opt.problem.read import read_instance as read_instance
    from cohort_opt.problem.records import Ban as Ban
    from cohort_opt.problem.records import Block as Block
    from cohort_opt.problem.records import Calendar as Calendar
    from cohort_opt.problem.records import Company as Company
    from cohort_opt.problem.records import Course as Course
    from cohort_opt.problem.records import DatePeriod as DatePeriod
    from cohort_opt.problem.records import DayRelease as DayRelease
    from cohort_opt.problem.records import Demand as Demand
    from cohort_opt.problem.records import Distance as Distance
    from cohort_opt.problem.records import InstructorPool as InstructorPool
    from cohort_opt.problem.records import Offering as Offering
    from cohort_opt.problem.records import OutsideOptions as OutsideOptions
    from cohort_opt.problem.records import Pin as Pin
    from cohort_opt.problem.records import Prices as Prices
    from cohort_opt.problem.records import RoomPool as RoomPool
    from cohort_opt.problem.records import Site as Site
    from cohort_opt.problem.scenario import Scenario as Scenario
    from cohort_opt.problem.scenario import apply as apply
    from cohort_opt.problem.scenario import scenario_from_dict as scenario_from_dict
    from cohort_opt.problem.sheets.company_counts import mark_cells as mark_cells
    from cohort_opt.problem.sheets.company_counts import read_company_counts as read_company_counts
    from cohort_opt.problem.sheets.company_counts import write_company_counts as write_company_counts
    from cohort_opt.problem.strict_json import read_json as read_json
    from cohort_opt.problem.template import write_template as write_template
    from cohort_opt.problem.write import write_workbook as write_workbook
    from cohort_opt.proposal import Proposal as Proposal
    from cohort_opt.proposal import Reason as Reason
    from cohort_opt.report import Bar as Bar
    from cohort_opt.report import Pictures as Pictures
    from cohort_opt.report import bar_chart as bar_chart
    from cohort_opt.report import pictures as pictures
    from cohort_opt.report import proposal_from_json as proposal_from_json
    from cohort_opt.report import province_outlines as province_outlines
    from cohort_opt.report import read_proposal as read_proposal
    from cohort_opt.report import render_report as render_report
    from cohort_opt.report import summary_table as summary_table
    from cohort_opt.report import write_report as write_report
    from cohort_opt.report.class_lists import Euros as Euros
    from cohort_opt.report.class_lists import Table as Table
    from cohort_opt.report.class_lists import to_csv as to_csv
    from cohort_opt.report.workbook import tables_workbook as tables_workbook
    from cohort_opt.solution import Solution as Solution
    from cohort_opt.solution import SolveStatus as SolveStatus
    from cohort_opt.solver.params import Mode as Mode
    from cohort_opt.solver.params import SolveParams as SolveParams
    from cohort_opt.solver.part_pool import part_pool as part_pool
    from cohort_opt.solver.part_store import PartStore as PartStore
    from cohort_opt.solver.part_store import solve_part as solve_part
    from cohort_opt.verification.hearing import plan_of as plan_of
    from cohort_opt.verification.verify_proposal import verify_proposal as verify_proposal

_HOMES = {
    "ALL_WEEKDAYS": "cohort_opt.problem.fields",
    "apply": "cohort_opt.problem.scenario",
    "Ban": "cohort_opt.problem.records",
    "Bar": "cohort_opt.report",
    "bar_chart": "cohort_opt.report",
    "bill": "cohort_opt.cost_sharing.alliances",
    "Block": "cohort_opt.problem.records",
    "Bool": "cohort_opt.problem.fields",
    "Calendar": "cohort_opt.problem.records",
    "Cents": "cohort_opt.problem.fields",
    "Choices": "cohort_opt.analysis",
    "choices": "cohort_opt.analysis",
    "CohortOptError": "cohort_opt.errors",
    "Company": "cohort_opt.problem.records",
    "compare": "cohort_opt.analysis",
    "costs_of_plan": "cohort_opt.cost_sharing.alliances",
    "Count": "cohort_opt.problem.fields",
    "Course": "cohort_opt.problem.records",
    "Date": "cohort_opt.problem.fields",
    "DatePeriod": "cohort_opt.problem.records",
    "DayRelease": "cohort_opt.problem.records",
    "Demand": "cohort_opt.problem.records",
    "Distance": "cohort_opt.problem.records",
    "Euros": "cohort_opt.report.class_lists",
    "FeeStep": "cohort_opt.cost_sharing.leaving",
    "find_repairs": "cohort_opt.analysis",
    "flexibility_discounts": "cohort_opt.analysis.flexibility",
    "generate_json": "cohort_opt.generate",
    "HeldBase": "cohort_opt.problem.held_base",
    "HeldPlan": "cohort_opt.analysis",
    "Id": "cohort_opt.problem.fields",
    "in_language": "cohort_opt.explanation",
    "in_words": "cohort_opt.explanation",
    "InputProblem": "cohort_opt.errors",
    "Instance": "cohort_opt.problem.instance",
    "instance_from_dict": "cohort_opt.problem.read",
    "instance_schema": "cohort_opt.problem.read",
    "InstanceError": "cohort_opt.errors",
    "InstructorPool": "cohort_opt.problem.records",
    "Int": "cohort_opt.problem.fields",
    "Km": "cohort_opt.problem.fields",
    "late_scenario": "cohort_opt.analysis",
    "LateAnswer": "cohort_opt.analysis",
    "LeavingTerms": "cohort_opt.cost_sharing.leaving",
    "mark_cells": "cohort_opt.problem.sheets.company_counts",
    "Mode": "cohort_opt.solver.params",
    "ModelError": "cohort_opt.errors",
    "Move": "cohort_opt.analysis",
    "move_scenario": "cohort_opt.analysis",
    "no_personal_data": "cohort_opt.problem.fields",
    "Number": "cohort_opt.problem.fields",
    "Offering": "cohort_opt.problem.records",
    "OutsideOptions": "cohort_opt.problem.records",
    "OwnAccounts": "cohort_opt.cost_sharing.own_account",
    "part_pool": "cohort_opt.solver.part_pool",
    "PartStore": "cohort_opt.solver.part_store",
    "personal_data_in": "cohort_opt.problem.personal",
    "Pictures": "cohort_opt.report",
    "pictures": "cohort_opt.report",
    "Pin": "cohort_opt.problem.records",
    "plan_of": "cohort_opt.verification.hearing",
    "pooling_by": "cohort_opt.analysis",
    "Prices": "cohort_opt.problem.records",
    "Proposal": "cohort_opt.proposal",
    "proposal_from_json": "cohort_opt.report",
    "propose": "cohort_opt.planning",
    "province_outlines": "cohort_opt.report",
    "read_company_counts": "cohort_opt.problem.sheets.company_counts",
    "read_instance": "cohort_opt.problem.read",
    "read_json": "cohort_opt.problem.strict_json",
    "read_proposal": "cohort_opt.report",
    "Reason": "cohort_opt.proposal",
    "render_report": "cohort_opt.report",
    "robustness": "cohort_opt.analysis",
    "RoomPool": "cohort_opt.problem.records",
    "Scenario": "cohort_opt.problem.scenario",
    "scenario_from_dict": "cohort_opt.problem.scenario",
    "settle_plan": "cohort_opt.cost_sharing.leaving",
    "share_plan": "cohort_opt.analysis.plan_shares",
    "Site": "cohort_opt.problem.records",
    "Solution": "cohort_opt.solution",
    "solve_part": "cohort_opt.solver.part_store",
    "SolveParams": "cohort_opt.solver.params",
    "SolverError": "cohort_opt.errors",
    "SolveStatus": "cohort_opt.solution",
    "summary_table": "cohort_opt.report",
    "sweep": "cohort_opt.analysis",
    "Table": "cohort_opt.report.class_lists",
    "tables_workbook": "cohort_opt.report.workbook",
    "Text": "cohort_opt.problem.fields",
    "to_csv": "cohort_opt.report.class_lists",
    "unmet_demand": "cohort_opt.packs.sector.unmet",
    "unplaced_for_company": "cohort_opt.explanation",
    "value_of_one_more": "cohort_opt.analysis",
    "VerificationError": "cohort_opt.errors",
    "verify_proposal": "cohort_opt.verification.verify_proposal",
    "Weekday": "cohort_opt.problem.fields",
    "Weekdays": "cohort_opt.problem.fields",
    "write_company_counts": "cohort_opt.problem.sheets.company_counts",
    "write_report": "cohort_opt.report",
    "write_template": "cohort_opt.problem.template",
    "write_workbook": "cohort_opt.problem.write",
}

__all__ = [
    "ALL_WEEKDAYS",
    "Ban",
    "Bar",
    "Block",
    "Bool",
    "Calendar",
    "Cents",
    "Choices",
    "CohortOptError",
    "Company",
    "Count",
    "Course",
    "Date",
    "DatePeriod",
    "DayRelease",
    "Demand",
    "Distance",
    "Euros",
    "FeeStep",
    "HeldBase",
    "HeldPlan",
    "Id",
    "InputProblem",
    "Instance",
    "InstanceError",
    "InstructorPool",
    "Int",
    "Km",
    "LateAnswer",
    "LeavingTerms",
    "Mode",
    "ModelError",
    "Move",
    "Number",
    "Offering",
    "OutsideOptions",
    "OwnAccounts",
    "PartStore",
    "Pictures",
    "Pin",
    "Prices",
    "Proposal",
    "Reason",
    "RoomPool",
    "Scenario",
    "Site",
    "Solution",
    "SolveParams",
    "SolveStatus",
    "SolverError",
    "Table",
    "Text",
    "VerificationError",
    "Weekday",
    "Weekdays",
    "apply",
    "bar_chart",
    "bill",
    "choices",
    "compare",
    "costs_of_plan",
    "find_repairs",
    "flexibility_discounts",
    "generate_json",
    "in_language",
    "in_words",
    "instance_from_dict",
    "instance_schema",
    "late_scenario",
    "mark_cells",
    "move_scenario",
    "no_personal_data",
    "part_pool",
    "personal_data_in",
    "pictures",
    "plan_of",
    "pooling_by",
    "proposal_from_json",
    "propose",
    "province_outlines",
    "read_company_counts",
    "read_instance",
    "read_json",
    "read_proposal",
    "render_report",
    "robustness",
    "scenario_from_dict",
    "settle_plan",
    "share_plan",
    "solve_part",
    "summary_table",
    "sweep",
    "tables_workbook",
    "to_csv",
    "unmet_demand",
    "unplaced_for_company",
    "value_of_one_more",
    "verify_proposal",
    "write_company_counts",
    "write_report",
    "write_template",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    """Return a public name from the room where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
