"""Files beside an instance: contracts of a buyer, a tender what-if, outcomes of a branch, regions; each read strictly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt.packs.read import record_from
from cohort_opt.packs.sector.unmet import Outcome
from cohort_opt.packs.social_return import Contract, StatedStanding
from cohort_opt.packs.tender import Award, PlaceOffer
from cohort_opt.problem.fields import Text
from cohort_opt.problem.records import Record
from cohort_opt.problem.strict_json import read_json


class Contracts(Record):
    """Contracts with a social-return obligation, and what companies state about themselves."""

    format: Literal["cohort-opt-contracts/1"] = "cohort-opt-contracts/1"
    contracts: Annotated[tuple[Contract, ...], Field(min_length=1, max_length=10_000)]
    standings: Annotated[tuple[StatedStanding, ...], Field(max_length=10_000)] = ()


class Tender(Record):
    """Offers of places and the award rules to compare."""

    format: Literal["cohort-opt-tender/1"] = "cohort-opt-tender/1"
    offers: Annotated[tuple[PlaceOffer, ...], Field(min_length=1, max_length=10_000)]
    awards: Annotated[tuple[Award, ...], Field(min_length=1, max_length=100)]


class Outcomes(Record):
    """What became of the starters, by company and trade, in counts."""

    format: Literal["cohort-opt-outcomes/1"] = "cohort-opt-outcomes/1"
    outcomes: Annotated[tuple[Outcome, ...], Field(max_length=100_000)]


class Region(Record):
    """A region of the publisher: a name and its municipalities."""

    name: Text
    municipalities: Annotated[tuple[Text, ...], Field(min_length=1, max_length=2_000)]


class Regions(Record):
    """The regions by which a branch publishes."""

    format: Literal["cohort-opt-regions/1"] = "cohort-opt-regions/1"
    regions: Annotated[tuple[Region, ...], Field(min_length=1, max_length=1_000)]

    def by_municipality(self) -> dict[str, str]:
        """Return the region of each municipality."""
        return {town: region.name for region in self.regions for town in region.municipalities}


def read_contracts(source: bytes) -> Contracts:
    """Return the contracts in a JSON text; raises `InstanceError` with every field that is wrong."""
    return record_from(Contracts, read_json(source))


def read_tender(source: bytes) -> Tender:
    """Return the tender what-if in a JSON text; raises `InstanceError` with every field that is wrong."""
    return record_from(Tender, read_json(source))


def read_outcomes(source: bytes) -> Outcomes:
    """Return the outcomes in a JSON text; raises `InstanceError` with every field that is wrong."""
    return record_from(Outcomes, read_json(source))


def read_regions(source: bytes) -> Regions:
    """Return the regions in a JSON text; raises `InstanceError` with every field that is wrong."""
    return record_from(Regions, read_json(source))
