import pytest
from pydantic import ValidationError

from cohort_opt.packs.places.mentors import Mentored, MentorNeed
from cohort_opt.packs.sector.unmet import Outcome, inclusion_figures, missing_mentors, unmet_demand
from tests.builders import MONDAY, company, demand, make_instance

TOWNS = {"Rotterdam": "river", "Schiedam": "river", "Vlaardingen": "river"}


def instance():
    firms = [company("acme"), company("bolt", municipality="Schiedam"), company("cito", municipality="Vlaardingen")]
    return make_instance(
        companies=firms, demands=[demand(f"{c}-drilling", count=6) for c in ("acme", "bolt", "cito")], distances=[]
    )


def test_trainees_without_a_seat_are_counted_by_trade_and_region():
    # 3 * 6 asked, nobody placed.
    found = unmet_demand(instance(), [], TOWNS)
    assert [(cell.key, cell.persons) for cell in found.cells] == [(("concrete", "river"), 18)]


def test_placed_trainees_are_not_unmet(planned):
    # 6 + 2 placed leave 0 + 4 + 6 of two companies: too few to tell.
    classes = [planned(instance(), {"acme-drilling": 6, "bolt-drilling": 2})]
    assert unmet_demand(instance(), classes, TOWNS).cells == ()


def test_a_town_without_a_region_stands_alone_and_is_too_small():
    assert unmet_demand(instance(), [], {}).cells[0].key == ("other",)


def test_missing_mentors_are_counted_by_trade():
    rows = [Mentored(MentorNeed(c, "concrete", MONDAY, 5), 1, 0, ()) for c in ("acme", "bolt", "cito")]
    assert missing_mentors(rows).persons(("concrete",)) == 12


def outcomes(*rows):
    names = ("starters", "finishers", "placed_after_six_months")
    return [Outcome(company=f"c{i}", trade="concrete", **dict(zip(names, row, strict=True))) for i, row in enumerate(rows)]


def test_starters_finishers_and_placed_are_shown_where_every_step_passes():
    # Left early: 4 each of three companies; not placed: 4 each.
    found = inclusion_figures(outcomes((15, 11, 7), (15, 11, 7), (15, 11, 7)))
    assert [t.persons(("concrete",)) for t in (found.starters, found.finishers, found.placed)] == [45, 33, 21]
    assert found.rate("concrete") == (33, 45)


@pytest.mark.parametrize(
    "rows",
    [
        ((15, 14, 8), (15, 14, 8), (15, 14, 8)),  # three left early: too few to tell
        ((15, 15, 8), (15, 15, 8), (15, 15, 8)),  # nobody left early: it would tell that of each company
        ((15, 9, 1), (15, 9, 1), (15, 9, 1)),  # three are placed
    ],
)
def test_a_step_that_tells_of_few_hides_the_trade_in_all_three_tables(rows):
    found = inclusion_figures(outcomes(*rows))
    assert (found.starters.cells, found.finishers.cells, found.placed.cells) == ((), (), ())
    assert found.rate("concrete") is None


def test_more_finishers_than_starters_are_refused():
    with pytest.raises(ValidationError):
        Outcome(company="c", trade="t", starters=1, finishers=2, placed_after_six_months=0)
