"""Plans side by side as a table with words, as JSON, and as a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from cohort_opt.analysis import Comparison, compare
from cohort_opt.explanation.language import Language, money, phrase
from cohort_opt.explanation.sentence import in_language
from cohort_opt.proposal import Proposal
from cohort_opt.report import Bar, bar_chart


def show_comparison(
    proposals: Sequence[Proposal], names: Sequence[str], svg: Path | None, as_json: bool, language: Language
) -> None:
    """Print two to twenty plans side by side, the first as the one to compare with; write the picture where asked."""
    found = compare(proposals)
    if svg is not None:
        svg.write_text(_picture(proposals, names, language), encoding="utf-8")
    if as_json:
        print(json.dumps(_document(found, names, language), indent=2, ensure_ascii=False))
    else:
        _print(found, names, language)


def _print(found: Comparison, names: Sequence[str], language: Language) -> None:
    labels = [_label(name, language) for name, _ in found.rows]
    moved = phrase("trainees moved", language)
    width = max(len(label) for label in (*labels, moved))
    print(f"{'':{width}}" + "".join(f"  {name:>18}" for name in names))
    for label, (_, values) in zip(labels, found.rows, strict=True):
        print(f"{label:{width}}" + "".join(f"  {value:>18}" for value in values))
    print(f"{moved:{width}}" + "".join(f"  {number:>18}" for number in found.moved))
    for name, reasons, indistinct in list(zip(names, found.reasons, found.indistinct, strict=True))[1:]:
        print(f"\n{name}")
        for reason in reasons:
            print(f"  {in_language(reason, language).sentence}")
        if indistinct:
            print(
                "  "
                + phrase("the difference in the objective is smaller than the two gaps together: not distinguishable", language)
            )


def _label(figure: str, language: Language) -> str:
    """Return the name of a figure; each is a phrase of the catalogue."""
    known = {
        "status": phrase("status", language),
        "objective EUR": phrase("objective EUR", language),
        "bound EUR": phrase("bound EUR", language),
        "classes": phrase("classes", language),
        "trainees placed": phrase("trainees placed", language),
        "trainees without a seat": phrase("trainees without a seat", language),
        "cost of classes EUR": phrase("cost of classes EUR", language),
        "journeys EUR": phrase("journeys EUR", language),
        "saved by pooling EUR": phrase("saved by pooling EUR", language),
    }
    return known.get(figure, figure)


def _document(found: Comparison, names: Sequence[str], language: Language) -> dict[str, object]:
    plans = []
    for i, name in enumerate(names):
        changes = [in_language(reason, language).model_dump() for reason in found.reasons[i]]
        figures = {figure: values[i] for figure, values in found.rows}
        plans.append({"name": name, "figures": figures, "moved": found.moved[i], "changes": changes,
                      "indistinct": found.indistinct[i]})  # fmt: skip
    return {"plans": plans}


def _picture(proposals: Sequence[Proposal], names: Sequence[str], language: Language) -> str:
    bars = []
    for name, proposal in zip(names, proposals, strict=True):
        placed = sum(entry.size for entry in proposal.classes or ())
        waiting = sum(entry.count for entry in proposal.unplaced or ())
        text = phrase(
            "{placed} placed, {waiting} waiting, {classes} classes, {cents}", language, placed=placed, waiting=waiting,
            classes=len(proposal.classes or ()), cents=money(proposal.objective_cents or 0, language),
        )  # fmt: skip
        bars.append(Bar(name, proposal.objective_cents or 0, text, proposal.bound_cents))
    note = phrase("What each plan costs with its prices of waiting; the paler bar is the proven bound", language)
    return bar_chart("compare", phrase("Plans side by side", language), note, bars)
