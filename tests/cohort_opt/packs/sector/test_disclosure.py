import itertools
import random

import pytest

from cohort_opt.packs.sector.disclosure import MIN_POSSIBLE, REST, may_follow, may_publish, release


@pytest.mark.parametrize(
    ("counts", "passes"),
    [
        ((4, 3, 3), True),
        ((4, 3, 2), False),  # nine persons
        ((5, 5), False),  # two companies
        ((8, 1, 1), False),  # the large one knows that both others have one
        ((6, 2, 2), True),  # the large one knows 2 + 2: 1, 2 or 3 are possible
        ((7, 2, 1), False),  # the large one knows 3 of two: 1 or 2
        ((4, 2, 2, 2), True),
        ((0, 5, 5), False),  # a company with nobody does not count
    ],
)
def test_a_cell_needs_ten_persons_of_three_companies_and_three_possible_numbers(counts, passes):
    assert may_publish({f"c{i}": count for i, count in enumerate(counts)}) == passes


def big(n=4):
    return {f"c{i}": n for i in range(3)}


def test_small_cells_are_merged_into_a_rest_that_passes_itself():
    table = {("a",): big(), ("b",): {"c0": 3, "c1": 2}, ("c",): {"c2": 4, "c3": 2}}
    found = release(table)
    # The rest has 3 + 2 + 4 + 2 = 11 persons of four companies.
    assert [(cell.key, cell.persons) for cell in found.cells] == [(("a",), 12), (REST, 11)]
    assert found.merged == (("b",), ("c",))


def test_a_published_cell_joins_the_rest_where_the_rest_alone_would_tell():
    table = {("a",): big(), ("b",): big(5), ("c",): {"c0": 1}}
    found = release(table)
    assert [(cell.key, cell.persons) for cell in found.cells] == [(("b",), 15), (REST, 13)]


def test_nothing_is_published_where_nothing_passes():
    found = release({("a",): {"c0": 20}})
    assert (found.cells, found.merged) == ((), (("a",),))


def test_an_unchanged_cell_and_a_large_change_may_follow():
    assert may_follow(big(), big())
    assert may_follow(big(), big(8))
    assert not may_follow(big(), {**big(), "c0": 5})


def test_a_change_of_one_company_keeps_the_old_figure():
    first = release({("a",): big()})
    second = release({("a",): {**big(), "c0": 20}}, first)
    assert [(cell.persons, cell.kept) for cell in second.cells] == [(12, True)]


def test_a_change_that_undoes_an_earlier_one_is_held_against_all_releases():
    # Three companies move by four, then all but one move back: against the first release only one company differs.
    first = release({("a",): big()})
    second = release({("a",): big(8)}, first)
    assert second.cells[0].persons == 24
    back = {("a",): {"c0": 4, "c1": 4, "c2": 9}}
    assert release(back, second).cells[0].kept
    assert release({("a",): big()}, second).cells[0].persons == 12


def test_a_cell_that_becomes_too_small_keeps_its_old_figure():
    first = release({("a",): big()})
    assert [(c.persons, c.kept) for c in release({("a",): {"c0": 1}}, first).cells] == [(12, True)]


def test_a_new_key_joins_the_rest_and_never_splits_a_published_cell():
    first = release({("a",): big(), ("b",): big()})
    second = release({("a",): big(), ("b",): big(), ("z",): big()}, first)
    assert [cell.key for cell in second.cells] == [("a",), ("b",)]
    assert second.merged == (("z",),)


def possible_numbers(published, known, companies):
    """Enumerate what an attacker who knows its own row can still believe of each other company in one cell."""
    others = [name for name in companies if name != known[0]]
    total = published - known[1]
    worlds = [w for w in itertools.product(range(1, total + 1), repeat=len(others)) if sum(w) == total]
    return {name: {world[i] for world in worlds} for i, name in enumerate(others)}


def test_an_enumerating_attacker_keeps_at_least_three_numbers_for_everybody(campaign):
    dice = random.Random(23)
    attacked = 0
    for _ in range(50 * campaign):
        table = {
            (trade, region): {f"c{i}": dice.choice((0, 1, 1, 2, 3, 5)) for i in range(4)} for trade in "ab" for region in "xy"
        }
        found = release(table)
        for cell in found.cells:
            row = found.behind[cell.key][-1]
            assert cell.persons >= 10
            assert len(row) >= 3
            for insider in row.items():
                for numbers in possible_numbers(cell.persons, insider, sorted(row)).values():
                    assert len(numbers) >= MIN_POSSIBLE
                    attacked += 1
    assert attacked > 200


def test_no_union_of_published_cells_falls_below_the_thresholds(campaign):
    """Everything that can be added or subtracted from one table is a union of its cells, which never overlap."""
    dice = random.Random(29)
    for _ in range(50 * campaign):
        table = {(str(k),): {f"c{i}": dice.randint(0, 6) for i in range(5)} for k in range(5)}
        found = release(table)
        shown = [key for key in table if found.persons(key) is not None]
        covered = sorted([*shown, *(found.merged if found.persons(REST) is not None else ())])
        assert len(covered) == len(set(covered))
        for size in range(1, len(found.cells) + 1):
            for cells in itertools.combinations(found.cells, size):
                assert sum(cell.persons for cell in cells) >= 10
