import pytest

from cohort_opt.report.frame import LEAST_HEIGHT, MOST_HEIGHT, WIDTH, Frame


@pytest.mark.parametrize(
    "points",
    [
        [(4.4, 51.9)],
        [(4.1, 51.8), (4.7, 52.0)],
        [(3.4, 51.3), (7.1, 53.5)],
        [(4.5, 50.8), (4.6, 53.5)],
        [(-120.0, -80.0), (150.0, 85.0)],
    ],
)
def test_all_points_lie_inside_the_picture(points):
    frame = Frame.around(points)
    assert LEAST_HEIGHT <= frame.height <= MOST_HEIGHT
    for point in points:
        x, y = frame.pixel(point)
        assert 0 < x < WIDTH
        assert 0 < y < frame.height


def test_north_is_up_and_east_is_right():
    frame = Frame.around([(4.0, 51.0), (5.0, 52.0)])
    (west, south), (east, north) = frame.pixel((4.0, 51.0)), frame.pixel((5.0, 52.0))
    assert west < east
    assert north < south


def test_a_degree_north_is_as_long_as_the_scale_says():
    frame = Frame.around([(4.0, 51.0), (5.0, 52.0)])
    pixels = frame.pixel((4.5, 51.0))[1] - frame.pixel((4.5, 52.0))[1]
    # one degree of latitude: 2 x pi x 6371.0088 km / 360 = 111.195 km
    assert pixels * frame.km_per_pixel == pytest.approx(111.195)


def test_the_box_is_what_the_corners_show():
    frame = Frame.around([(4.0, 51.0), (5.0, 52.0)])
    left, bottom, right, top = frame.box(0)
    assert frame.pixel((left, top)) == pytest.approx((0, 0), abs=1e-6)
    assert frame.pixel((right, bottom)) == pytest.approx((WIDTH, frame.height))


def test_the_scale_bar_is_round_and_short():
    # 60 km over 880 - 2 x 64 pixels: a fifth of the width is 14 km
    assert Frame((4.5, 51.9), 500, 60 / 752).scale_bar_km() == 10
    assert Frame((4.5, 51.9), 500, 0.001).scale_bar_km() == 1
