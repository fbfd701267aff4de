"""Conflicts: pins, frozen seats and promises that cannot be kept together, each set as small as it can be.

The rules always hold; what a planner has fixed is what may be given up. A set is shown as checked only if it was solved again
alone and found impossible, and if each of its members was left out in turn and the rest could then be kept (Junker 2004,
QuickXplain, doi 10.5555/1597148.1597177; with the last word to single deletion).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.candidates import blockers, find_candidates
from cohort_opt.problem.compact import CompactProblem
from cohort_opt.problem.couplings.commitments import is_frozen
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Commitment, Pin
from cohort_opt.problem.runs import list_runs
from cohort_opt.proposal import Reason
from cohort_opt.solver.conflict import explain
from cohort_opt.solver.feasible import has_plan
from cohort_opt.solver.params import SolveParams

_MOST_CONFLICTS = 20
_IMPLIED = frozenset({"pins", "must_place", "one_seat_per_trainee"})
"""Rules that say no more than the members do."""
_MOST_KEYS = 3
"""Keys of one rule that a sentence names."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """One thing that was fixed: a pin, a frozen seat or a promise (with neither)."""

    demand: str
    pin: Pin | None = None
    frozen: Commitment | None = None

    def said(self, instance: Instance) -> Reason:
        """Return what was fixed, in words."""
        if self.pin is not None:
            return say(
                "conflict_pin", "{count} of {demand} are pinned to {run}",
                count=self.pin.count, demand=self.demand, run=self.pin.run,
            )  # fmt: skip
        if self.frozen is not None:
            return say(
                "conflict_frozen", "{count} of {demand} have a seat in {run} that is frozen",
                count=self.frozen.count, demand=self.demand, run=self.frozen.run,
            )  # fmt: skip
        count = next(line.count for line in instance.demands if line.id == self.demand)
        if count == 1:
            return say("conflict_promise", "the one trainee of {demand} is promised a seat", demand=self.demand)
        return say("conflict_promise", "all {count} of {demand} are promised a seat", count=count, demand=self.demand)


@dataclass(frozen=True, slots=True)
class FoundConflict:
    """A smallest set that cannot be kept together.

    Parameters
    ----------
    members
        What was fixed; empty where the rules alone have no plan.
    rules
        The rules that clash with them, in words.
    checked
        Whether the set alone was found impossible, and possible without each member in turn.
    """

    members: tuple[Fixed, ...]
    rules: tuple[Reason, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class ConflictAnswer:
    """Conflicts that share no member; without all of them everything else can be kept, unless `is_complete` says otherwise."""

    fixed: int
    conflicts: tuple[FoundConflict, ...]
    is_complete: bool


def find_conflicts(instance: Instance, params: SolveParams, promised: Sequence[str] = ()) -> ConflictAnswer:
    """Return the conflicts among pins, frozen seats and promises.

    Parameters
    ----------
    promised
        Demand lines of which everybody must have a seat.

    Raises
    ------
    InstanceError
        If a promise names no demand line.
    """
    known = {line.id for line in instance.demands}
    if unknown := sorted(set(promised) - known):
        problem = InputProblem("unknown-line", f"Demand[{unknown[0]}]", "", "there is no such demand line", "check the id")
        raise InstanceError([problem])
    asked = _Asked(instance, params)
    left = _fixed(instance, promised)
    number, found = len(left), list[FoundConflict]()
    while (verdict := asked.can_keep(left)) is False and len(found) < _MOST_CONFLICTS:
        members = asked.smallest(left)
        found.append(FoundConflict(members, asked.rules(members), asked.is_checked(members)))
        left = tuple(fixed for fixed in left if fixed not in members)
        if not members:
            break  # the rules alone
    return ConflictAnswer(number, tuple(found), verdict is True)


def _fixed(instance: Instance, promised: Sequence[str]) -> tuple[Fixed, ...]:
    pins = [Fixed(pin.demand, pin=pin) for pin in instance.pins]
    frozen = [Fixed(held.demand, frozen=held) for held in instance.commitments if is_frozen(instance, held)]
    return (*frozen, *pins, *(Fixed(line) for line in sorted(set(promised))))


class _Asked:
    """Solves the instance with some of what was fixed; each set once."""

    def __init__(self, instance: Instance, params: SolveParams) -> None:
        self._instance, self._params = instance, params
        self._known: dict[frozenset[Fixed], bool | None] = {}

    def can_keep(self, fixed: Sequence[Fixed]) -> bool | None:
        """Return whether some plan keeps all of these; `None` if that was not found out in time."""
        key = frozenset(fixed)
        if key not in self._known:
            problem = self._problem(fixed)
            self._known[key] = False if problem is None else has_plan(problem, self._params)
        return self._known[key]

    def smallest(self, fixed: tuple[Fixed, ...]) -> tuple[Fixed, ...]:
        """Return a set of these of which no member can be left out."""
        if self.can_keep(()) is False:
            return ()
        found = self._explain((), (), fixed)
        return tuple(member for member in fixed if member in found)

    def _explain(self, kept: tuple[Fixed, ...], added: tuple[Fixed, ...], fixed: tuple[Fixed, ...]) -> tuple[Fixed, ...]:
        """Return a smallest part of `fixed` that clashes with `kept`."""
        if added and self.can_keep(kept) is False:
            return ()
        if len(fixed) == 1:
            return fixed
        first, second = fixed[: len(fixed) // 2], fixed[len(fixed) // 2 :]
        of_second = self._explain((*kept, *first), first, second)
        of_first = self._explain((*kept, *of_second), of_second, first)
        return (*of_first, *of_second)

    def is_checked(self, members: tuple[Fixed, ...]) -> bool:
        """Return whether the set is impossible alone and possible without each member."""
        rest = [tuple(other for other in members if other is not member) for member in members]
        return self.can_keep(members) is False and all(self.can_keep(others) is True for others in rest)

    def _with(self, fixed: Sequence[Fixed]) -> Instance:
        frozen = {member.frozen for member in fixed}
        commitments = tuple(c for c in self._instance.commitments if c in frozen or not is_frozen(self._instance, c))
        fields = {name: getattr(self._instance, name) for name in type(self._instance).model_fields}
        pins = tuple(member.pin for member in fixed if member.pin is not None)
        return type(self._instance)(**fields | {"pins": pins, "commitments": commitments})

    def _problem(self, fixed: Sequence[Fixed]) -> CompactProblem | None:
        """Return the compact problem, `None` where a single pin or frozen seat breaks a rule by itself."""
        try:
            problem = find_candidates(self._with(fixed)).problem
        except InstanceError:
            return None
        promised = {member.demand for member in fixed if member.pin is None and member.frozen is None}
        return replace(problem, group_must_place=np.array([name in promised for name in problem.group_ids], dtype=np.bool_))

    def rules(self, members: tuple[Fixed, ...]) -> tuple[Reason, ...]:
        """Return the rules that the members clash with."""
        problem = self._problem(members)
        if problem is None:
            return tuple(self._blocked(member) for member in members)
        keys: dict[str, set[str]] = {}
        for name in explain(problem).members:
            concern, _, key = name.partition("[")
            if concern not in _IMPLIED:
                keys.setdefault(concern, set()).add(_subject(concern, key.removesuffix("]")))
        return tuple(_said(concern, sorted(found)) for concern, found in sorted(keys.items()))

    def _blocked(self, member: Fixed) -> Reason:
        """Return why a pin or frozen seat cannot stand by itself."""
        name = member.pin.run if member.pin is not None else member.frozen.run if member.frozen is not None else ""
        runs, rejected = list_runs(self._instance)
        run = next((run for run in runs if run.id == name), None)
        line = next(line for line in self._instance.demands if line.id == member.demand)
        found = [r.rule for r in blockers(self._instance, line, run)] if run else [r.rule for r in rejected if r.subject == name]
        return say(
            "conflict_blocked", "{demand} may not attend {run}: {rules}",
            demand=member.demand, run=name, rules=", ".join(sorted(set(found))) or "no_such_run",
        )  # fmt: skip


def _subject(concern: str, key: str) -> str:
    """Return what a row of the model is about: the run for the size of its classes, else the line, day or pair."""
    line, _, run = key.partition("@")
    return (run or key).partition(",")[0] if concern == "class_size" else line


def _said(concern: str, keys: list[str]) -> Reason:
    if len(keys) > _MOST_KEYS:
        return say(
            "conflict_rule", "the rule on {concern}, such as for {keys} ({number} in all)",
            concern=concern, keys="; ".join(keys[:_MOST_KEYS]), number=len(keys),
        )  # fmt: skip
    return say("conflict_rule", "the rule on {concern} for {keys}", concern=concern, keys="; ".join(keys))
