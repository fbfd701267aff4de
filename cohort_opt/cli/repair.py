"""Verb repair: the cheapest changes that place who waits, each proven by solving again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cohort_opt.analysis import FreeReplan, Repair, RepairAnswer, find_repairs, free_replan
from cohort_opt.analysis.hold import Keep
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.explanation.language import Language, money, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.proposal import Proposal, Reason
from cohort_opt.report import Bar, bar_chart, read_proposal
from cohort_opt.solver.params import SolveParams

FILE = click.Path(path_type=Path)
_MOST_FREE = 3
"""Repairs of a line that are also planned anew with nobody held, cheapest first: each is a whole solve."""
_MOST_RULES = 2
"""Kinds of rule changes in the one sentence; the list below it has them all."""


@click.command("repair")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--demand", help="One waiting line; without it every waiting line is asked for.")
@click.option("--free", is_flag=True, help="The cheapest three also with nobody held: an interval from both plans and bounds.")
@click.option("--svg", type=FILE, help="Write a picture of what each repair costs to this file.")
@click.option("--json", "as_json", is_flag=True, help="The repairs with their scenarios, ready for --change.")
@LANGUAGE
@plainly
def repair_verb(
    instance: Path, proposal: Path, demand: str | None, free: bool, svg: Path | None, as_json: bool, language: Language
) -> None:
    """Find the cheapest changes that would place those who wait in PROPOSAL, each proven by solving again."""
    given = read_instance(instance)
    solution = stored_plan(given, proposal)
    lines = [demand] if demand else [member.demand for member in solution.unplaced]
    answers = [find_repairs(given, solution, line, SolveParams()) for line in lines]
    freed = [_freed(given, read_proposal(proposal), answer) if free else {} for answer in answers]
    if svg is not None:
        svg.write_text(_picture(answers, language), encoding="utf-8")
    if as_json:
        documents = [_document(answer, found, language) for answer, found in zip(answers, freed, strict=True)]
        print(json.dumps(documents, indent=2, ensure_ascii=False))
        return
    for answer, found in zip(answers, freed, strict=True):
        _print(answer, found, language)


def _freed(instance: Instance, proposal: Proposal, answer: RepairAnswer) -> dict[int, FreeReplan]:
    """Return the cheapest repairs with nobody held, by their position."""
    if proposal.objective_cents is None or proposal.bound_cents is None:
        return {}
    found = {
        i: free_replan(instance, proposal.objective_cents, proposal.bound_cents, repair.scenario.changes[: repair.changes],
                       SolveParams())
        for i, repair in enumerate(answer.repairs[:_MOST_FREE])
        if repair.changes
    }  # fmt: skip
    return {i: replan for i, replan in found.items() if replan is not None}


def _print(answer: RepairAnswer, freed: dict[int, FreeReplan], language: Language) -> None:
    print(phrase("{demand}: {waiting} without a seat; {tried} changes solved", language,
                 demand=answer.demand, waiting=answer.waiting, tried=sum(answer.tried.values())))  # fmt: skip
    print("  " + _told(answer.shortage.said(), language))
    if not answer.repairs:
        print("  " + phrase("No change of these kinds places them: {kinds}", language, kinds=", ".join(answer.tried)))
        return
    print("  " + _in_one_sentence(answer, language))
    titles = {
        Keep.ALL: phrase("Everybody else keeps the seat:", language),
        Keep.OTHER_COURSES: phrase("Only this course is planned anew:", language),
    }
    for keep, title in titles.items():
        rows = [(i, repair) for i, repair in enumerate(answer.repairs) if repair.kept is keep]
        if rows:
            print(f"  {title}")
        for i, repair in rows:
            _print_repair(repair, freed.get(i), language)


def _print_repair(repair: Repair, free: FreeReplan | None, language: Language) -> None:
    proof = phrase("proven cheapest", language) if repair.proven else phrase("best found", language)
    sign = "+" if repair.extra_cents > 0 else ""
    total = phrase("{cents} in all", language, cents=sign + money(repair.extra_cents, language))
    print(f"    {_change(repair, language)}")
    print(f"      {_told(repair.result(), language)}; {total}; {proof}")
    if free is not None:
        print(f"      {_told(free.said(), language)}")


def _in_one_sentence(answer: RepairAnswer, language: Language) -> str:
    """Return the repair that asks for the fewest more trainees and the cheapest ones that change a rule, one of each kind."""
    people = [repair for repair in answer.repairs if repair.kind == "more_trainees"]
    fewest = min(people, key=lambda repair: int(repair.said.facts.get("more", 1)), default=None)
    rules = {repair.kind: repair for repair in reversed(answer.repairs) if "more_trainees" not in repair.kind}
    by_cost = sorted(rules.values(), key=lambda repair: repair.extra_cents)[:_MOST_RULES]
    told = [f"{_change(repair, language)}, {_told(repair.result(), language)}" for repair in (fewest, *by_cost) if repair]
    if not told:
        told = [f"{_change(repair, language)}, {_told(repair.result(), language)}" for repair in answer.repairs[:1]]
    repairs = f"; {phrase('or', language)} ".join(told)
    return phrase("Cheapest repair: {repairs}.", language, repairs=repairs)


def _change(repair: Repair, language: Language) -> str:
    return f" {phrase('and', language)} ".join(_told(said, language) for said in (repair.said, *repair.also))


def _picture(answers: list[RepairAnswer], language: Language) -> str:
    bars = [
        Bar(f"{answer.demand}: {_change(repair, language)}", repair.extra_cents, money(repair.extra_cents, language))
        for answer in answers
        for repair in answer.repairs
    ]
    note = phrase("Real money more than the present plan; below zero the repair saves", language)
    return bar_chart("repair", phrase("What would place who waits", language), note, bars)


def _told(reason: Reason, language: Language) -> str:
    return in_language(reason, language).sentence


def _document(answer: RepairAnswer, freed: dict[int, FreeReplan], language: Language) -> dict[str, Any]:
    return {
        "demand": answer.demand,
        "waiting": answer.waiting,
        "shortage": in_language(answer.shortage.said(), language).model_dump(),
        "tried": answer.tried,
        "repairs": [_repair_document(repair, freed.get(i), language) for i, repair in enumerate(answer.repairs)],
    }


def _repair_document(repair: Repair, free: FreeReplan | None, language: Language) -> dict[str, Any]:
    return {
        "kind": repair.kind,
        "said": in_language(repair.said, language).model_dump(),
        "also": [in_language(said, language).model_dump() for said in repair.also],
        "result": in_language(repair.result(), language).model_dump(),
        "kept": repair.kept.value,
        "extra_cents": repair.extra_cents,
        "seat_price_cents": repair.seat_price_cents,
        "sizes": repair.sizes,
        "proven": repair.proven,
        "free_replan": None if free is None else in_language(free.said(), language).model_dump(),
        "scenario": repair.scenario.to_dict(),
    }
