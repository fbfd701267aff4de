"""What the judge says about a plan or a proposal."""

from collections.abc import Iterable
from dataclasses import dataclass

from cohort_opt.errors import VerificationError
from cohort_opt.proposal import ObjectiveTerms, RuleVerdict
from cohort_opt.verification.objective import total_cents
from cohort_opt.verification.violation import Findings, Violation


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule or claim: how many things were looked at and what was wrong with them."""

    rule: str
    checked: int
    violations: tuple[Violation, ...]

    def as_record(self) -> RuleVerdict:
        """Return the verdict as it stands in a proposal."""
        return RuleVerdict(
            rule=self.rule, checked=self.checked, violations=tuple(violation.message for violation in self.violations)
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The whole judgement.

    Parameters
    ----------
    verdicts
        One for each rule, in the order of the registry. Where the plan's form is broken there is only that one verdict.
    objective_terms
        Recomputed; `None` where the plan's form is broken or there is no plan.
    """

    verdicts: tuple[Verdict, ...]
    objective_terms: ObjectiveTerms | None

    @property
    def ok(self) -> bool:
        """Return whether nothing at all is wrong."""
        return not any(verdict.violations for verdict in self.verdicts)

    @property
    def total_cents(self) -> int | None:
        """Return the recomputed objective, `None` where it cannot be told."""
        return None if self.objective_terms is None else total_cents(self.objective_terms)

    @property
    def violations(self) -> tuple[Violation, ...]:
        """Return all violations, in the order of the rules."""
        return tuple(violation for verdict in self.verdicts for violation in verdict.violations)

    @property
    def broken(self) -> tuple[str, ...]:
        """Return the names of the rules that are broken."""
        return tuple(verdict.rule for verdict in self.verdicts if verdict.violations)

    def records(self) -> tuple[RuleVerdict, ...]:
        """Return the verdicts as they stand in a proposal."""
        return tuple(verdict.as_record() for verdict in self.verdicts)

    def raise_if_rejected(self) -> None:
        """Stop here unless the plan passed.

        Raises
        ------
        VerificationError
            With one line for each violation.
        """
        if not self.ok:
            raise VerificationError("\n".join(f"{found.rule}: {found.message}" for found in self.violations))


def gather(rule: str, findings: Findings | Iterable[Violation | None]) -> Verdict:
    """Return the verdict from what a rule yields."""
    checked, violations = 0, []
    for finding in findings:
        checked += 1
        if finding is not None:
            violations.append(finding)
    return Verdict(rule, checked, tuple(violations))
