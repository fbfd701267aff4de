"""Instances to files that `read_instance` reads back to an equal instance."""

from __future__ import annotations

import json
from pathlib import Path

from cohort_opt.problem.instance import Instance
from cohort_opt.problem.sheets import csv_folder, workbook_writer
from cohort_opt.problem.sheets.tables import tables

__all__ = ["write_json", "write_sheets", "write_workbook"]


def write_json(instance: Instance, path: str | Path) -> None:
    """Write an instance as a JSON document that people can read: sorted keys, two spaces."""
    text = json.dumps(instance.model_dump(mode="json"), indent=2, sort_keys=True, ensure_ascii=False)
    Path(path).write_bytes(f"{text}\n".encode())


def write_workbook(instance: Instance, path: str | Path) -> None:
    """Write an instance as a workbook (.xlsx).

    Raises
    ------
    InstanceError
        With `too-many-items` above 5,000 rows on a sheet, `missing-extra` without openpyxl.
    """
    workbook_writer.write_workbook(instance, Path(path))


def write_sheets(instance: Instance, folder: str | Path) -> None:
    """Write an instance as a folder of CSV sheets; the folder is made if needed, other files in it are left alone."""
    csv_folder.write_grids(Path(folder), tables(instance))
