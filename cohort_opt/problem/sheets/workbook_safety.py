"""A workbook before it is unpacked: refused when it is no plain .xlsx, could grow without limit, or wants to reach outside.

Limits follow OWASP ASVS 5.2.3 (unpacked size) and are far above what a planner's workbook needs.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from cohort_opt.errors import InputProblem, InstanceError

MAX_PACKED_BYTES = 5 * 1024 * 1024
"""Largest file; 5,000 rows on each of fifteen sheets are about 3 MiB."""
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_RATIO = 100
"""Unpacked to packed size; real workbooks stay below 50."""
MAX_ENTRIES = 200

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEEDED = ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_PROGRAMS = ("vbaproject", "macrosheets/", "activex/", "embeddings/", "ctrlprops/", "dialogsheets/")
_REACHES_OUT = ("externallinks/", "connections.xml", "querytables/", "webextensions/", "customdata/")
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9._-]{1,40})["']""")
_SAVE_AS = "save it as an Excel workbook (.xlsx) and try again"


class SafeWorkbook:
    """The parts of a workbook that passed all checks of the package.

    Raises
    ------
    InstanceError
        With `unsupported-workbook`, `workbook-too-large` or `unsafe-workbook`.
    """

    def __init__(self, data: bytes) -> None:
        """Check the directory of the package, then the start of each of its parts."""
        if len(data) > MAX_PACKED_BYTES:
            raise refusal("workbook-too-large", f"{len(data)} bytes", f"the file is larger than {MAX_PACKED_BYTES} bytes",
                          "use JSON for an instance of this size")  # fmt: skip
        if data.startswith(_OLE2):
            raise refusal("unsupported-workbook", "", "is an old .xls file or is protected by a password", _SAVE_AS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError):
            raise refusal("unsupported-workbook", "", "is no workbook", _SAVE_AS) from None
        self._check_directory(self._zip.infolist())
        self.names = frozenset(self._zip.namelist())
        for name in self._zip.namelist():
            if name.lower().endswith((".xml", ".rels", ".vml")):
                _check_xml(name, self.read(name))
        if b"macroenabled" in self.read("[Content_Types].xml").lower():
            raise refusal("unsupported-workbook", "", "is a workbook with macros", _SAVE_AS)
        if b'targetmode="external"' in self.read("xl/_rels/workbook.xml.rels").lower():
            raise refusal("unsafe-workbook", "", "takes data from other files", "break the links and save it again")

    def read(self, name: str) -> bytes:
        """Return the bytes of one part; never more than its directory entry says."""
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
            zlib.error,
        ):
            raise damaged(name) from None

    def _check_directory(self, entries: list[zipfile.ZipInfo]) -> None:
        names = [entry.filename for entry in entries]
        unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
        if len(entries) > MAX_ENTRIES:
            raise _too_large(f"{len(entries)} parts", f"more than {MAX_ENTRIES} parts")
        if unpacked > MAX_UNPACKED_BYTES:
            raise _too_large(f"{unpacked} bytes unpacked", f"more than {MAX_UNPACKED_BYTES} bytes when unpacked")
        if unpacked > MAX_RATIO * max(packed, 1):
            raise _too_large(f"{unpacked // max(packed, 1)} times", f"packed more than {MAX_RATIO} times smaller")
        for entry in entries:
            _check_entry(entry)
        if len(set(names)) < len(names):
            raise refusal("unsafe-workbook", "", "two parts of the package have the same name", _SAVE_AS)
        if missing := [name for name in _NEEDED if name not in names]:
            raise refusal("unsupported-workbook", missing[0], "is no workbook: a part of it is missing", _SAVE_AS)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.lower()
    if entry.flag_bits & 0x1:
        raise refusal("unsupported-workbook", "", "is protected by a password", "save it without a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal("unsupported-workbook", "", "is packed in an unusual way", _SAVE_AS)
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        raise refusal("unsafe-workbook", "", "a part of the package points outside of it", _SAVE_AS)
    if any(word in name for word in _PROGRAMS):
        raise refusal("unsupported-workbook", "", "holds macros or embedded programs", _SAVE_AS)
    if any(word in name for word in _REACHES_OUT):
        raise refusal("unsafe-workbook", "", "takes data from other files", "break the links and save it again")


def _check_xml(name: str, data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise refusal("unsafe-workbook", name, "a part is not UTF-8", _SAVE_AS)
    encoding = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        raise refusal("unsafe-workbook", name, "a part is not UTF-8", _SAVE_AS)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise refusal("unsafe-workbook", name, "a part declares entities, which can grow without limit", _SAVE_AS)


def refusal(code: str, value: str, rule: str, remedy: str) -> InstanceError:
    """Return the error for a workbook that is refused as a whole."""
    return InstanceError([InputProblem(code, "Workbook", value[:80], rule, remedy)])


def damaged(name: str) -> InstanceError:
    """Return the error for a part that cannot be read."""
    return refusal("unsupported-workbook", name, "a part of the workbook is damaged or missing", _SAVE_AS)


def _too_large(value: str, what: str) -> InstanceError:
    return refusal("workbook-too-large", value, f"the workbook has {what}", "remove what is not data, or use JSON")
