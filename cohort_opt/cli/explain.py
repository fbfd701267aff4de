"""Verb explain: why each class opens and why each waiting line waits."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.reasons import all_reasons, cost_by_goal, reasons_of
from cohort_opt.cli.stored import stored_plan
from cohort_opt.explanation.language import Language, money, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.explanation.starters import told_starter_tests
from cohort_opt.problem.read import read_instance
from cohort_opt.report import Bar, bar_chart, read_proposal

FILE = click.Path(path_type=Path)


@click.command("explain")
@click.argument("instance", type=FILE)
@click.argument("proposal", type=FILE)
@click.option("--svg", type=FILE, help="Write a picture of the cost by goal to this file.")
@click.option("--json", "as_json", is_flag=True, help="Typed reasons with their facts.")
@LANGUAGE
@plainly
def explain_verb(instance: Path, proposal: Path, svg: Path | None, as_json: bool, language: Language) -> None:
    """Say why each class of PROPOSAL opens and why each waiting line waits."""
    given = read_instance(instance)
    plan = stored_plan(given, proposal)
    tests = [in_language(reason, language) for _, reason in told_starter_tests(given, plan)]
    found = read_proposal(proposal)
    goals = cost_by_goal(found, language)
    if svg is not None:
        note = phrase("Cost of the plan by goal; prices of waiting and of no seat are not real money", language)
        bars = [Bar(name, cents, money(cents, language)) for name, cents in goals.items()]
        svg.write_text(bar_chart("goals", found.instance_name, note, bars), encoding="utf-8")
    if as_json:
        said = {
            part: {key: [r.model_dump() for r in rows] for key, rows in of.items()}
            for part, of in reasons_of(found, language).items()
        }
        terms = None if found.objective_terms is None else found.objective_terms.model_dump()
        said |= {"starter_tests": {"all": [reason.model_dump() for reason in tests]}} if tests else {}
        print(json.dumps({"objective_terms": terms, **said}, indent=2, ensure_ascii=False))
        return
    print(phrase("Cost of the plan by goal", language))
    for name, cents in goals.items():
        print(f"  {name:42} {money(cents, language):>16}")
    print(all_reasons(found, language))
    for reason in tests:
        print(reason.sentence)
