"""The promises of all classes of a plan, gathered: how many keep each, and every one that does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from cohort_opt.cost_sharing.books import Rows
from cohort_opt.cost_sharing.class_game import FactsReader, game_of
from cohort_opt.cost_sharing.game import Tools
from cohort_opt.cost_sharing.promises import CONVENTION, State, Verdict, check_class
from cohort_opt.cost_sharing.protocols import Objector
from cohort_opt.cost_sharing.share import NO_TOOLS, share_game
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import CostShare, PromiseEntry, Sharing
from cohort_opt.solution import PlannedClass, Solution


def promises_of(
    instance: Instance, solution: Solution, shares: Sequence[CostShare], method: str = "equal", tools: Tools = NO_TOOLS
) -> Sharing:
    """Return which promises the shares keep, class by class.

    Parameters
    ----------
    shares
        What each company pays in each class of the plan, by `method`.
    tools
        What the method needs, such as a linear program; also finds the least subsidy where a group would be better off.
    """
    by_class: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for share in shares:
        by_class[share.class_id][share.company] = share.share_cents
    again, rows = _Again(instance, method, tools), Rows(instance)
    verdicts = [
        verdict
        for planned in solution.classes
        for verdict in check_class(
            instance, planned, by_class[planned.id], again, tools.linear_program, again.oracle(planned), rows=rows
        )
    ]
    kept = Counter(verdict.promise for verdict in verdicts if verdict.state is State.KEPT)
    exceptions = tuple(_entry(verdict) for verdict in verdicts if verdict.state is not State.KEPT)
    claimed = Counter(verdict.promise for verdict in verdicts if not verdict.checked)
    return Sharing(
        method=method,
        convention=CONVENTION,
        kept=dict(sorted(kept.items())),
        claimed=dict(sorted(claimed.items())),
        exceptions=exceptions,
    )


class _Again:
    """Asks a method again; what it looked up in the instance itself is kept."""

    def __init__(self, instance: Instance, method: str, tools: Tools) -> None:
        self._instance, self._method, self._tools = instance, method, tools
        self._reader = FactsReader(instance)

    def oracle(self, planned: PlannedClass) -> Objector:
        """Return who finds the strongest objection in a class with too many companies to look at every group."""
        return self._reader.read(planned)

    def __call__(self, instance: Instance, planned: PlannedClass) -> dict[str, int]:
        """Return the share of each company in a class."""
        reader = self._reader if instance is self._instance else FactsReader(instance)
        game = game_of(reader.read(planned), len(planned.dates))
        result = share_game(planned.id, game, self._method, self._tools)
        return dict(zip(result.companies, result.shares_cents, strict=True))


def _entry(verdict: Verdict) -> PromiseEntry:
    return PromiseEntry(
        class_id=verdict.class_id,
        promise=verdict.promise,
        state=verdict.state.value,
        broken_by_cents=verdict.broken_by_cents,
        witness=verdict.witness,
        checked=verdict.checked,
        subsidy_cents=verdict.subsidy_cents,
    )
