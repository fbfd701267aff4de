"""Lets `python -m cohort_opt.cli` run the command where scripts are not on the path."""

from cohort_opt.cli.main import main

main(prog_name="cohort-opt")
