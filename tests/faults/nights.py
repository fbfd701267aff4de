"""G6: one proposal per local night, through clock changes, clock jumps, doubled, late and missed firings, and two schedulers."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from service.actors import MACHINE
from service.schemas import Params, RoundRequest
from service.services import nights, rounds
from service.store.database import initialise
from tests.builders import make_instance
from tests.faults import house
from tests.faults.goal import Found, Run

NIGHTS = 1_096
"""Three years: six clock changes."""
ZONE = zoneinfo.ZoneInfo("Europe/Amsterdam")
FIRST = dt.date(2026, 1, 1)


def simulated_nights(run: Run) -> Found:
    """Fire the nightly verb as clocks, operators and failing machines would."""
    dice, found = run.dice("G6"), Found()
    path = run.own("nights") / "service.sqlite3"
    initialise(path)
    clock = house.Clock()
    schedulers = [house.open_house(path, clock), house.open_house(path, clock)]
    base = {**make_instance().model_dump(mode="json"), "demands": []}
    rounds.put_round(schedulers[0], house.PLANNER, house.ROUND, RoundRequest(name="Spring", base=base))
    fired, missed, doubled = set(), 0, 0
    for number in range(NIGHTS):
        date = FIRST + dt.timedelta(days=number)
        # 02:00 does not exist on the night of the spring change and exists twice in autumn: zoneinfo gives an instant for both.
        instant = dt.datetime(date.year, date.month, date.day, 2, tzinfo=ZONE).astimezone(dt.UTC)
        if dice.random() < 0.05:
            missed += 1
            continue  # the machine was off
        times = [dt.timedelta(0)]
        times += [dt.timedelta(minutes=dice.choice([0, 1, 60, 120])) for _ in range(dice.choice([0, 0, 0, 1, 2]))]
        times += [dt.timedelta(hours=dice.randint(3, 20))] * (dice.random() < 0.1)  # a late catch-up
        times += [dt.timedelta(days=dice.choice([-1, 1]))] * (dice.random() < 0.02)  # a clock that jumps
        doubled += len(times) - 1
        for late in times:
            clock.instant = instant + late
            context = dice.choice(schedulers)
            night = nights.today(context)
            fired.add(night)
            nights.propose_night(context, MACHINE, house.ROUND, night, Params())
            house.work(context)
    found.done = NIGHTS
    stored = nights.list_nights(schedulers[0], MACHINE, house.ROUND)
    dates = [state.date for state in stored]
    if sorted(dates) != sorted(fired):
        found.misses.append(f"nights fired {len(fired)}, stored {len(dates)}, different ones {len(set(dates) ^ fired)}")
    not_done = [state.date for state in stored if state.job.state != "done"]
    if not_done:
        found.misses.append(f"nights without a proposal: {', '.join(not_done[:5])}")
    for context in schedulers:
        house.close(context)
    if wrong := house.broken(path):
        found.misses.append("; ".join(wrong))
    found.measured = f"{NIGHTS} nights, {missed} missed, {doubled} firings more than one: {len(dates)} proposals, one a night"
    return found
