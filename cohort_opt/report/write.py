"""All files of a proposal: made in memory first, then put in place one by one, each of them whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from cohort_opt.errors import InputProblem, InstanceError
from cohort_opt.problem.instance import Instance
from cohort_opt.proposal import Proposal
from cohort_opt.report.class_lists import CALENDAR_PRODUCT, classes_table, members_table, to_csv
from cohort_opt.report.page import render_page
from cohort_opt.report.view import View, view

CLASS_LISTS = ("classes.csv", "members.csv", "classes.xlsx")


def render_report(instance: Instance, proposal: Proposal) -> dict[str, bytes]:
    """Return every file of the report by its path inside the folder; equal input gives equal bytes.

    Without a plan there are no class lists and no calendars: no plan is not an empty plan.

    Raises
    ------
    InstanceError
        If the proposal was made for another instance.
    InstanceError
        With `missing-extra` if there is a plan and the extra `files` (openpyxl, icalendar) is not installed.
    """
    both = view(instance, proposal)
    files = {"proposal.json": proposal.to_json().encode(), "index.html": render_page(both).encode()}
    if both.has_plan:
        files.update(_class_lists(both))
    return files


def _class_lists(both: View) -> dict[str, bytes]:
    # Workbooks and calendars need the extra `files`; imported here, the terminal's table works without it.
    try:
        from cohort_opt.report.calendars import calendar_files
        from cohort_opt.report.workbook import to_workbook
    except ModuleNotFoundError as missing:
        raise _missing_extra(missing.name) from None

    return {
        "classes.csv": to_csv(classes_table(both)),
        "members.csv": to_csv(members_table(both)),
        "classes.xlsx": to_workbook(both),
        **{f"calendar/{name}": data for name, data in calendar_files(both).items()},
    }


def _missing_extra(package: str | None) -> InstanceError:
    """Return the error where a package that writes workbooks or calendars is not installed."""
    return InstanceError([InputProblem("missing-extra", "Report", "", f"class lists and calendars need the package {package}",
                                       "install cohort-opt[files]")])  # fmt: skip


def write_report(instance: Instance, proposal: Proposal, folder: Path) -> tuple[Path, ...]:
    """Write the report into the folder, which is made if need be, and return the paths written, sorted.

    Class lists and calendars of an earlier report in the same folder that this one does not have are removed, so that nobody
    opens a class that is no more. Other files in the folder are left alone.

    Raises
    ------
    InstanceError
        If the proposal was made for another instance; nothing is written then.
    OSError
        If the folder cannot be written.
    """
    files = render_report(instance, proposal)
    folder.mkdir(parents=True, exist_ok=True)
    for path in _stale(folder, files):
        path.unlink()
    for name, data in sorted(files.items()):
        _put(folder / name, data)
    return tuple(folder / name for name in sorted(files))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    os.replace(part, path)


def _stale(folder: Path, files: dict[str, bytes]) -> list[Path]:
    lists = [folder / name for name in CLASS_LISTS if name not in files and (folder / name).is_file()]
    calendars = [
        path
        for path in sorted((folder / "calendar").glob("*.ics"))
        if f"calendar/{path.name}" not in files and CALENDAR_PRODUCT.encode() in path.read_bytes()
    ]
    return lists + calendars
