"""Jobs over HTTP: submit, look, take the proposal, cancel; and the two questions that store nothing."""

from __future__ import annotations

import re
import time
from typing import Annotated

from flask import Response, current_app, request
from flask_openapi.blueprint import APIBlueprint
from flask_openapi.models.tag import Tag
from pydantic import BaseModel, BeforeValidator, Field, RootModel

from cohort_opt import generate_json
from service.jobs import Dispatcher
from service.problems import Refusal
from service.schemas import ENDED, Explanation, JobList, JobRequest, JobState, ValidationReport, Verification
from service.services import answers, explanations
from service.services import jobs as verbs
from service.services.answers import Answer
from service.services.context import Context
from service.views.documentation import PROBLEMS
from service.views.paging import PageQuery, next_page
from service.views.speech import chosen
from service.views.wall import current_actor

api = APIBlueprint("jobs", __name__, url_prefix="/api/v1", abp_tags=[Tag(name="jobs")], abp_responses=PROBLEMS)

WAIT_STEP_SECONDS = 0.05


class JobPath(BaseModel):
    """Address of a job."""

    job_id: Annotated[str, Field(description="as given by the submit")]


class SizePath(BaseModel):
    """Address of a demo instance."""

    size: Annotated[str, Field(description="A: 46 trainees, B: 230; L and XL come from `cohort-opt generate`")]


def _envelope(value: object) -> object:
    """Let a bare instance stand for a request with default parameters."""
    return value if isinstance(value, dict) and "instance" in value else {"instance": value}


class JobBody(RootModel[Annotated[JobRequest, BeforeValidator(_envelope)]]):
    """An instance, or an object with `instance` and `params`."""


def context() -> Context:
    """Return the surroundings of the verbs."""
    found: Context = current_app.extensions["cohort_opt"]
    return found


def dispatcher() -> Dispatcher:
    """Return the dispatcher of this process."""
    found: Dispatcher = current_app.extensions["cohort_opt_jobs"]
    return found


def json_answer(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return JSON text as a response."""
    return Response(text, status, headers, mimetype="application/json")


def _prefix() -> str:
    return "/instance" if "instance" in request.get_json() else ""


@api.post("/jobs", responses={202: JobState, 200: JobState})
def submit_job(body: JobBody) -> Response:
    """Queue a solve.

    The answer comes at once with the address of the job; `Prefer: wait=10` waits so long for its end, and 200 says that it
    has ended. The same `Idempotency-Key` with the same body has one effect and gets the first answer again.
    """
    actor, wait = current_actor(), _wait_seconds()
    identity = answers.once("POST /api/v1/jobs", request.headers.get("Idempotency-Key"), request.get_data(), wait)
    answer = verbs.submit_job(context(), actor, body.root, _prefix(), identity)
    if not answer.replayed:
        dispatcher().dispatch()
        if wait:
            state = _wait(answer.location.rsplit("/", 1)[1], wait)
            status = 200 if verbs.has_ended(state) else 202
            answer = answers.settle(context(), actor, identity, Answer(status, state.model_dump_json(), answer.location))
    return answered(answer, wait)


@api.get("/jobs", responses={200: JobList})
def list_jobs(query: PageQuery) -> Response:
    """Return the jobs that the asker may see, the newest first."""
    found = verbs.list_jobs(context(), current_actor(), query.limit + 1, query.key())
    shown = found[: query.limit]
    link = next_page(query, shown, len(found) > query.limit, lambda job: [job.created_at, job.id])
    return json_answer(JobList(jobs=tuple(shown)).model_dump_json(), headers=link)


@api.get("/jobs/<string:job_id>", responses={200: JobState})
def get_job(path: JobPath) -> Response:
    """Return the light state of a job; `Prefer: wait=10` waits so long for its end."""
    wait = _wait_seconds()
    state = _wait(path.job_id, wait)
    headers = {} if state.state in ENDED else {"Retry-After": "1"}
    return json_answer(state.model_dump_json(), headers=headers | ({"Preference-Applied": f"wait={wait}"} if wait else {}))


@api.get("/jobs/<string:job_id>/proposal", responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}})
def get_proposal(path: JobPath) -> Response:
    """Return the proposal of a job, byte for byte as it was stored; while it runs, the best plan so far (with `Retry-After`)."""
    if draft := verbs.get_draft(context(), current_actor(), path.job_id):
        return json_answer(draft, headers={"Retry-After": "1"})
    return json_answer(verbs.get_proposal(context(), current_actor(), path.job_id))


@api.get("/jobs/<string:job_id>/instance", responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}})
def get_instance(path: JobPath) -> Response:
    """Return the frozen instance of a job, byte for byte as it was solved."""
    return json_answer(verbs.get_instance(context(), current_actor(), path.job_id))


@api.get("/jobs/<string:job_id>/explanation", responses={200: Explanation})
def get_explanation(path: JobPath) -> Response:
    """Return why each class is as it is and why each waiting line waits, in the language of `Accept-Language`."""
    return json_answer(explanations.explanation(context(), current_actor(), path.job_id, chosen()).model_dump_json())


@api.get("/jobs/<string:job_id>/verification", responses={200: Verification})
def get_verification(path: JobPath) -> Response:
    """Return what the independent judge said of the plan, rule by rule."""
    return json_answer(explanations.verification(context(), current_actor(), path.job_id).model_dump_json())


@api.post("/jobs/<string:job_id>/finish", responses={200: JobState})
def finish_job(path: JobPath) -> Response:
    """Ask a job to stop with the best plan that it has; asking twice is asking once."""
    return json_answer(
        verbs.ask_to_finish(context(), current_actor(), path.job_id).model_dump_json(), headers={"Retry-After": "1"}
    )


@api.delete("/jobs/<string:job_id>", responses={200: JobState})
def cancel_job(path: JobPath) -> Response:
    """Cancel a job that waits or runs; asking twice answers the same."""
    return json_answer(verbs.cancel_job(context(), current_actor(), path.job_id).model_dump_json())


@api.post("/validate", responses={200: ValidationReport})
def validate(body: JobBody) -> Response:
    """Check an instance as a submit would, and store nothing."""
    current_actor()
    return json_answer(verbs.validate(context(), body.root, _prefix()).model_dump_json())


@api.get("/demo-data/<string:size>", responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}})
def demo_data(path: SizePath) -> Response:
    """Return a synthetic instance to try the service with; the same size gives the same bytes."""
    if path.size == "A":
        return json_answer(generate_json("A", 1))
    if path.size == "B":
        return json_answer(generate_json("B", 1))
    raise Refusal("not-found", "There are demo instances of the sizes A and B; larger ones come from `cohort-opt generate`.")


def queued(answer: Answer) -> Response:
    """Return the answer to a request that queued a solve, and set a hand to it; a repeated request starts nothing."""
    if not answer.replayed:
        dispatcher().dispatch()
    return answered(answer)


def answered(answer: Answer, wait: int = 0) -> Response:
    """Return an answer that was stored with its effect."""
    headers = {"Location": answer.location}
    if wait:
        headers["Preference-Applied"] = f"wait={wait}"
    if answer.replayed:
        headers["Idempotency-Replayed"] = "true"
    if answer.status == 202:
        headers["Retry-After"] = "1"
    return json_answer(answer.body, answer.status, headers)


def _wait_seconds() -> int:
    found = re.search(r"(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])", request.headers.get("Prefer", ""))
    return min(int(found[1]), context().settings.max_wait_seconds) if found else 0


def _wait(job_id: str, seconds: int) -> JobState:
    """Return the state of the job when it has ended, or after so many seconds."""
    deadline = time.monotonic() + seconds
    state = verbs.get_job(context(), current_actor(), job_id)
    while not verbs.has_ended(state) and time.monotonic() < deadline:
        time.sleep(WAIT_STEP_SECONDS)
        state = verbs.get_job(context(), current_actor(), job_id)
    return state
