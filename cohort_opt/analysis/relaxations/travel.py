"""A longer journey: the limit of the line raised to just reach the nearest sites beyond it."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetTravelLimit
from cohort_opt.problem.journeys import Journeys

_MOST_SITES = 3
"""Sites beyond the limit that are tried, nearest first; farther ones cost more and are rarely accepted."""


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield the limit that reaches the nearest site beyond it, then the next."""
    demand = question.demand
    sites = sorted({offering.site for offering in question.offerings})
    ways = Journeys.of(question.instance)
    beyond = sorted((ways.km(demand, site), site) for site in sites)
    for km, site in [(km, site) for km, site in beyond if km > demand.max_travel_km][:_MOST_SITES]:
        yield Relaxation(
            (SetTravelLimit(kind="set_travel_limit", demand=demand.id, max_travel_km=km),),
            say("travel", "journeys up to {travel_km} km instead of {was_km} for {demand}, which reaches {site}",
                travel_km=km, was_km=demand.max_travel_km, demand=demand.id, site=site),
        )  # fmt: skip
