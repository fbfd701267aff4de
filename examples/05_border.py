"""Eight municipalities, three rule packs: what a border costs, and what agreeing on one pack would gain.

Two companies of the north and two of the east come only if funded. Their packs ask for a venue in their own area, or for ten at
the start, and so two of three classes never open. If all took the pack of the river towns, all three would.
"""

from pathlib import Path

from cohort_opt import propose, read_instance
from cohort_opt.packs import (
    border_report,
    classes_of,
    evaluate,
    harmonisation,
    load_packs,
    read_facts,
    setting_of_class,
    uncovered_risk,
)

FOLDER = Path(__file__).parent / "border"
TOWNS = ("Rotterdam", "Delft", "Gouda")


if __name__ == "__main__":
    instance = read_instance(FOLDER / "instance.json")
    packs = load_packs([FOLDER / "packs"])
    facts = read_facts((FOLDER / "facts.json").read_bytes(), instance)

    today = evaluate(instance, packs, facts, propose)
    print(f"today: {today.classes} class, {today.places} placed, {today.waiting} wait")
    for rule in sorted({effect.rule for effect in today.effects}):
        lines = sorted({effect.demand for effect in today.effects if effect.rule == rule})
        print(f"  {rule} keeps out or binds {', '.join(lines)}")

    for pack in packs:
        print(harmonisation(instance, packs, facts, pack.id, propose).sentence())

    planned = classes_of(today.proposal)
    report = border_report(instance, packs, facts, "alder-sawing", setting_of_class(instance, planned[0]), TOWNS, seats=3)
    print("three sawyers in the same class:")
    for row in report.table():
        print("  " + " | ".join(row))
    for line in uncovered_risk(instance, packs, facts, planned):
        print(line.sentence())
    print(today.subsidies.estimates[0].sentence())
