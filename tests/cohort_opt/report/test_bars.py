from cohort_opt.report.bars import MOST_SEATS_DRAWN, draw_pooling, draw_seats
from tests.cohort_opt.report.pagecheck import Page


def seats(svg):
    rects = Page(svg).all("rect")
    return len([r for r in rects if "taken" in r["class"]]), len(rects)


def test_taken_seats_are_filled_and_free_ones_are_not(plan):
    # class 1 has 11 of 12, class 4 is full
    assert seats(draw_seats(plan.classes[0], 0)) == (11, 12)
    assert seats(draw_seats(plan.classes[3], 0)) == (12, 12)


def test_a_large_class_is_one_bar_with_the_same_text(plan):
    item = plan.classes[0]
    entry = item.entry.model_copy(update={"max_seats": MOST_SEATS_DRAWN + 2, "size": 16})
    large = type(item)(item.number, entry, item.course, item.site, item.room, item.instructor, item.members)
    svg = draw_seats(large, 0)
    whole, taken = (float(rect["width"]) for rect in Page(svg).all("rect"))
    assert "16 of 32 seats taken, opens from 8" in svg
    # 16 of 32 is half, up to the border of half a pixel
    assert abs(taken / whole - 0.5) < 0.01


def test_both_bars_of_a_company_are_on_one_scale():
    alone, together = (float(rect["width"]) for rect in Page(draw_pooling(200_00, 50_00, 400_00)).all("rect"))
    # the scale is 120 pixels for 400.00
    assert (alone, together) == (60, 15)
    assert 'aria-label="alone €200.00, together €50.00"' in draw_pooling(200_00, 50_00, 400_00)


def test_nothing_against_nothing_is_drawn_without_a_division_by_zero():
    assert len(Page(draw_pooling(0, 0, 0)).all("rect")) == 2
