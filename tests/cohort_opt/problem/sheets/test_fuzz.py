"""Mutated workbooks and random sheets: whatever comes in, an instance or an `InstanceError` comes out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohort_opt.errors import InstanceError
from cohort_opt.problem.read import instance_from_dict
from cohort_opt.problem.sheets.assemble import Assembly
from cohort_opt.problem.sheets.cells import from_text, from_workbook
from cohort_opt.problem.sheets.grid import Grid, Row, Unusable
from cohort_opt.problem.sheets.layout import SHEETS
from tests.cohort_opt.problem.sheets.workbooks import VALID, part, problems, repacked
from tests.conftest import CAMPAIGN

PARTS = [f"xl/worksheets/sheet{i}.xml" for i in range(1, len(SHEETS) + 1)]
PARTS += ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "[Content_Types].xml"]
TOKENS = ["", "<f>1</f>", "<v>", "</c>", "<row>", 't="s"', 't="e"', 't="b"', 'r="ZZZ9999999"', 's="99"', 'hidden="1"']
TOKENS += ["&#0;", "&lt;", "1e308", "-1", "٣", "A0", "\ufeff", "<is><t/></is>", '<mergeCell ref="A1:B2"/>', "xl/../..", "<!--"]


@pytest.mark.campaign
@settings(max_examples=150 * CAMPAIGN, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(TOKENS)), min_size=1, max_size=4),
)
def test_a_workbook_with_mutated_parts_ends_in_problems_or_in_an_instance(name, edits):
    text = part(name)
    for where, length, token in edits:
        at = int(where * len(text))
        text = text[:at] + token + text[at + length :]
    for problem in problems(repacked({name: text})):
        assert problem.code
        str(problem).encode()


@pytest.mark.campaign
@settings(max_examples=150 * CAMPAIGN, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, len(VALID))
)
def test_a_workbook_with_flipped_bytes_ends_in_problems_or_in_an_instance(flips, cut):
    data = bytearray(VALID)
    for at, value in flips:
        data[at] = value
    problems(bytes(data))
    problems(bytes(data[:cut]))


_VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.times() | st.datetimes() | st.text(max_size=12)
    | st.sampled_from(["*", "acme", "block 5", "yes", "mon", Unusable("=1", "formula-cell", "is a formula", "replace it")])
)  # fmt: skip


@st.composite
def _grids(draw, values):
    grids = []
    for sheet in draw(st.lists(st.sampled_from(SHEETS), max_size=6, unique=True)):
        header = {n: c.header for n, c in enumerate(sheet.columns, start=1)}
        header |= draw(st.dictionaries(st.integers(1, 20), values.filter(lambda v: v is not None), max_size=2))
        cells = st.dictionaries(st.integers(1, 20), values.filter(lambda v: v is not None), max_size=8)
        rows = [Row(i, row) for i, row in enumerate(draw(st.lists(cells, max_size=4)), start=2) if row]
        grids.append(Grid(sheet.name, (Row(1, header), *rows)))
    return grids


@pytest.mark.campaign
@pytest.mark.parametrize(("convert", "values"), [(from_workbook, _VALUES), (from_text, st.text(min_size=1, max_size=12))])
def test_random_sheets_end_in_problems_with_places(convert, values):
    @settings(max_examples=50 * CAMPAIGN, suppress_health_check=[HealthCheck.too_slow])
    @given(_grids(values))
    def check(grids):
        assembly = Assembly(grids, convert)
        with pytest.raises(InstanceError) as caught:  # there is always a sheet missing
            instance_from_dict(assembly.document, translate=assembly.translate, found=assembly.problems)
        for problem in caught.value.problems:
            assert problem.pointer or problem.code == "more-problems"
            assert not problem.pointer.startswith("/")
            str(problem).encode()

    check()
