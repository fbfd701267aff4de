"""Site load: in a calendar year a site holds nobody, or at least as many trainees as it opens for.

sum of size over the classes at the site that start in the year = 0 or >= min_seats_per_year[site]      for every site, year
"""

from collections import Counter

from cohort_opt.problem.instance import Instance
from cohort_opt.verification.case import Case
from cohort_opt.verification.violation import Findings, Violation

RULE = "site_load"


def applies(instance: Instance) -> bool:
    """Whether a site opens only for so many."""
    return any(site.min_seats_per_year is not None for site in instance.sites)


def check(case: Case) -> Findings:
    """Yield once for each site with a least load and each year in which it is used."""
    held: Counter[tuple[str, int]] = Counter()
    for planned in case.solution.classes:
        held[planned.site, planned.start.year] += planned.size
    for (site, year), trainees in sorted(held.items()):
        least = case.given.sites[site].min_seats_per_year
        if least is None:
            continue
        message = f"Site[{site}]: it holds {trainees} in {year}, and opens for {least} or more"
        yield None if trainees >= least or not trainees else Violation(RULE, f"{site} {year}", message)
