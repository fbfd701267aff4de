"""A workbook that is no plain .xlsx, could grow without limit or reaches outside is refused before anything is read."""

import io
import re
import struct
import zipfile

import pytest

from cohort_opt.problem.sheets.grid import letters
from cohort_opt.problem.sheets.layout import SHEET_BY_NAME
from cohort_opt.problem.sheets.workbook_safety import MAX_ENTRIES, MAX_PACKED_BYTES, MAX_UNPACKED_BYTES
from tests.cohort_opt.problem.sheets.workbooks import SHEET, VALID, codes_and_cells, part, problems, repacked

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><worksheet>&j;</worksheet>"
)


CLAIMED = f'ref="A1:{letters(len(SHEET_BY_NAME["settings"].columns))}2"'
"""What the first sheet of the valid workbook says about its size."""


def only_code(data):
    (problem,) = problems(data)
    return problem.code


def empty_zip():
    target = io.BytesIO()
    zipfile.ZipFile(target, "w").close()
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,  # .xls, and every workbook with a password
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        b"id;name\n1;x\n",
        VALID[:-40],
        VALID[: len(VALID) // 2],
        empty_zip(),
        repacked({"xl/workbook.xml": None}),
        repacked({"[Content_Types].xml": None}),
        repacked({"xl/vbaProject.bin": b"x"}),
        repacked({"xl/macrosheets/sheet1.xml": b"<x/>"}),
        repacked({"xl/embeddings/oleObject1.bin": b"x"}),
        repacked({"[Content_Types].xml": part("[Content_Types].xml").replace("sheet.main", "sheet.macroEnabled.main")}),
        repacked({SHEET.format(1): b"<worksheet>"}),
        repacked({SHEET.format(1): b"\x00\x01\x02"[1:]}),
        repacked({SHEET.format(1): None}),
        repacked({"xl/workbook.xml": b"<workbook/>", "xl/_rels/workbook.xml.rels": b"text"}),
    ],
    ids=range(18),
)
def test_what_is_no_plain_workbook_is_refused(data):
    assert only_code(data) == "unsupported-workbook"  # row 55


def test_a_package_that_says_it_is_encrypted_is_refused():
    # Bit 0 of the general purpose flags, in the directory entry of the first part.
    at = VALID.index(b"PK\x01\x02") + 8
    assert only_code(VALID[:at] + struct.pack("<H", 1) + VALID[at + 2 :]) == "unsupported-workbook"


def test_a_package_packed_in_an_unusual_way_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    assert only_code(target.getvalue()) == "unsupported-workbook"


@pytest.mark.parametrize(
    "data",
    [
        repacked({"xl/media/big.bin": b"\0" * (MAX_UNPACKED_BYTES + 1)}),
        repacked({"xl/media/ratio.bin": b"\0" * 15_000_000}),
        repacked({f"xl/media/{i}.bin": b"x" for i in range(MAX_ENTRIES)}),
        repacked({SHEET.format(1): re.sub('ref="A1:[A-Z]+2"', 'ref="A1:XFD1048576"', part(SHEET.format(1)))}),
        VALID + b"\0" * MAX_PACKED_BYTES,
    ],
    ids=["unpacked size", "ratio", "entries", "claimed size", "packed size"],
)
def test_what_could_grow_without_limit_is_refused(data):
    assert only_code(data) == "workbook-too-large"  # row 58


def test_the_claimed_size_of_the_valid_workbook_is_what_the_test_above_replaces():
    assert len(re.findall('ref="A1:[A-Z]+2"', part(SHEET.format(1)))) == 1


@pytest.mark.parametrize(
    "data",
    [
        repacked({SHEET.format(1): BOMB}),
        repacked({"xl/theme/theme1.xml": BOMB}),
        repacked({SHEET.format(1): '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'}),
        repacked({SHEET.format(1): part(SHEET.format(1)).encode("utf-16")}),
        repacked({SHEET.format(1): '<?xml version="1.0" encoding="utf-7"?><worksheet/>'}),
        repacked({"xl/externalLinks/externalLink1.xml": "<x/>"}),
        repacked({"xl/connections.xml": "<x/>"}),
        repacked({"xl/queryTables/queryTable1.xml": "<x/>"}),
        repacked({"../../x.xml": "<x/>"}),
        repacked({"/etc/x.xml": "<x/>"}),
        repacked({"xl\\x.xml": "<x/>"}),
        repacked({"C:x.xml": "<x/>"}),
        repacked(
            {
                "xl/_rels/workbook.xml.rels": part("xl/_rels/workbook.xml.rels").replace(
                    "<Relationship ", '<Relationship TargetMode="External" ', 1
                )
            }
        ),
    ],
    ids=range(13),
)
def test_what_reaches_outside_or_declares_entities_is_refused(data):
    assert only_code(data) == "unsafe-workbook"  # row 59


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused():
    target = io.BytesIO(VALID)
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert only_code(target.getvalue()) == "unsafe-workbook"


def test_the_valid_workbook_passes_all_of_this():
    assert codes_and_cells(repacked()) == []
