"""Verb starters: whether at least so many start in each of several consecutive years, as a school or a sponsor may ask."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.explanation.language import Language, phrase, written_day
from cohort_opt.explanation.sentence import in_language
from cohort_opt.explanation.starters import told_starter_tests
from cohort_opt.problem.read import read_instance
from cohort_opt.report.text_table import table
from cohort_opt.verification.starters import StarterYear


@click.command("starters")
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("proposal", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every year of every test with its figures.")
@LANGUAGE
@plainly
def starters_verb(instance: Path, proposal: Path, as_json: bool, language: Language) -> None:
    """Say for each starter test of INSTANCE whether PROPOSAL keeps it, year by year: by firm lines, as expected, by all."""
    given = read_instance(instance)
    told = told_starter_tests(given, stored_plan(given, proposal))
    if as_json:
        rows = [
            {
                "test": result.test.id, "outcome": result.outcome, "said": in_language(reason, language).model_dump(),
                "years": [asdict(year) | {"first": str(year.first), "last": str(year.last)} for year in result.years],
            }
            for result, reason in told
        ]  # fmt: skip
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    if not told:
        print(phrase("The instance has no starter test.", language))
    header = [
        phrase("year from", language), phrase("promised", language), phrase("firm", language), phrase("expected", language),
        phrase("all", language), phrase("could start", language),
    ]  # fmt: skip
    for result, reason in told:
        print(in_language(reason, language).sentence)
        print("\n".join(table(header, [_row(year, language) for year in result.years], "<>>>>>", (0,))))


def _row(year: StarterYear, language: Language) -> list[str]:
    expected = f"{year.expected_hundredths / 100:.1f}".replace(".", "." if language == "en" else ",")
    day = written_day(year.first.isoformat(), language) or ""
    return [day, str(year.promised), str(year.firm), expected, str(year.everybody), str(year.asked)]
