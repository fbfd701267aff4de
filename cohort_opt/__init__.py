"""Cohort Opt: several small companies, one full class, a price each of them can check."""
