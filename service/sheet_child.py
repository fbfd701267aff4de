"""The child that reads a workbook: it has no database, little memory and little time, and ends with its one answer.

In: one line of JSON with `courses` (name by id) and `data` (base64). Out: `lines` and `places`, or `problems`.
With `marks` (sentence by cell) in place of `courses`: the same workbook with these cells marked, as `data`.
"""

from __future__ import annotations

import base64
from typing import Any

from service.orders import answer_one

MEMORY_MB = 512
CPU_SECONDS = 10


def main() -> None:
    """Read the order, read the workbook, answer."""
    answer_one(answer, MEMORY_MB, CPU_SECONDS)


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """Return what the workbook says, or what is wrong with it, cell by cell."""
    from cohort_opt import InstanceError, mark_cells, read_company_counts

    if "marks" in order:
        return {"data": base64.b64encode(mark_cells(base64.b64decode(order["data"]), order["marks"])).decode()}
    try:
        found = read_company_counts(base64.b64decode(order["data"]), order["courses"])
    except InstanceError as error:
        return {
            "problems": [{"cell": p.pointer, "code": p.code, "detail": f"{p.rule}; {p.remedy}"} for p in error.problems[:100]]
        }
    return {"lines": list(found.lines), "places": dict(found.places)}


if __name__ == "__main__":
    main()
