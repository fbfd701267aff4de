import pytest

from cohort_opt.packs.places.check import german_norm
from cohort_opt.packs.sector.ramp import seven_year_ramp


def test_a_ramp_climbs_in_a_straight_line_for_seven_years():
    # From 30 to 100 in seven years: ten more each year.
    rows = seven_year_ramp(2027, 30, 100, [35, 50, 60], 66, german_norm())
    assert [row.year for row in rows] == list(range(2027, 2034))
    assert [row.wanted for row in rows] == [40, 50, 60, 70, 80, 90, 100]
    assert [row.gap for row in rows] == [5, 0, 0, 10, 20, 30, 40]
    # 66 % of 35 = 23.1; 16 trainees per full-time mentor: 35 need three.
    assert (rows[0].finishers, rows[0].mentors) == (23, 3)


def test_a_ramp_that_does_not_divide_is_rounded_up_and_ends_at_the_goal():
    assert [row.wanted for row in seven_year_ramp(2027, 0, 10, [], 50, german_norm())] == [2, 3, 5, 6, 8, 9, 10]


def test_one_to_one_needs_a_mentor_for_everybody():
    assert seven_year_ramp(2027, 5, 5, [5], 100, german_norm(), trainees_per_mentor=1)[0].mentors == 5


@pytest.mark.parametrize(("now", "wanted", "percent"), [(10, 9, 50), (-1, 9, 50), (1, 9, 101)])
def test_figures_outside_their_range_are_refused(now, wanted, percent):
    with pytest.raises(ValueError, match="must"):
        seven_year_ramp(2027, now, wanted, [], percent, german_norm())
