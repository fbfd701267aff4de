import pytest

from cohort_opt.report.outlines import clip, provinces

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]


def area(ring):
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def test_there_are_twelve_provinces_inside_the_netherlands():
    found = provinces()
    assert [name for name, _ in found][::11] == ["Drenthe", "Zuid-Holland"]
    assert len(found) == 12
    assert all(3 < lon < 7.5 and 50.5 < lat < 54 for _, rings in found for ring in rings for lon, lat in ring)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        # whole, a quarter, a strip through the middle, nothing
        ((-1, -1, 5, 5), 16),
        ((2, 2, 9, 9), 4),
        ((1, -1, 3, 9), 8),
        ((5, 5, 9, 9), 0),
    ],
)
def test_clipping_keeps_the_part_inside(box, expected):
    assert area(clip(SQUARE, box)) == pytest.approx(expected)


def test_a_box_inside_the_ring_is_filled():
    assert area(clip(SQUARE, (1, 1, 2, 2))) == pytest.approx(1)
