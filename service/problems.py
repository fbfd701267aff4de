"""Refusals: every way in which the service says no, with one stable code each (RFC 9457 problem details).

Codes of bad input are those of the library's `InputProblem`. Flask is not known here; `views/errors.py` renders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from cohort_opt import InputProblem, InstanceError

STATUS_AND_TITLE: dict[str, tuple[int, str]] = {
    "bad-json": (400, "The body is not one JSON document"),
    "bad-encoding": (400, "The body is not UTF-8 without a byte order mark"),
    "too-deep": (400, "The body is nested too deeply"),
    "duplicate-key": (400, "A name stands twice in one JSON object"),
    "bad-host": (400, "The service is not addressed by one of its names"),
    "bad-request": (400, "The request cannot be read"),
    "idempotency-key": (400, "The Idempotency-Key is missing or malformed"),
    "unauthorized": (401, "Sign in first"),
    "csrf": (403, "The form was not sent from a page of this service"),
    "forbidden": (403, "This role may not do that"),
    "not-found": (404, "There is no such object"),
    "method-not-allowed": (405, "The address does not know this method"),
    "not-acceptable": (406, "The answer is not available in that form"),
    "timeout": (408, "The request came too slowly"),
    "confusable-name": (409, "The name can be taken for another one"),
    "already-exists": (409, "The object exists already"),
    "in-progress": (409, "The first request with this key is still running"),
    "not-running": (409, "The job has ended"),
    "no-proposal": (409, "The job has no proposal"),
    "round-closed": (409, "The round is closed"),
    "not-verified": (409, "The judge has not passed this plan"),
    "second-approval": (409, "Another planner must approve it too"),
    "state-changed": (409, "The object has moved on"),
    "gone": (410, "The object was erased"),
    "stale": (412, "The object has changed since it was read"),
    "too-large": (413, "The body is too large"),
    "workbook-too-large": (413, "The workbook is too large"),
    "uri-too-long": (414, "The address is too long"),
    "unsupported-media-type": (415, "The body has a type or encoding that is not read here"),
    "unsupported-workbook": (415, "The file is not a workbook that is read here"),
    "key-reused": (422, "The Idempotency-Key was used for another request"),
    "precondition-required": (428, "Say which version is changed"),
    "too-many-requests": (429, "Too many requests"),
    "headers-too-large": (431, "The headers are too large"),
    "internal-error": (500, "The service failed"),
    "busy": (503, "The service cannot do this now"),
}
"""Code -> HTTP status and title. Every other code is a rule that the content breaks: 422."""

BAD_CONTENT = (422, "The content breaks a rule")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with a request: where (RFC 6901 pointer, parameter or cell), which code, and the way out.

    `also` names every other place that takes part, such as the first of two rows with one id.
    """

    pointer: str
    code: str
    detail: str
    also: tuple[str, ...] = ()


@dataclass
class Refusal(Exception):  # noqa: N818  a refusal is an answer, not a fault of ours
    """The service says no.

    Parameters
    ----------
    code
        Stable slug; the problem type is `/problems/<code>`.
    detail
        A sentence for people: object, rule, way out. Never the offending value where it could be personal.
    flaws
        Every single thing that is wrong.
    headers
        Response headers that belong to the refusal, such as `Retry-After`.
    """

    code: str
    detail: str
    flaws: tuple[Flaw, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let the message of the exception be the detail."""
        super().__init__(self.detail)

    @property
    def status(self) -> int:
        """Return the HTTP status of the code."""
        return STATUS_AND_TITLE.get(self.code, BAD_CONTENT)[0]

    @property
    def title(self) -> str:
        """Return the sentence that is the same for every occurrence of the code."""
        return STATUS_AND_TITLE.get(self.code, BAD_CONTENT)[1]


def not_found() -> Refusal:
    """Return the one answer for an object that is absent and for one that belongs to somebody else."""
    return Refusal("not-found", "There is no such object, or it is not yours.")


def from_instance_error(error: InstanceError, prefix: str = "") -> Refusal:
    """Return the library's problems as a refusal; pointers get the prefix of the instance inside the body."""
    return from_input_problems(error.problems, prefix)


def from_input_problems(problems: Iterable[InputProblem], prefix: str = "") -> Refusal:
    """Return a refusal with one flaw for each problem; its code is that of the problem with the lowest status."""
    found = tuple(problems)
    flaws = tuple(
        Flaw(
            _place(problem.pointer, prefix),
            problem.code,
            _sentence(problem),
            tuple(_place(place, prefix) for place in problem.also),
        )
        for problem in found
    )
    code = min((problem.code for problem in found), key=lambda c: STATUS_AND_TITLE.get(c, BAD_CONTENT)[0])
    return Refusal(code, _summary(flaws), flaws)


_VALUE_IS_HARMLESS = frozenset(
    {"bad-json", "out-of-range", "start-after-end", "outside-horizon", "min-exceeds-max", "numeric-range", "contradictory-pins"}
)
"""Codes whose value is a number, a date or a place in the text; any other value is not repeated, since it may be personal."""


def _sentence(problem: InputProblem) -> str:
    value = f" {problem.value}:" if problem.value and problem.code in _VALUE_IS_HARMLESS else ""
    return f"{problem.subject}:{value} {problem.rule}; {problem.remedy}."


def _place(pointer: str, prefix: str) -> str:
    return f"{prefix}{pointer}" if pointer.startswith("/") or not pointer else pointer


def _summary(flaws: tuple[Flaw, ...]) -> str:
    return flaws[0].detail if len(flaws) == 1 else f"{len(flaws)} things are wrong; see errors."


MOST_TOLD = 100
"""So many flaws are told at once; whoever has mended these sees the rest."""
_CODES = {
    "missing": "missing-field",
    "extra_forbidden": "unknown-field",
    "string_pattern_mismatch": "invalid-id",
    "string_too_long": "too-long",
    "string_too_short": "missing-field",
    "too_long": "too-many-items",
    "too_short": "missing-field",
    "literal_error": "unknown-value",
    "enum": "unknown-value",
    "union_tag_invalid": "unknown-value",
    "union_tag_not_found": "missing-field",
    "date_from_datetime_parsing": "invalid-date",
    "finite_number": "out-of-range",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "less_than_equal": "out-of-range",
}


def from_validation_error(error: ValidationError, prefix: str = "") -> Refusal:
    """Return pydantic's findings as a refusal; `null` where something is asked for counts as a missing field."""
    found = error.errors(include_url=False, include_context=False)
    real = [item for item in found if item["type"] != "too_short" or not item["input"]]  # short only for its wrong items
    flaws = tuple(
        Flaw(prefix + "".join(f"/{_escaped(part)}" for part in item["loc"]), _code_of(item), f"{item['msg']}.")
        for item in (real or found)[:MOST_TOLD]
    )
    return Refusal(flaws[0].code, _summary(flaws), flaws)


def _code_of(item: Mapping[str, object]) -> str:
    kind = str(item["type"])
    if item.get("input", "") is None and kind != "extra_forbidden":
        return "missing-field"
    if "-" in kind:
        return kind
    # The mapping is that of one error, whose `loc` is a tuple.
    if kind == "too_short" and item["loc"][-1:] in (("weekdays",), ("patterns",)):  # type: ignore[index]
        return "empty-availability"
    return _CODES.get(kind, "wrong-type")


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")
