"""Why a plan is as it is, and what its judge said: parts of a proposal by themselves."""

from __future__ import annotations

from service.schemas.wire import Wire


class ReasonState(Wire):
    """A reason: its kind, its facts, and the sentence in the language that was asked for."""

    rule: str
    facts: dict[str, int | str]
    sentence: str


class ClassExplanation(Wire):
    """Why a class is as it is."""

    class_id: str
    reasons: tuple[ReasonState, ...]


class LineExplanation(Wire):
    """Why trainees of a line wait."""

    demand: str
    company: str
    course: str
    count: int
    reasons: tuple[ReasonState, ...]


class WaitingLine(LineExplanation):
    """Trainees of a line who wait, of so many that were asked for, with the names that people know."""

    company_name: str
    course_name: str
    asked: int


class WaitingList(Wire):
    """Who waits in a night's plan, and why; empty where everybody has a seat."""

    waiting: tuple[WaitingLine, ...]


class ChangeState(Wire):
    """One change between two plans: kind, facts, the sentence in the language asked for, and reasons that the plans give."""

    kind: str
    facts: dict[str, int | str]
    sentence: str
    reasons: tuple[ReasonState, ...] = ()


class ChangeList(Wire):
    """What changed since the last good night before; one `nothing` where nothing did, one `first` where there is none before."""

    changes: tuple[ChangeState, ...]


class ConflictState(Wire):
    """Rules and pins that cannot hold together; `checked` = solved again alone and shrunk, else only claimed."""

    members: tuple[str, ...]
    checked: bool


class Explanation(Wire):
    """Why each class is as it is, and why each waiting line waits; a conflict where there is no plan."""

    status: str
    classes: tuple[ClassExplanation, ...]
    unplaced: tuple[LineExplanation, ...]
    conflict: ConflictState | None


class RuleState(Wire):
    """One rule as the judge saw it."""

    rule: str
    checked: int
    violations: tuple[str, ...]


class Verification(Wire):
    """What the independent judge said of a plan."""

    verified: bool
    reproducible: bool
    instance_fingerprint: str
    rules: tuple[RuleState, ...]
