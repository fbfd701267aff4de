"""Bodies of jobs: what is asked, how far it is, and why it failed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cohort_opt import Int, Mode, Number
from service.schemas.wire import InstanceDocument, Wire

ENDED = ("done", "failed", "cancelled")


class Params(Wire):
    """How hard to search; nothing here changes what a good plan is. Ranges are those of the library's `SolveParams`."""

    mode: Mode = Mode.REPRODUCIBLE
    seed: Annotated[Int, Field(ge=0, le=2**31 - 1)] = 1
    deterministic_limit: Annotated[Number, Field(ge=0.001, le=100_000)] = 60.0
    time_limit_seconds: Annotated[Number, Field(ge=0.1, le=86_400)] = 300.0
    workers: Annotated[Int, Field(ge=1, le=64)] = 2
    gap_target: Annotated[Number, Field(ge=0, le=1)] = 0.0
    start: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] | None = None
    """Job whose proposal the search starts from: nothing moves without a gain."""


class JobRequest(Wire):
    """One solve: an instance and how hard to search."""

    instance: InstanceDocument
    params: Params = Params()


class JobFailure(Wire):
    """Why a job failed: a stable code and a sentence."""

    code: str
    detail: str


class JobState(Wire):
    """The light state of a job: everything but the plan.

    `status` is how the solve ended (`optimal`, `feasible`, `infeasible`, `no_solution_in_time`, `empty`); it is `null` until
    then. While the job runs, `objective_cents`, `bound_cents`, `gap` and `seats` are those of the best plan so far.
    """

    id: str
    kind: Literal["interactive", "what_if", "night"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    status: Literal["optimal", "feasible", "infeasible", "no_solution_in_time", "empty"] | None
    phase: str
    objective_cents: int | None
    bound_cents: int | None
    gap: float | None
    seats: int | None
    attempt: int
    instance_fingerprint: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    failure: JobFailure | None


class JobList(Wire):
    """Jobs, the newest first."""

    jobs: tuple[JobState, ...]


class ValidationReport(Wire):
    """The instance keeps every rule; what it holds."""

    valid: Literal[True]
    instance_fingerprint: str
    companies: int
    demands: int
    trainees: int
    estimated_variables: int


class FileList(Wire):
    """Names of files, to be asked for one by one."""

    files: tuple[str, ...]
