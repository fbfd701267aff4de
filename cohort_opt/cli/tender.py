"""Verb tender: a fact sheet for a buyer, and what award points for places would create."""

from __future__ import annotations

from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.rules import FILE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.packs import load_packs, read_facts
from cohort_opt.packs.documents import read_contracts, read_tender
from cohort_opt.packs.social_return import fact_sheet
from cohort_opt.packs.tender import tender_what_if
from cohort_opt.packs.wording import Language, euros
from cohort_opt.problem.read import read_instance


@click.group("tender")
def tender_verb() -> None:
    """Social return and tenders: what places count, and what a buyer's rule would make worth while."""


@tender_verb.command("sheet")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.argument("packs", type=FILE, nargs=-1, required=True)
@click.option("--facts", type=FILE, required=True, help="Eligibility answers of the companies, as counts.")
@click.option("--contracts", type=FILE, required=True, help="Contracts with their obligation (cohort-opt-contracts/1).")
@LANGUAGE
@plainly
def sheet_verb(instance: Path, proposal: Path, packs: tuple[Path, ...], facts: Path, contracts: Path, language: Language) -> None:
    """Say for each contract what the places of PROPOSAL count towards it and until when; no cash."""
    given = read_instance(instance)
    classes = stored_plan(given, proposal).classes
    answers, told = read_facts(facts.read_bytes(), given), read_contracts(contracts.read_bytes())
    standing = {row.company: row for row in told.standings}
    for contract in told.contracts:
        sheet = fact_sheet(given, load_packs(packs), answers, classes, contract, standing.get(contract.company))
        print("\n".join(sheet.sentences(language)))


@tender_verb.command("what-if")
@click.argument("tender", type=FILE)
@plainly
def what_if_verb(tender: Path) -> None:
    """Compare award rules of TENDER (cohort-opt-tender/1): places that points would make worth while; no forecast."""
    told = read_tender(tender.read_bytes())
    print(f"{'points a place':>14} {'at most':>8} {'EUR a point':>12} {'places':>7} {'premium EUR':>12}  (stated by the bidders)")
    for outcome in tender_what_if(told.offers, told.awards):
        award = outcome.award
        point, premium = euros(award.cents_per_point), euros(outcome.premium_cents)
        print(f"{award.points_per_place:>14} {award.max_points:>8} {point:>12} {outcome.created:>7} {premium:>12}")
