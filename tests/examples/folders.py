"""Where the examples lie, and how a test reads one: each folder has exactly one JSON document."""

import json
from pathlib import Path

from cohort_opt.problem.instance import Instance

EXAMPLES = Path(__file__).parents[2] / "examples"


def read_example(name: str) -> Instance:
    """Return the instance of an example folder."""
    fields = json.loads((EXAMPLES / name / "instance.json").read_text(encoding="utf-8"))
    return Instance(**{key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()})
