"""What is missing at a place, with its facts; the sentence comes from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cohort_opt.packs.wording import Language, euros, say


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """One thing that is missing.

    Parameters
    ----------
    rule
        `recognition`, `host_places`, `ratio`, `mentor`, `gate_contract`, `gate_guidance`, `no_host`, `check_in`,
        `follow_on` or `level_field`.
    subject
        Company, host place or demand line.
    facts
        Named values of the sentence.
    """

    rule: str
    subject: str
    facts: Mapping[str, int | str]

    def sentence(self, language: Language = "en") -> str:
        """Return the finding in words."""
        facts = {name: value for name, value in self.facts.items() if not name.endswith("_cents")}
        amounts = {
            f"{name.removesuffix('_cents')}_euro": euros(int(value), language)
            for name, value in self.facts.items()
            if name.endswith("_cents")
        }
        status = say("price.of_the_instance", language)
        return say(f"place.{self.rule}", language, subject=self.subject, price_status=status, **amounts, **facts)
