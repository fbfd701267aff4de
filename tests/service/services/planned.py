"""A night that was solved for real: nine trainees in a class, and two weeks to choose from."""

from service.actors import MACHINE
from service.jobs import Dispatcher, ThreadHands
from service.schemas import CompanyCounts, Params, RoundRequest
from service.services import nights, rounds
from tests.service.fakes import InlineExecutor
from tests.service.services.test_offers import ACME, BOLT, PLANNER

NIGHT = "2026-11-24"
RUN = "drilling-academy/2027-03-01/block5"
LATER = "drilling-academy/2027-03-08/block5"


def real(instance, params, heard, start=""):
    """Solve in this process."""
    from cohort_opt import Instance, propose

    return propose(Instance.model_validate_json(instance)).to_json()


def work(context):
    Dispatcher(context, ThreadHands(context, real, InlineExecutor())).dispatch()


def plan_a_night(context, base, counts):
    """Set up a round whose course may start on two Mondays with at least 4, counts of both companies, and its solved night."""
    base["offerings"][0]["last_start"] = "2027-03-08"
    base["courses"][0]["min_seats"] = 4
    base["companies"].append({**base["companies"][0], "id": "cito", "name": "Cito"})
    rounds.put_round(context, PLANNER, "spring", RoundRequest(name="Spring", base=base))
    for actor in (ACME, BOLT):
        lines = CompanyCounts.model_validate(counts(actor.company))
        rounds.submit_counts(context, actor, "spring", actor.company, lines)
    nights.propose_night(context, MACHINE, "spring", NIGHT, Params())
    work(context)
    return context
