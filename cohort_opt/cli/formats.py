"""Verbs about the input itself: validate, template, schema, generate."""

import json
import sys
from pathlib import Path

import click

from cohort_opt.cli.exits import plainly
from cohort_opt.generate import ALL_RULES, Size, generate_json
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.read import instance_schema, read_instance
from cohort_opt.problem.template import write_template

SIZES: tuple[Size, ...] = ("A", "B", "L", "XL")


@click.command("validate")
@click.argument("instance", type=click.Path(path_type=Path))
@plainly
def validate_verb(instance: Path) -> None:
    """Check INSTANCE (a JSON file, a workbook or a folder of sheets) and list every problem."""
    found = read_instance(instance)
    find_candidates(found)  # pins, bans and frozen seats on runs that cannot be are named here too
    trainees = sum(demand.count for demand in found.demands)
    print(f"{instance}: valid; {len(found.companies)} companies, {len(found.demands)} demand lines, {trainees} trainees")
    print(f"fingerprint {found.fingerprint()}")


@click.command("template")
@click.argument("file", type=click.Path(path_type=Path))
@plainly
def template_verb(file: Path) -> None:
    """Write an empty workbook to FILE (.xlsx) that a planner can fill in."""
    write_template(file)
    print(f"{file}: fill it in, then: cohort-opt validate {file}")


@click.command("schema")
@plainly
def schema_verb() -> None:
    """Print the JSON Schema of an instance."""
    print(json.dumps(instance_schema(), indent=2, sort_keys=True, ensure_ascii=False))


@click.command("generate")
@click.option("--size", type=click.Choice(SIZES), required=True, help="A 46 trainees, B 230, L 7,000, XL 100,000.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same bytes.")
@click.option("--rules", default="", help="Further rules, by name and separated by commas; all = every rule there is.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="JSON file to write; - for standard output.")
@plainly
def generate_verb(size: Size, seed: int, rules: str, out: Path) -> None:
    """Write a synthetic region with shared rooms and instructors."""
    wanted = ALL_RULES if rules == "all" else tuple(name.strip() for name in rules.split(",") if name.strip())
    try:
        text = generate_json(size, seed, wanted)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--rules") from None
    if str(out) == "-":
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        print(f"{out}: size {size}, seed {seed}" + (f", {len(wanted)} further rules" if wanted else ""))
