"""Packs named in a what-if: one pack that everybody takes, or a folder of packs that each hold in their own area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.packs.harmonise import harmonised
from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.read import load_packs
from cohort_opt.packs.samples import SAMPLES, sample_pack
from cohort_opt.problem.instance import Instance


@dataclass(frozen=True, slots=True)
class Chosen:
    """The packs of a what-if.

    Parameters
    ----------
    packs
        All packs as they would hold, sorted by id.
    everyone_takes
        Id of the one pack that every municipality takes; empty where each pack keeps its own area.
    """

    packs: tuple[RulePack, ...]
    everyone_takes: str

    @property
    def statuses(self) -> tuple[str, ...]:
        """Return the statuses of the packs, each once, the least reliable first."""
        there = {pack.status for pack in self.packs}
        return tuple(status for status in ("sample", "draft", "confirmed") if status in there)


def chosen(named: str | Path, today: Sequence[RulePack], instance: Instance) -> Chosen:
    """Return the packs that a name stands for.

    Parameters
    ----------
    named
        A pack file; a folder; the id of one of today's packs; or the id of a sample pack. One pack is taken by every municipality
        of the instance in place of the packs of its tier. A folder of several packs replaces today's packs.
    today
        The packs as they hold now; funds and countries stay where a local pack is taken by all.

    Raises
    ------
    InstanceError
        If nothing has this name, or the packs are not sound.
    """
    path = Path(named)
    found = load_packs([path]) if path.exists() else (_by_id(str(named), today),)
    if not found:
        raise InstanceError([
            InputProblem("missing-field", "Folder", path.name, "holds no pack (*.json)", "name a folder of packs", "")
        ])  # fmt: skip
    if len(found) > 1:
        return Chosen(found, "")
    (one,) = found
    towns = {company.municipality for company in instance.companies} | {site.municipality for site in instance.sites}
    others = [pack for pack in today if pack.id != one.id]
    return Chosen(harmonised([*others, one], one.id, towns), one.id)


def _by_id(name: str, today: Sequence[RulePack]) -> RulePack:
    for pack in today:
        if pack.id == name:
            return pack
    if name in SAMPLES:
        return sample_pack(name)
    known = ", ".join([*(pack.id for pack in today), *SAMPLES])
    raise InstanceError([
        InputProblem("unknown-reference", "RulePack", name[:64], f"there is no such file, folder or pack; packs known: {known}",
                     "correct the name, or give the path of the pack", "")
    ])  # fmt: skip
