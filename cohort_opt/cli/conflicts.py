"""Verb conflicts: which pins, frozen seats and promises cannot be kept together."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from cohort_opt.analysis import ConflictAnswer, FoundConflict, find_conflicts
from cohort_opt.cli.exits import INFEASIBLE, plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.explanation.language import Language, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.read import read_instance
from cohort_opt.solver.params import SolveParams


@click.command("conflicts")
@click.argument("instance", type=click.Path(path_type=Path))
@click.option("--promise", "promised", multiple=True, help="A demand line of which everybody must have a seat; may be repeated.")
@click.option("--promise-all", is_flag=True, help="Everybody who asks must have a seat.")
@click.option("--json", "as_json", is_flag=True, help="The conflicts as typed reasons.")
@LANGUAGE
@plainly
def conflicts_verb(instance: Path, promised: tuple[str, ...], promise_all: bool, as_json: bool, language: Language) -> None:
    """Ask whether all pins, frozen seats and promises of INSTANCE can be kept; if not, name the smallest sets that clash."""
    given = read_instance(instance)
    lines = tuple(line.id for line in given.demands) if promise_all else promised
    answer = find_conflicts(given, SolveParams(), lines)
    if as_json:
        print(json.dumps(_document(given, answer, language), indent=2, ensure_ascii=False))
    else:
        _print(given, answer, language)
    sys.exit(INFEASIBLE if answer.conflicts else 0)


def _print(instance: Instance, answer: ConflictAnswer, language: Language) -> None:
    if not answer.fixed and not answer.conflicts:
        print(phrase("Nothing is pinned, frozen or promised; --promise LINE asks for seats.", language))
    elif answer.is_complete and not answer.conflicts:
        print(phrase("All {number} pins, frozen seats and promises can be kept together.", language, number=answer.fixed))
    elif not answer.conflicts:
        print(phrase("Whether all {number} pins, frozen seats and promises can be kept together was not found out in time.",
                     language, number=answer.fixed))  # fmt: skip
    for conflict in answer.conflicts:
        _print_conflict(instance, conflict, language)
    if answer.is_complete and answer.conflicts:
        print(phrase("Without all of these, everything else can be kept.", language))


def _print_conflict(instance: Instance, conflict: FoundConflict, language: Language) -> None:
    label = phrase("checked: solved again alone, and without each of them the others can be kept", language)
    if not conflict.checked:
        label = phrase("claimed: the limits came before the check was done", language)
    if not conflict.members:
        print(phrase("There is no plan, whatever is given up: the rules alone clash.", language))
    elif len(conflict.members) == 1:
        print(phrase("This cannot be kept ({label}):", language, label=label))
    else:
        print(phrase("{members} cannot be kept together ({label}):", language, members=len(conflict.members), label=label))
    for member in conflict.members:
        print(f"  - {in_language(member.said(instance), language).sentence}")
    if conflict.rules:
        print(f"  {phrase('they clash with', language)}")
        for rule in conflict.rules:
            print(f"    {in_language(rule, language).sentence}")


def _document(instance: Instance, answer: ConflictAnswer, language: Language) -> dict[str, object]:
    return {
        "fixed": answer.fixed,
        "is_complete": answer.is_complete,
        "conflicts": [
            {
                "members": [in_language(member.said(instance), language).model_dump() for member in conflict.members],
                "rules": [in_language(rule, language).model_dump() for rule in conflict.rules],
                "checked": conflict.checked,
            }
            for conflict in answer.conflicts
        ],
    }
