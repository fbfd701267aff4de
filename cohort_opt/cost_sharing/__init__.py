"""Who pays what: the cost of each class divided between its companies, to the cent, with promises that are checked."""

from cohort_opt.cost_sharing.bands import Band, ListedPrice, leaks, listed_prices, price_list
from cohort_opt.cost_sharing.compare import Comparison, compare
from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.lines import LineShare, line_shares
from cohort_opt.cost_sharing.methods import METHODS, NEED_LINEAR_PROGRAM
from cohort_opt.cost_sharing.pooling import pooling_gain
from cohort_opt.cost_sharing.promises import State, Verdict, check_class
from cohort_opt.cost_sharing.share import ClassShares, share_class, share_classes, share_in_full
from cohort_opt.cost_sharing.sharing import promises_of
from cohort_opt.cost_sharing.statement import Statement, company_statement

__all__ = [
    "METHODS",
    "NEED_LINEAR_PROGRAM",
    "Band",
    "ClassShares",
    "Comparison",
    "Game",
    "LineShare",
    "ListedPrice",
    "Split",
    "State",
    "Statement",
    "Tools",
    "Verdict",
    "check_class",
    "company_statement",
    "compare",
    "leaks",
    "line_shares",
    "listed_prices",
    "pooling_gain",
    "price_list",
    "promises_of",
    "share_class",
    "share_classes",
    "share_in_full",
]
