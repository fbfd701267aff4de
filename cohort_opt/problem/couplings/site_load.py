"""Site load: in each calendar year of class starts a site holds nobody, or at least so many trainees."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cohort_opt.problem.couplings.view import View, unit_rows
from cohort_opt.problem.instance import Instance

RULE = "site_load"


def applies(instance: Instance) -> bool:
    """Return whether any site opens only for so many."""
    return any(site.min_seats_per_year is not None for site in instance.sites)


def arrays(view: View) -> dict[str, Any]:
    """Return one row for each site and year in which a single smallest class would not do."""
    least = {site.id: site.min_seats_per_year for site in view.instance.sites if site.min_seats_per_year is not None}
    there: dict[tuple[str, int], list[int]] = defaultdict(list)
    for r, run in enumerate(view.runs):
        if run.site in least:
            there[run.site, run.start.year].append(r)
    rows = [
        (f"{RULE}[{site},{year}]", least[site], runs)
        for (site, year), runs in sorted(there.items())
        if min(int(view.problem.run_min[r]) for r in runs) < least[site]
    ]
    return {"loads": unit_rows(rows)}
