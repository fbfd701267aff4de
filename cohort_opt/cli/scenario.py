"""Verbs scenario run and scenario compare: named changes and other rule packs, side by side with the plan as it is."""

from __future__ import annotations

from pathlib import Path

import click

from cohort_opt.cli.comparison import show_comparison
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.explanation.language import Language
from cohort_opt.packs import EligibilityFacts, Evaluation, evaluate, load_packs, read_facts
from cohort_opt.packs.amounts import Level, Money
from cohort_opt.packs.apply import Uncovered
from cohort_opt.packs.choose import Chosen, chosen
from cohort_opt.packs.wording import euro_range
from cohort_opt.planning import propose
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.problem.scenario import apply, read_scenario
from cohort_opt.proposal import Proposal
from cohort_opt.report import read_proposal, write_report

FILE = click.Path(path_type=Path)
MONEY_WORDS: tuple[tuple[Money, str], ...] = (("cash", "subsidies"), ("social_return", "social-return value"))


@click.group("scenario")
def scenario_verb() -> None:
    """Named changes: run one, compare several."""


@scenario_verb.command("run")
@click.argument("instance", type=FILE)
@click.argument("scenario", type=FILE, required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the changed plan.")
@click.option("--rules", help="All take this pack: a pack file, a folder, the id of one of today's packs or of a sample.")
@click.option("--today", type=FILE, multiple=True, help="Packs as they hold now (file or folder); without it none hold.")
@click.option("--facts", type=FILE, help="Eligibility answers of the companies, as counts.")
@click.option("--uncovered", type=click.Choice(("plan", "refuse")), default="plan", show_default=True,
              help="Seats of trainees who keep a benefit without confirmed permission and insurance.")  # fmt: skip
@click.option("--credit", type=click.Choice(("low", "expected", "high")),
              help="Let subsidies lower the objective at this level; no price changes.")  # fmt: skip
@click.option("--uncovered-at-most", type=click.IntRange(0), help="Cap on the uncovered risk, in whole euros.")
@click.option("--support", is_flag=True, help="Let the needs of the lines take seats and cost what they cost.")
@click.option("--svg", type=FILE, help="Write a picture to this file.")
@click.option("--json", "as_json", is_flag=True, help="Figures, people moved and changes as data.")
@LANGUAGE
@plainly
def scenario_run_verb(
    instance: Path, scenario: Path | None, out: Path | None, rules: str | None, today: tuple[Path, ...], facts: Path | None,
    uncovered: Uncovered, credit: Level | None, uncovered_at_most: int | None, support: bool, svg: Path | None, as_json: bool,
    language: Language,
) -> None:  # fmt: skip
    """Plan INSTANCE as SCENARIO or other rule packs change it, and compare with the plan as it is."""
    if scenario is None and rules is None:
        raise click.UsageError("name a SCENARIO, or --rules, or both")
    base = read_instance(instance)
    changed = base if scenario is None else apply(base, read_scenario(scenario))
    if rules is None and not today:
        before, after, planned = propose(base), propose(changed), changed
    else:
        packs = load_packs(today)
        then = Chosen(packs, "") if rules is None else chosen(rules, packs, changed)
        answers = EligibilityFacts() if facts is None else read_facts(facts.read_bytes(), base)
        kept = _still_there(answers, changed)
        cap = None if uncovered_at_most is None else 100 * uncovered_at_most
        old = evaluate(base, packs, answers, propose, uncovered, credit, cap, support)
        new = evaluate(changed, then.packs, kept, propose, uncovered, credit, cap, support)
        before, after, planned = old.proposal, new.proposal, new.instance
        if not as_json:
            _print_packs(then, old, new, credit)
        gone = {line.demand for line in answers.lines} - {line.demand for line in kept.lines}
        for line in () if as_json else sorted(gone):
            print(f"  after: the scenario changes {line}, so its facts are unknown")
    if out is not None:
        write_report(planned, after, out)
    show_comparison((before, after), ("before", "after"), svg, as_json, language)


def _still_there(facts: EligibilityFacts, instance: Instance) -> EligibilityFacts:
    """Return the facts of the lines that a scenario leaves as they were counted."""
    counts = {demand.id: demand.count for demand in instance.demands}
    lines = tuple(
        line for line in facts.lines
        if line.demand in counts and all(fact.total == counts[line.demand] for fact in line.facts)
    )  # fmt: skip
    return EligibilityFacts(lines=lines, courses=facts.courses)


def _print_packs(then: Chosen, before: Evaluation, after: Evaluation, credit: str | None) -> None:
    """Print which packs hold and what they may bring; beside every amount stands the status of the packs."""
    status = " and ".join(then.statuses) or "no pack"
    takes = f"every municipality takes {then.everyone_takes}" if then.everyone_takes else "each pack holds in its own area"
    print(f"{takes} ({status})")
    for name, found in (("before", before), ("after", after)):
        statuses = sorted({estimate.status for estimate in found.subsidies.estimates})
        for money, words in MONEY_WORDS:
            amount = euro_range(found.subsidies.total(money), " and ".join(statuses) or "no pack")
            counted = (
                "in no price and no objective" if credit is None or money != "cash" else f"in no price; {credit} in the objective"
            )
            print(f"  {name}: {words} {amount}, {counted}")
        for rule in sorted({effect.rule for effect in found.effects}):
            lines = sorted({effect.demand for effect in found.effects if effect.rule == rule})
            print(f"  {name}: {rule} keeps out or binds {', '.join(lines)}")


@scenario_verb.command("compare")
@click.argument("proposals", type=FILE, nargs=-1, required=True)
@click.option("--svg", type=FILE, help="Write a picture to this file.")
@click.option("--json", "as_json", is_flag=True, help="Figures, people moved and changes as data.")
@LANGUAGE
@plainly
def scenario_compare_verb(proposals: tuple[Path, ...], svg: Path | None, as_json: bool, language: Language) -> None:
    """Set two to twenty stored proposals side by side; the first is the one to compare with."""
    found: list[Proposal] = [read_proposal(path) for path in proposals]
    if not 2 <= len(found) <= 20:
        raise click.BadParameter(f"{len(found)} proposals: name between 2 and 20")
    show_comparison(found, _names(proposals), svg, as_json, language)


def _names(proposals: tuple[Path, ...]) -> tuple[str, ...]:
    """Return a name for each file: its own, or that of its folder where all files are called alike."""
    names = tuple(path.name for path in proposals)
    return tuple(path.parent.name or path.name for path in proposals) if len(set(names)) < len(names) else names
