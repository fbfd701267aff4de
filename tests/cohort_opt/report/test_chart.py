"""A chart is one SVG that stands alone, escapes its text and draws losses to the left."""

from xml.etree import ElementTree

from cohort_opt.report import Bar, bar_chart


def bars(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own bytes
    return [(r.get("class"), float(r.get("x")), float(r.get("width"))) for r in root.iter() if "bar" in (r.get("class") or "")]


def test_bars_are_as_long_as_their_values_and_losses_lie_left_of_the_axis():
    svg = bar_chart("x", "Gain", "in euros", [Bar("a", 300, "300"), Bar("b", -100, "-100")])
    (_, ax, a), (kind, bx, b) = bars(svg)
    assert a == 3 * b
    assert bx + b == ax
    assert kind == "bar below"


def test_names_from_data_are_escaped():
    svg = bar_chart("x", "A & B", "", [Bar("<b>", 1, "1 > 0")])
    assert "<b>" not in svg
    assert "A &amp; B" in svg


def test_a_chart_without_values_is_still_a_picture():
    assert bars(bar_chart("x", "Nothing", "", [])) == []
