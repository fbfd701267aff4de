"""An instance in which packs and facts hold: additional bans, least class sizes and split lines; nothing else is changed.

Two things of a pack can forbid a seat. A company may wish to send a line *only if funded* (`LineFacts.only_if_funded`): then the
line may not sit where a condition of the scheme fails, nor in a class below its threshold. And trainees who keep a benefit may
be refused while permission or insurance is not confirmed (`uncovered="refuse"`).

What is certain decides: a trainee who must be asked about is not seated. Where only some of a line may be seated, the rest
becomes a line of its own, which no class may take, so that everybody stays in the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cohort_opt.packs.class_setting import SeatedLine, seated_line, setting_of_run
from cohort_opt.packs.conditions import BenefitKept, Counted, counted_rules
from cohort_opt.packs.eligibility import Tally, both, eligibility
from cohort_opt.packs.facts import EligibilityFacts, Fact, LineFacts
from cohort_opt.packs.in_force import packs_in_force
from cohort_opt.packs.pack import RulePack, Scheme
from cohort_opt.packs.risk import uncovered_tally
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.records import Ban, Demand
from cohort_opt.problem.runs import Run, list_runs

Uncovered = Literal["plan", "refuse"]


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that packs do to the plan.

    Parameters
    ----------
    rule
        Key of the condition that forbids, `scheme-not-there`, `uncovered`, or `class-size` (a threshold that became a
        least class size of the line).
    run
        Run that is closed to the line; empty if the effect holds for all runs.
    seats
        Trainees concerned.
    least_size
        Least class size that the line accepts; 0 if it does not matter.
    exact
        Whether the instance says the rule exactly; false where it had to be stricter than the rule.
    """

    demand: str
    rule: str
    run: str = ""
    packs: tuple[str, ...] = ()
    scheme: str = ""
    seats: int = 0
    least_size: int = 0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Applied:
    """The instance in which the packs hold, the facts that fit it, and what was done, sorted by line, run and rule."""

    instance: Instance
    facts: EligibilityFacts
    effects: tuple[Effect, ...]


def apply_packs(
    instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, uncovered: Uncovered = "plan"
) -> Instance:
    """Return the instance with the bans, least class sizes and split lines that the packs ask for.

    Raises
    ------
    InstanceError
        If a pin stands where a pack forbids it, or a split line would get an id that exists.
    """
    return applied(instance, packs, facts, uncovered).instance


def applied(instance: Instance, packs: Iterable[RulePack], facts: EligibilityFacts, uncovered: Uncovered = "plan") -> Applied:
    """Return the same as `apply_packs` together with what was done and why."""
    packs = tuple(packs)
    runs, _ = list_runs(instance)
    taught = {o.id: {o.course, *(other.course for other in o.combines)} for o in instance.offerings}
    lines: list[Demand] = []
    bans = list(instance.bans)
    stated: list[LineFacts] = []
    effects: list[Effect] = []
    for demand in instance.demands:
        work = _Line(instance, packs, facts, uncovered, demand, [run for run in runs if demand.course in taught[run.offering]])
        change = work.change()
        lines += change.lines
        bans += change.bans
        stated += change.facts
        effects += change.effects
    new = Instance.model_validate({**dict(instance), "demands": tuple(lines), "bans": tuple(dict.fromkeys(bans))})
    ordered = sorted(effects, key=lambda effect: (effect.demand, effect.run, effect.rule, effect.scheme))
    return Applied(new, EligibilityFacts(lines=tuple(stated), courses=facts.courses), tuple(ordered))


@dataclass(frozen=True, slots=True)
class _Change:
    lines: list[Demand]
    bans: list[Ban]
    facts: list[LineFacts]
    effects: list[Effect]


@dataclass(frozen=True, slots=True)
class _Line:
    """What the packs do to one demand line."""

    instance: Instance
    packs: tuple[RulePack, ...]
    facts: EligibilityFacts
    uncovered: Uncovered
    demand: Demand
    runs: Sequence[Run]

    def change(self) -> _Change:
        stated = self.facts.line(self.demand.id)
        if not stated.only_if_funded and self.uncovered == "plan":
            return _Change([self.demand], [], [stated] if stated in self.facts.lines else [], [])
        openings = {run.id: self.opening(run) for run in self.runs}
        seats = self.seatable(max((opening.seats for opening in openings.values()), default=0))
        effects = [effect for opening in openings.values() for effect in opening.effects]
        if not seats:
            return _Change([self.demand], [Ban(run=run.id, demand=self.demand.id) for run in self.runs], [stated], effects)
        closed = [run for run in self.runs if openings[run.id].seats < seats]
        line, size_effects = self.sized([run for run in self.runs if run not in closed], openings)
        bans = [Ban(run=run.id, demand=self.demand.id) for run in closed]
        return self.split(line, seats, bans, stated, [*effects, *size_effects])

    def seatable(self, seats: int) -> int:
        """Return how many of the line may be seated at all, with its wish to stay together or in parts."""
        if seats < self.demand.count and (self.demand.together or self.demand.min_part > seats):
            return 0
        return seats

    def opening(self, run: Run) -> _Opening:
        """Return how many of the line may certainly sit in a run, and from which class size on."""
        found: list[tuple[int, Tally, tuple[Effect, ...]]] = []
        for size in range(run.min_seats, run.max_seats + 1):
            tally, effects = self.judged(run, size)
            found.append((size, tally, effects))
        most = max((tally.yes for _, tally, _ in found), default=0)
        fitting = [size for size, tally, _ in found if tally.yes == most]
        if not most:
            return _Opening(0, 0, found[-1][2] if found else ())
        if fitting[-1] < run.max_seats:  # an upper threshold: no record of the instance can say it, so the run stays closed
            stricter = tuple(_with(effect, exact=False) for effect in found[-1][2])
            return _Opening(0, 0, stricter)
        return _Opening(most, fitting[0], found[-1][2])

    def judged(self, run: Run, size: int) -> tuple[Tally, tuple[Effect, ...]]:
        """Return the tally of those who may sit in a class of this size, and what keeps the others out."""
        line = seated_line(self.instance, self.demand.id, self.demand.count)
        everybody = Tally(self.demand.count, 0, 0)
        tallies, effects = [everybody], list[Effect]()
        for scheme_id in self.facts.line(self.demand.id).only_if_funded:
            tally, found = self.funded(scheme_id, run, size, line)
            tallies.append(tally)
            effects += found
        if self.uncovered == "refuse":
            tally, found = self.covered(run, size, line)
            tallies.append(tally)
            effects += found
        return both(*tallies), tuple(effects)

    def funded(self, scheme_id: str, run: Run, size: int, line: SeatedLine) -> tuple[Tally, list[Effect]]:
        setting = setting_of_run(self.instance, run, size)
        in_force = packs_in_force(self.packs, line.municipality, run.start)
        offers = [(pack, scheme) for pack in in_force.packs for scheme in pack.schemes if scheme.id == scheme_id]
        if not offers:
            return Tally(0, line.seats, 0), [Effect(self.demand.id, "scheme-not-there", run.id, (), scheme_id, line.seats)]
        judged = [eligibility(self.instance, pack, scheme, self.facts, setting, line) for pack, scheme in offers]
        tally = both(*(found.tally for found in judged))
        effects = [
            Effect(self.demand.id, rule, run.id, (found.pack.id,), scheme_id, line.seats - found.tally.yes)
            for found in judged
            if found.tally.yes < line.seats
            for rule in (found.fails or found.missing or tuple(v.rule for v in found.verdicts if v.tally.no))
        ]
        return tally, effects

    def covered(self, run: Run, size: int, line: SeatedLine) -> tuple[Tally, list[Effect]]:
        setting = setting_of_run(self.instance, run, size)
        tallies, effects = [Tally(line.seats, 0, 0)], list[Effect]()
        for pack in packs_in_force(self.packs, line.municipality, run.start).packs:
            for scheme in pack.schemes:
                condition = next((c for c in scheme.conditions if isinstance(c, BenefitKept)), None)
                if condition is None:
                    continue
                bare = uncovered_tally(eligibility(self.instance, pack, scheme, self.facts, setting, line), condition)
                tallies.append(Tally(bare.no, bare.yes, bare.ask))
                if bare.yes + bare.ask:
                    effects.append(Effect(self.demand.id, "uncovered", run.id, (pack.id,), scheme.id, bare.yes + bare.ask))
        return both(*tallies), effects

    def sized(self, runs: Sequence[Run], openings: Mapping[str, _Opening]) -> tuple[Demand, list[Effect]]:
        """Return the line with the least class size that it accepts; one size for all runs, the largest that any of them asks."""
        bound = [run for run in runs if openings[run.id].least_size > run.min_seats]
        if not bound:
            return self.demand, []
        least = max(openings[run.id].least_size for run in bound)
        exact = all(openings[run.id].least_size == max(least, run.min_seats) for run in runs)
        line = _changed(self.demand, min_class_size=max(least, self.demand.min_class_size or 0))
        return line, [Effect(self.demand.id, "class-size", least_size=least, exact=exact)]

    def split(self, line: Demand, seats: int, bans: list[Ban], stated: LineFacts, effects: list[Effect]) -> _Change:
        """Return the line with `seats` trainees and, if some are left, a line of those whom no class may take."""
        left = self.demand.count - seats
        if not left:
            return _Change([line], bans, [stated], effects)
        rest = _changed(line, id=f"{line.id}.not-seated", count=left, min_part=min(line.min_part, left))
        shut = [Ban(run=run.id, demand=rest.id) for run in self.runs]
        narrowed = _narrowed(stated, seats, self.known_of_the_seated(seats))
        return _Change([_changed(line, count=seats), rest], [*bans, *shut], [narrowed], effects)

    def known_of_the_seated(self, seats: int) -> dict[str, bool]:
        """Return the answers that all of the seated part share, because without them nobody would be seated."""
        wishes = self.facts.line(self.demand.id).only_if_funded
        known: dict[str, bool] = {}
        for scheme in (scheme for pack in self.packs for scheme in pack.schemes):
            if scheme.id in wishes:
                known |= {rule: True for condition in scheme.conditions for rule in counted_rules(condition)}
            if self.uncovered == "refuse":
                known |= self.covered_answers(scheme, seats)
        return known

    def covered_answers(self, scheme: Scheme, seats: int) -> dict[str, bool]:
        """Return what is known of the seated under a trial placement: covered if enough are, else without the benefit."""
        condition = next((c for c in scheme.conditions if isinstance(c, BenefitKept)), None)
        if condition is None:
            return {}
        answers = {fact.rule: Tally(fact.yes, fact.no, fact.ask) for fact in self.facts.line(self.demand.id).facts}
        cover = [answers.get(rule, Tally(0, 0, self.demand.count)) for rule in condition.rules[:2]]
        if both(*cover).yes >= seats:
            return dict.fromkeys(condition.rules[:2], True)
        benefits = [c.rule for c in scheme.conditions if isinstance(c, Counted) and c.rule in answers]
        return {rule: False for rule in benefits if answers[rule].no >= seats}


@dataclass(frozen=True, slots=True)
class _Opening:
    seats: int
    least_size: int
    effects: tuple[Effect, ...]


def _with(effect: Effect, *, exact: bool) -> Effect:
    return Effect(effect.demand, effect.rule, effect.run, effect.packs, effect.scheme, effect.seats, effect.least_size, exact)


def _changed(demand: Demand, **changes: object) -> Demand:
    """Return the line with some fields changed, through validation."""
    return Demand.model_validate({**dict(demand), **changes})


def _narrowed(stated: LineFacts, seats: int, known: Mapping[str, bool]) -> LineFacts:
    """Return what is certain about the seated part: what all of them share, and of other answers what must be among them."""
    facts = tuple(_of_the_seated(fact, seats, known.get(fact.rule)) for fact in stated.facts if "+" not in fact.rule)
    changes = {"boarders": min(stated.boarders, seats), "additional_places": min(stated.additional_places, seats)}
    needs = tuple({**dict(need), "count": min(need.count, seats)} for need in stated.needs)
    return LineFacts.model_validate({**dict(stated), "facts": facts, "needs": needs, **changes})


def _of_the_seated(fact: Fact, seats: int, shared: bool | None) -> Fact:
    left = fact.total - seats
    yes, no = (max(0, fact.yes - left), max(0, fact.no - left)) if shared is None else (seats * shared, seats * (not shared))
    return Fact(rule=fact.rule, reference_date=fact.reference_date, yes=yes, no=no, ask=seats - yes - no)
