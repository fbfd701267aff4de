"""The web service of Cohort Opt."""
