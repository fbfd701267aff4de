import xml.etree.ElementTree as ElementTree

from cohort_opt import propose
from cohort_opt.cost_sharing import Tools, compare
from cohort_opt.report.compared import draw_comparison
from cohort_opt.solver.linear_program import GlopProgram
from cohort_opt.verification.hearing import plan_of
from tests.examples.folders import read_example

SVG = "{http://www.w3.org/2000/svg}"


def drawn(methods):
    instance = read_example("core_split")
    found = compare(instance, plan_of(propose(instance)), Tools(linear_program=GlopProgram()), methods)
    return ElementTree.fromstring(draw_comparison(found))  # noqa: S314  (our own text)


def test_a_company_above_alone_stands_right_of_the_line_and_is_red():
    # cedar pays 2,700 of 1,500 alone: 180 %; alder 4,500 of 8,000: 56 %.
    dots = {dot.find(f"{SVG}title").text: dot for dot in drawn(("equal",)).iter(f"{SVG}circle")}
    assert set(dots) == {"alder: 56% of alone", "birch: 47% of alone", "cedar: 180% of alone"}
    red = dots["cedar: 180% of alone"]
    assert red.get("fill") != dots["alder: 56% of alone"].get("fill")
    line = next(line for line in drawn(("equal",)).iter(f"{SVG}line") if line.get("stroke-width") == "2")
    assert float(dots["alder: 56% of alone"].get("cx")) < float(line.get("x1")) < float(red.get("cx"))


def test_who_would_object_is_named_in_each_row():
    texts = [text.text for text in drawn(("equal", "proportional_to_stand_alone", "core")).iter(f"{SVG}text")]
    assert [text for text in texts if "object" in text or "cedar" in text or "alder" in text] == [
        "€1,200.00: cedar", "€252.63: alder, birch", "nobody objects",
    ]  # fmt: skip


def test_a_long_list_of_objectors_is_cut_inside_the_picture():
    from cohort_opt.cost_sharing.compare import ComparedMethod

    many = tuple(f"company-{i}" for i in range(40))
    found = compare(read_example("core_split"), plan_of(propose(read_example("core_split"))), methods=("equal",))
    crowded = type(found)(found.shares, (ComparedMethod("c", "equal", 0, 5, many, {}),))
    assert "…" in draw_comparison(crowded)
