"""Why one demand line may not attend one run: every rule that keeps it out, with its values."""

from __future__ import annotations

from collections.abc import Iterator

from cohort_opt.problem.class_costs import ClassCosts
from cohort_opt.problem.couplings.combination import courses_taught
from cohort_opt.problem.instance import Instance
from cohort_opt.problem.journeys import Journeys
from cohort_opt.problem.line_parts import smallest_part
from cohort_opt.problem.line_rules import LINE_RULES
from cohort_opt.problem.rates import least_size_for_price
from cohort_opt.problem.records import Demand
from cohort_opt.problem.run import Facts, Rejection, Run


def blockers(instance: Instance, demand: Demand, run: Run) -> tuple[Rejection, ...]:
    """Return every rule that keeps the demand line out of the run, with its values; for many pairs use `Blockers`."""
    return Blockers(instance).of(demand, run)


class Blockers:
    """The blockers of any pair of an instance; everything that does not depend on the pair is looked up once."""

    def __init__(self, instance: Instance) -> None:
        """Look up companies, offerings, journeys and the rules that the instance needs."""
        self._instance = instance
        self._costs = ClassCosts.of(instance)
        self._companies = {company.id: company for company in instance.companies}
        self._offerings = {offering.id: offering for offering in instance.offerings}
        self._taught = courses_taught(instance)
        self._journeys = Journeys.of(instance)
        self._line_rules = tuple(rule for rule in LINE_RULES.values() if rule.applies(instance))
        self._bans = {(ban.run, ban.demand) for ban in instance.bans}

    def of(self, demand: Demand, run: Run) -> tuple[Rejection, ...]:
        """Return every rule that keeps the demand line out of the run; empty if it may attend."""
        return tuple(self._of(demand, run))

    def km_beyond(self, demand: Demand, site: str) -> int:
        """Return by how many km a site lies beyond what the line accepts; 0 where it may go or stay."""
        beyond = self._journeys.km(demand, site) - demand.max_travel_km
        return 0 if beyond <= 0 or self._journeys.may_stay(demand, site) else beyond

    def _of(self, demand: Demand, run: Run) -> Iterator[Rejection]:
        subject = f"{demand.id} @ {run.id}"
        company, offering = self._companies[demand.company], self._offerings[run.offering]
        if demand.course not in self._taught[run.offering]:
            yield Rejection(subject, "course", {"asked": demand.course, "taught": run.course})
        journeys = self._journeys
        if (km := journeys.km(demand, run.site)) > demand.max_travel_km and not journeys.may_stay(demand, run.site):
            yield Rejection(subject, "travel_limit", {"travel_km": km, "limit_km": demand.max_travel_km, "site": run.site})
        longest = demand.max_travel_minutes
        minutes = 0 if longest is None else journeys.minutes(demand, run.site)
        if longest is not None and minutes > longest and not journeys.may_stay(demand, run.site):
            time: Facts = {"travel_minutes": minutes, "limit_minutes": longest, "site": run.site}
            yield Rejection(subject, "travel_time_limit", time)
        if not demand.earliest_start <= run.start <= demand.latest_start:
            window = {"earliest_start": demand.earliest_start.isoformat(), "latest_start": demand.latest_start.isoformat()}
            yield Rejection(subject, "start_window", {"start": run.start.isoformat(), **window})
        refused = sorted({day.weekday() for day in run.dates} - {day.number for day in demand.weekdays})
        if refused:
            yield Rejection(subject, "weekdays", {"weekday": ("mon", "tue", "wed", "thu", "fri")[refused[0]]})
        if run.kind not in demand.patterns:
            yield Rejection(subject, "release_pattern", {"pattern": run.kind, "accepted": ", ".join(demand.patterns)})
        for period in company.closed:
            if day := next((day for day in run.dates if day in period), None):
                yield Rejection(subject, "company_closed_days", {"date": day.isoformat(), "closure": period.name})
                break
        part = smallest_part(demand)
        if part > run.max_seats:
            yield Rejection(subject, "parts", {"smallest_part": part, "max_seats": run.max_seats})
        if company.max_away_per_day is not None and part > company.max_away_per_day:
            yield Rejection(subject, "company_absence", {"smallest_part": part, "max_away_per_day": company.max_away_per_day})
        if demand.max_seat_price_cents is not None:
            fixed = self._costs.fixed_cents(run)
            size = least_size_for_price(fixed, offering.seat_cents, demand.max_seat_price_cents)
            if size is None or size > run.max_seats:
                facts: dict[str, int | str] = {"cap_cents": demand.max_seat_price_cents, "max_seats": run.max_seats}
                full = -(-(fixed + offering.seat_cents * run.max_seats) // run.max_seats)
                yield Rejection(subject, "price_cap", {**facts, "price_of_a_full_class_cents": full})
        for rule in self._line_rules:
            clash = rule.clash(self._instance, demand, run)
            if clash is not None:
                yield Rejection(subject, rule.RULE, clash)
        if (run.id, demand.id) in self._bans:
            yield Rejection(subject, "bans", {"run": run.id})
