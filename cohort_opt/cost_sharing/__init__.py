"""Who pays what: the cost of each class divided between its companies, to the cent, with promises that are checked."""

from cohort_opt.cost_sharing.alliances import ALLIANCES, AllianceBill, Cost, Subsidy, bill, costs_of_plan
from cohort_opt.cost_sharing.bands import Band, ListedPrice, leaks, listed_prices, price_list
from cohort_opt.cost_sharing.compare import Comparison, compare
from cohort_opt.cost_sharing.exact_shares import may_show_exact_shares
from cohort_opt.cost_sharing.flexibility import Discount, discounts
from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.leaving import FeeStep, LeavingTerms, Settlement, settle
from cohort_opt.cost_sharing.leaving_check import leaving_breaches
from cohort_opt.cost_sharing.lines import LineShare, line_shares
from cohort_opt.cost_sharing.methods import METHODS, NEED_LINEAR_PROGRAM
from cohort_opt.cost_sharing.plan_core import PlanShares, plan_core
from cohort_opt.cost_sharing.plan_game import CONVENTIONS, PlanGame, plan_game
from cohort_opt.cost_sharing.plan_promises import check_plan
from cohort_opt.cost_sharing.pooling import pooling_by_line, pooling_gain
from cohort_opt.cost_sharing.promises import State, Verdict, check_class
from cohort_opt.cost_sharing.share import ClassShares, share_class, share_classes, share_in_full
from cohort_opt.cost_sharing.sharing import promises_of
from cohort_opt.cost_sharing.statement import Statement, company_statement

__all__ = [
    "ALLIANCES",
    "CONVENTIONS",
    "METHODS",
    "NEED_LINEAR_PROGRAM",
    "AllianceBill",
    "Band",
    "ClassShares",
    "Comparison",
    "Cost",
    "Discount",
    "FeeStep",
    "Game",
    "LeavingTerms",
    "LineShare",
    "ListedPrice",
    "PlanGame",
    "PlanShares",
    "Settlement",
    "Split",
    "State",
    "Statement",
    "Subsidy",
    "Tools",
    "Verdict",
    "bill",
    "check_class",
    "check_plan",
    "company_statement",
    "compare",
    "costs_of_plan",
    "discounts",
    "leaks",
    "leaving_breaches",
    "line_shares",
    "listed_prices",
    "may_show_exact_shares",
    "plan_core",
    "plan_game",
    "pooling_by_line",
    "pooling_gain",
    "price_list",
    "promises_of",
    "settle",
    "share_class",
    "share_classes",
    "share_in_full",
]
