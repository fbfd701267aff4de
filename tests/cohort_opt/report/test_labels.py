import itertools
import math

from cohort_opt.report.labels import Ground, Mark, place, spread

FRAME = (0.0, 0.0, 200.0, 100.0)


def test_marks_on_one_spot_are_moved_apart():
    marks = [Mark(50.0, 50.0, 5.0) for _ in range(6)]
    spread(marks, gap=1.0)
    for a, b in itertools.combinations(marks, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= 10.9


def test_fixed_marks_and_marks_with_room_stay_where_they_are():
    site, near, far = Mark(50.0, 50.0, 9.0, fixed=True), Mark(52.0, 50.0, 5.0), Mark(150.0, 50.0, 5.0)
    spread([site, near, far], gap=0.0)
    assert (site.x, site.y) == (50.0, 50.0)
    assert (far.x, far.y) == (150.0, 50.0)
    # pushed straight to the right, to the sum of the radii
    assert math.isclose(near.x, 64.0, abs_tol=0.1)


def test_a_label_stands_to_the_right_where_there_is_room():
    label = place("Delft", 30, 12, Mark(50, 50, 5), Ground(FRAME), must=False)
    assert (label.anchor, label.x, label.y) == ("start", 58, 50)


def test_a_label_turns_to_the_left_at_the_right_edge_and_keeps_its_end_at_the_dot():
    label = place("Delft", 30, 12, Mark(190, 50, 5), Ground(FRAME), must=False)
    assert (label.anchor, label.x) == ("end", 182)


def test_two_labels_never_cover_each_other():
    ground = Ground(FRAME)
    for _ in range(4):
        assert place("Delft", 30, 12, Mark(100, 50, 5), ground, must=False)
    for a, b in itertools.combinations(ground.taken, 2):
        assert a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1


def test_where_everything_is_taken_only_a_label_that_must_be_shown_is():
    full = Ground(FRAME, [FRAME])
    assert place("Delft", 30, 12, Mark(100, 50, 5), full, must=False) is None
    assert place("Academy", 30, 12, Mark(100, 50, 5), full, must=True) is not None


def test_a_label_keeps_off_a_line_where_it_can():
    line = (100.0, 48.0, 200.0, 52.0)
    label = place("Delft", 30, 12, Mark(100, 50, 5), Ground(FRAME, lines=[line]), must=False)
    assert label.anchor == "end"
