"""The command `cohort-opt`: one file per verb; this one lists them."""

import click

from cohort_opt.cli.bench import bench_verb
from cohort_opt.cli.conflicts import conflicts_verb
from cohort_opt.cli.exits import EXIT_CODES
from cohort_opt.cli.explain import explain_verb
from cohort_opt.cli.formats import generate_verb, schema_verb, template_verb, validate_verb
from cohort_opt.cli.holidays import holidays_verb
from cohort_opt.cli.late import late_verb
from cohort_opt.cli.places import places_verb
from cohort_opt.cli.plan_rules import PLAN_VERBS
from cohort_opt.cli.pooling import pooling_verb
from cohort_opt.cli.propose import propose_verb
from cohort_opt.cli.repair import repair_verb
from cohort_opt.cli.robustness import robustness_verb
from cohort_opt.cli.rules import rules_verb
from cohort_opt.cli.scenario import scenario_verb
from cohort_opt.cli.sector import sector_verb
from cohort_opt.cli.share import share_verb
from cohort_opt.cli.starters import starters_verb
from cohort_opt.cli.sweep import sweep_verb
from cohort_opt.cli.tender import tender_verb
from cohort_opt.cli.travel import travel_verb
from cohort_opt.cli.value import value_verb
from cohort_opt.cli.verify import verify_verb

VERBS: tuple[click.Command, ...] = (
    bench_verb,
    conflicts_verb,
    explain_verb,
    generate_verb,
    holidays_verb,
    late_verb,
    places_verb,
    pooling_verb,
    propose_verb,
    repair_verb,
    robustness_verb,
    rules_verb,
    scenario_verb,
    schema_verb,
    sector_verb,
    share_verb,
    starters_verb,
    sweep_verb,
    template_verb,
    tender_verb,
    travel_verb,
    validate_verb,
    value_verb,
    verify_verb,
)

_EPILOG = "Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + "."


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cohort-opt")
def main() -> None:
    """Pool trainees of several companies into full classes, with a proven gap and a price per company."""


for _verb in PLAN_VERBS:
    rules_verb.add_command(_verb)
for _verb in VERBS:
    main.add_command(_verb)
