"""Bodies of what-ifs and repairs: a change of a night, what came of it, and the cheapest changes that place a waiting line."""

from __future__ import annotations

from typing import Any

from service.schemas.explanations import ChangeState
from service.schemas.jobs import JobState
from service.schemas.wire import ScenarioDocument, Wire


class WhatIfRequest(Wire):
    """A scenario: a name and named changes."""

    scenario: ScenarioDocument


class WhatIfState(Wire):
    """A what-if beside the night that it changes; no plan and no changes while its job has not ended well."""

    round: str
    night: str
    name: str
    job: JobState
    has_plan: bool
    asks_companies: bool
    changes: tuple[ChangeState, ...]


class WhatIfName(Wire):
    """A what-if of a night: its job and its name."""

    job: str
    name: str


class WhatIfList(Wire):
    """The what-ifs of a night, the latest first."""

    what_ifs: tuple[WhatIfName, ...]


class RepairState(Wire):
    """A change that places a waiting line, what it costs, and whether companies must agree."""

    kind: str
    sentence: str
    extra_cents: int | None
    seat_price_cents: int | None
    sizes: tuple[int, ...]
    proven: bool
    asks_companies: bool
    scenario: dict[str, Any]


class RepairList(Wire):
    """The cheapest repairs of a waiting line, cheapest first, each proven by solving again."""

    demand: str
    waiting: int
    repairs: tuple[RepairState, ...]
