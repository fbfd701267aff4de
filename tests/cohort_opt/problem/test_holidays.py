"""Holidays by name: public, school by region, the building trade from dated rows; written into the calendar of an instance."""

import datetime as dt

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.candidates import find_candidates
from cohort_opt.problem.holidays import HolidaySet, holiday_periods
from cohort_opt.problem.scenario import apply, scenario_from_dict
from tests.builders import make_instance

YEAR = (dt.date(2027, 1, 1), dt.date(2027, 12, 31))


def test_public_holidays_of_2027():
    found = {period.first.isoformat(): period.name for period in holiday_periods(HolidaySet.NL_PUBLIC, *YEAR)}
    # Easter 2027 falls on 28 March.
    assert found["2027-03-29"] == "Easter Monday"
    assert found["2027-04-27"] == "King's Day"
    assert found["2027-05-06"] == "Ascension Day"
    assert found["2027-05-17"] == "Pentecost Monday"


@pytest.mark.parametrize(("region", "first"), [("north", "2026-07-04"), ("middle", "2026-07-18"), ("south", "2026-07-11")])
def test_the_summer_of_2026_begins_by_region(region, first):
    periods = holiday_periods(HolidaySet(f"nl-school-{region}"), dt.date(2026, 6, 1), dt.date(2026, 9, 30))
    (summer,) = periods
    assert summer.first.isoformat() == first
    assert (summer.last - summer.first).days == 43  # six weeks with both weekends around them


@pytest.mark.parametrize(("region", "first"), [("north", "2026-07-20"), ("middle", "2026-08-03"), ("south", "2026-07-27")])
def test_the_building_trade_rests_three_weeks_by_region(region, first):
    (period,) = holiday_periods(HolidaySet(f"nl-building-{region}"), dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert period.first.isoformat() == first
    assert (period.last - period.first).days == 18
    assert period.name == f"building-trade holiday {region}"


def test_every_row_of_the_building_trade_is_three_weeks_from_monday_to_friday():
    for year in (2017, 2023, 2024, 2026):
        for region in ("north", "middle", "south"):
            first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
            (period,) = holiday_periods(HolidaySet(f"nl-building-{region}"), first, last)
            assert (period.first.weekday(), (period.last - period.first).days) == (0, 18)


def test_a_period_is_cut_to_the_days_asked_for():
    (period,) = holiday_periods(HolidaySet.NL_BUILDING_NORTH, dt.date(2026, 7, 30), dt.date(2026, 8, 3))
    assert (period.first.isoformat(), period.last.isoformat()) == ("2026-07-30", "2026-08-03")


@pytest.mark.parametrize("which", ["nl-building-north", "nl-school-south"])
def test_a_year_without_data_is_refused_and_not_guessed(which):
    with pytest.raises(InstanceError) as refused:
        holiday_periods(HolidaySet(which), dt.date(2031, 1, 1), dt.date(2031, 12, 31))
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("unknown-year", "2031")


def _closed(**change):
    scenario = scenario_from_dict({"name": "holidays", "changes": [{"kind": "close_holidays", **change}]})
    return apply(make_instance(), scenario)


def test_a_change_writes_the_days_of_the_horizon_into_the_calendar():
    closed = {period.first.isoformat() for period in _closed(holidays="nl-public").calendar.closed}
    # March to June: Good Friday, Easter Sunday and Monday, King's Day, Ascension Day, Pentecost Sunday and Monday.
    assert closed == {"2027-03-26", "2027-03-28", "2027-03-29", "2027-04-27", "2027-05-06", "2027-05-16", "2027-05-17"}


def test_a_company_alone_can_have_school_holidays():
    changed = _closed(holidays="nl-school-middle", company="acme")
    acme = next(company for company in changed.companies if company.id == "acme")
    assert changed.calendar.closed == ()
    assert {period.name for period in acme.closed} >= {"May Break"}
    assert find_candidates(changed).problem.num_arcs == find_candidates(make_instance()).problem.num_arcs


def test_an_unknown_year_is_told_at_the_change():
    with pytest.raises(InstanceError) as refused:
        _closed(holidays="nl-building-north")
    (problem,) = refused.value.problems
    assert (problem.code, problem.pointer) == ("unknown-year", "/changes/0/holidays")
