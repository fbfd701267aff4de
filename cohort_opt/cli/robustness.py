"""Verb robustness: how surely each class keeps its minimum when trainees drop out and maybe-lines stay away."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from cohort_opt.analysis import robustness
from cohort_opt.cli.exits import plainly
from cohort_opt.cli.language import LANGUAGE
from cohort_opt.cli.stored import stored_plan
from cohort_opt.explanation.language import Language, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.problem.read import read_instance


@click.command("robustness")
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("proposal", type=click.Path(path_type=Path))
@click.option("--samples", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same chances.")
@click.option("--survival", type=click.IntRange(1, 100), help="Percent who stay, for courses that do not say; without it all do.")
@click.option("--json", "as_json", is_flag=True, help="The chances with their facts.")
@LANGUAGE
@plainly
def robustness_verb(
    instance: Path, proposal: Path, samples: int, seed: int, survival: int | None, as_json: bool, language: Language
) -> None:
    """Sample who drops out of PROPOSAL and who never comes: the chance of each class to keep its minimum, weakest first."""
    given = read_instance(instance)
    found = robustness(given, stored_plan(given, proposal), samples=samples, seed=seed, survival_percent=survival)
    if as_json:
        rows = [asdict(chance) | {"said": in_language(chance.said(), language).model_dump()} for chance in found.classes]
        print(json.dumps({"all_survived": found.all_survived, "samples": samples, "seed": seed, "classes": rows},
                         indent=2, ensure_ascii=False))  # fmt: skip
        return
    for chance in found.classes:
        bar = "#" * round(chance.percent / 4)
        print(f"{chance.percent:6.1f} % {bar:25}  {in_language(chance.said(), language).sentence}")
    print(phrase("All classes keep their minimum in {percent} % of {samples} samples (seed {seed}).", language,
                 percent=f"{100 * found.all_survived / samples:.1f}", samples=samples, seed=seed))  # fmt: skip
