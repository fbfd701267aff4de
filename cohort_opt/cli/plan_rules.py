"""Verbs of the group rules that look at a stored plan: routes, subsidies, thresholds, risk and needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.rules import FILE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.packs import (
    EligibilityFacts,
    RulePack,
    load_packs,
    read_facts,
    route_sentence,
    routes,
    subsidy_estimate,
    thresholds,
    uncovered_risk,
)
from cohort_opt.packs.dossier import dossier
from cohort_opt.packs.needs import support_needs
from cohort_opt.packs.wording import Language, euro_range, euros, say
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.report import read_proposal
from cohort_opt.solution import PlannedClass

Classes = tuple[PlannedClass, ...]
Report = Callable[[Instance, tuple[RulePack, ...], EligibilityFacts, Classes, Language], Iterator[str]]


def _routes(
    given: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, plan: Classes, lang: Language
) -> Iterator[str]:
    yield from (route_sentence(route, lang) for route in routes(given, packs, facts, plan))


def _subsidies(
    given: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, plan: Classes, lang: Language
) -> Iterator[str]:
    report = subsidy_estimate(given, packs, facts, plan)
    yield from (estimate.sentence(lang) for estimate in report.estimates)
    status = " / ".join(sorted({say(f"status.{e.status}", lang) for e in report.estimates})) or "-"
    yield say("estimate.total", lang, cash=euro_range(report.total("cash"), status, lang),
              value=euro_range(report.total("social_return"), status, lang))  # fmt: skip


def _thresholds(
    given: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, plan: Classes, lang: Language
) -> Iterator[str]:
    for found in thresholds(given, packs, facts, plan):
        yield from found.sentences(lang)


def _risk(given: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, plan: Classes, lang: Language) -> Iterator[str]:
    found = uncovered_risk(given, packs, facts, plan)
    yield from (line.sentence(lang) for line in found)
    yield say("risk.total", lang, seats=sum(line.seats.high for line in found),
              cost_euro=euros(sum(line.cost.high for line in found), lang),
              price_status=say("price.of_the_instance", lang))  # fmt: skip


def _needs(given: Instance, packs: tuple[RulePack, ...], facts: EligibilityFacts, plan: Classes, lang: Language) -> Iterator[str]:
    report = support_needs(given, packs, facts, plan)
    yield from (need.sentence(lang) for need in report.needs)
    for class_id, taken, seats in report.overfull:
        yield say("need.overfull", lang, class_id=class_id, taken=taken, seats=seats)


REPORTS: dict[str, tuple[str, Report]] = {
    "routes": ("Say who is eligible for what: yes, no, or to be asked, with the missing fact.", _routes),
    "subsidies": ("Say what the packs may bring: a range, when it is paid, what to ask; nothing is netted.", _subsidies),
    "thresholds": ("Say for each class which threshold holds and what hangs on it.", _thresholds),
    "risk": ("Say which seats are planned without confirmed permission or insurance, in euros.", _risk),
    "needs": ("Say what support costs and how many seats it takes, with or without a scheme.", _needs),
}


def _verb(name: str, words: str, report: Report) -> click.Command:
    @click.command(name, help=f"{words} PROPOSAL is a stored plan of INSTANCE, PACKS are files or folders.")
    @click.argument("instance", type=FILE)
    @click.argument("proposal", type=FILE)
    @click.argument("packs", type=FILE, nargs=-1, required=True)
    @click.option("--facts", type=FILE, required=True, help="Eligibility answers of the companies, as counts.")
    @LANGUAGE
    @plainly
    def verb(instance: Path, proposal: Path, packs: tuple[Path, ...], facts: Path, language: Language) -> None:
        given = read_instance(instance)
        plan = tuple(stored_plan(given, proposal).classes)
        answers = read_facts(facts.read_bytes(), given)
        for sentence in report(given, load_packs(packs), answers, plan, language):
            print(sentence)

    return verb


@click.command("dossier")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.argument("packs", type=FILE, nargs=-1, required=True)
@click.option("--facts", type=FILE, required=True, help="Eligibility answers of the companies, as counts.")
@click.option("--company", required=True, help="Id of the company.")
@LANGUAGE
@plainly
def _dossier_verb(instance: Path, proposal: Path, packs: tuple[Path, ...], facts: Path, company: str, language: Language) -> None:
    """Say what the seats of one company cost, what may come back and until when to ask, and what proves each claim."""
    given = read_instance(instance)
    if company not in {row.id for row in given.companies}:
        raise click.BadParameter(f"{company} is no company of the instance", param_hint="--company")
    stored_plan(given, proposal)
    answers = read_facts(facts.read_bytes(), given)
    found = dossier(given, load_packs(packs), answers, read_proposal(proposal), company)
    print("\n".join(found.sentences(language)))


PLAN_VERBS: tuple[click.Command, ...] = (
    *(_verb(name, words, report) for name, (words, report) in REPORTS.items()),
    _dossier_verb,
)
"""The verbs, for the group `rules`."""
