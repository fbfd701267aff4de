"""A line that came too late: the best fits in a night's classes without planning again, and one of them as a what-if.

Plans that were asked about lately are held, so that the second question about one is answered at once.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import ValidationError

from cohort_opt import Demand, HeldPlan, Instance, InstanceError, LateAnswer, late_scenario, plan_of, proposal_from_json
from service.actors import Actor
from service.problems import Flaw, Refusal, from_input_problems, from_instance_error, from_validation_error, not_found
from service.schemas import CompanyLine
from service.services import rounds, what_ifs
from service.services.answers import Answer, Once
from service.services.context import Context

MOST_HELD = 4
"""Plans in memory at once."""
_held: OrderedDict[str, tuple[Instance, HeldPlan]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class LateLine:
    """What a company asked for when the round was over.

    Parameters
    ----------
    earliest_start, latest_start, max_travel_km
        As typed; where left out, the calendar of the round and the longest journey that the company asks for elsewhere.
    """

    company: str
    course: str
    count: object
    earliest_start: str = ""
    latest_start: str = ""
    max_travel_km: object = None


def defaults(context: Context, actor: Actor, round_id: str, date: str) -> dict[str, Any]:
    """Return the instance of the night for the form: its companies, courses, sites and calendar."""
    rounds.must_plan(actor)
    return what_ifs.plan_of_night(context, round_id, date)[1]


def fits(context: Context, actor: Actor, round_id: str, date: str, line: LateLine) -> LateAnswer:
    """Return the three best classes for a late line; nothing is stored.

    Raises
    ------
    Refusal
        With the place of every field that is wrong.
    """
    rounds.must_plan(actor)
    instance, held = _plan(context, round_id, date)
    try:
        return held.fits(_demand(instance, line))
    except InstanceError as error:
        raise from_instance_error(error) from None


def ask(context: Context, actor: Actor, round_id: str, date: str, line: LateLine, class_id: str) -> str:
    """Solve the night with the line in one of its classes and everybody else where they are; return the job."""
    rounds.must_plan(actor)
    return what_ifs.ask(context, actor, round_id, date, _scenario(context, round_id, date, line, class_id))


def ask_once(
    context: Context, actor: Actor, round_id: str, date: str, line: LateLine, class_id: str, identity: Once
) -> Answer:  # fmt: skip
    """Solve the night as `ask` does; the same key gets the first answer again."""
    change = partial(_scenario, context, round_id, date, line, class_id)
    return what_ifs.ask_once(context, actor, round_id, date, change, identity)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _scenario(context: Context, round_id: str, date: str, line: LateLine, class_id: str) -> dict[str, Any]:
    """Return the change in which the line sits in a class of the night and everybody else stays."""
    proposal, document, _ = what_ifs.plan_of_night(context, round_id, date)
    entry = next((entry for entry in proposal["classes"] if entry["id"] == class_id), None)
    plan = plan_of(proposal_from_json(json.dumps(proposal).encode()))
    if entry is None or plan is None:
        raise not_found()
    instance = Instance.model_validate(document)
    demand = _demand(instance, line)
    names = {row.id: row.name for row in instance.companies} | {row.id: row.name for row in instance.courses}
    try:
        scenario = late_scenario(
            instance, plan, demand, entry["run"], f"{names[demand.company]}: {demand.count} × {names[demand.course]}"
        )
    except InstanceError as error:
        raise from_input_problems(error.problems) from None
    return scenario.to_dict()


def _plan(context: Context, round_id: str, date: str) -> tuple[Instance, HeldPlan]:
    """Return the plan of a night as it is held in memory; it is read anew when the night has another one."""
    proposal, document, job = what_ifs.plan_of_night(context, round_id, date)
    with _lock:
        if job in _held:
            _held.move_to_end(job)
            return _held[job]
    plan = plan_of(proposal_from_json(json.dumps(proposal).encode()))
    if plan is None:
        raise not_found()
    instance = Instance.model_validate(document)
    found = instance, HeldPlan(instance, plan)
    with _lock:
        _held[job] = found
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return found


def _demand(instance: Instance, line: LateLine) -> Demand:
    """Return the line as a demand with an id of its own; what was left out is as the company has it elsewhere."""
    own = [demand for demand in instance.demands if demand.company == line.company]
    known = {(company.id) for company in instance.companies}, {course.id for course in instance.courses}
    for name, value, ids in (("company", line.company, known[0]), ("course", line.course, known[1])):
        if value not in ids:
            detail = f"There is no {name} with this id in the plan."
            raise Refusal("unknown-reference", detail, (Flaw(f"/{name}", "unknown-reference", detail),))
    taken = {demand.id for demand in own}
    number = next(i for i in range(1, len(taken) + 2) if f"{line.company}.{line.course}-late-{i}" not in taken)
    wanted = {
        "line": f"{line.course}-late-{number}",
        "course": line.course,
        "count": line.count,
        "earliest_start": line.earliest_start or instance.calendar.start.isoformat(),
        "latest_start": line.latest_start or instance.calendar.end.isoformat(),
        "max_travel_km": max((demand.max_travel_km for demand in own), default=50)
        if line.max_travel_km is None
        else line.max_travel_km,
    }
    try:
        return Demand.model_validate(CompanyLine.model_validate(wanted).to_demand(line.company))
    except ValidationError as error:
        raise from_validation_error(error) from None
