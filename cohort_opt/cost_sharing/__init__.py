"""Who pays what: the cost of each class divided between its companies, to the cent, with promises that are checked."""

from cohort_opt.cost_sharing.game import Game, Split, Tools
from cohort_opt.cost_sharing.lines import LineShare, line_shares
from cohort_opt.cost_sharing.methods import METHODS
from cohort_opt.cost_sharing.pooling import pooling_gain
from cohort_opt.cost_sharing.share import share_classes

__all__ = ["METHODS", "Game", "LineShare", "Split", "Tools", "line_shares", "pooling_gain", "share_classes"]
