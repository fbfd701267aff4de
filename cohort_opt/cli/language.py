"""The option `--language` of the verbs that speak in sentences."""

import click

from cohort_opt.explanation.language import LANGUAGES

LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of every sentence.")
