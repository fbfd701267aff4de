"""A proposal as files people open: JSON, CSV, workbook, calendars, and a page with map and timeline."""

from cohort_opt.report.chart import Bar, bar_chart
from cohort_opt.report.pictures import Pictures, pictures, province_outlines
from cohort_opt.report.read import proposal_from_json, read_proposal
from cohort_opt.report.summary import summary_table
from cohort_opt.report.write import render_report, write_report

__all__ = [
    "Bar",
    "Pictures",
    "bar_chart",
    "pictures",
    "proposal_from_json",
    "province_outlines",
    "read_proposal",
    "render_report",
    "summary_table",
    "write_report",
]
