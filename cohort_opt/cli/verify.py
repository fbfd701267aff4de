"""Verb verify: the independent judge on a stored proposal."""

import sys
from pathlib import Path

import click

from cohort_opt.cli.exits import REJECTED, plainly
from cohort_opt.problem.read import read_instance
from cohort_opt.report import read_proposal
from cohort_opt.verification.verify_proposal import verify_proposal


@click.command("verify")
@click.argument("instance", type=click.Path(path_type=Path))
@click.argument("proposal", type=click.Path(path_type=Path))
@plainly
def verify_verb(instance: Path, proposal: Path) -> None:
    """Recompute every rule and every cent of PROPOSAL (proposal.json) from INSTANCE, without a solver."""
    report = verify_proposal(read_instance(instance), read_proposal(proposal))
    for verdict in report.verdicts:
        state = "ok" if not verdict.violations else f"{len(verdict.violations)} violations"
        print(f"{verdict.rule:28} {verdict.checked:6} checked  {state}")
    for verdict in report.verdicts:
        for violation in verdict.violations:
            print(f"{verdict.rule}: {violation}", file=sys.stderr)
    if not report.ok:
        sys.exit(REJECTED)
    print("verified")
