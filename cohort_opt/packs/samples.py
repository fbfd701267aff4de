"""The sample packs that come with the library. They show how packs are written; none of them is current law."""

from __future__ import annotations

from importlib import resources

from cohort_opt.packs.pack import RulePack
from cohort_opt.packs.read import read_pack

SAMPLES = (
    "haaglanden-2023",
    "leiden-area-2023",
    "lower-saxony-chamber",
    "netherlands-practice-2023",
    "netherlands-wage-benefits-2025",
    "rotterdam-unknown",
    "utrecht-version-1",
    "utrecht-version-2",
)
"""Ids of the sample packs, sorted; the file of each is `data/<id>.json`."""


def sample_pack(name: str) -> RulePack:
    """Return a sample pack by its id, one of `SAMPLES`."""
    if name not in SAMPLES:
        raise KeyError(f"{name} is not a sample pack; there are {', '.join(SAMPLES)}")
    return read_pack((resources.files("cohort_opt.packs") / "data" / f"{name}.json").read_bytes())


def sample_packs() -> tuple[RulePack, ...]:
    """Return all sample packs, sorted by id."""
    return tuple(sample_pack(name) for name in SAMPLES)
