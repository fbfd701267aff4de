"""What an operator watches: a line of log for each request, figures for Prometheus, health and readiness. Never what was sent.

A line names the route, not the address: addresses hold secrets of mail links, and ids of companies.
"""

from __future__ import annotations

import logging
import time

import structlog
from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.actors import Role
from service.problems import Refusal
from service.services import watching
from service.views.jobs import context
from service.views.wall import current_actor

pages = Blueprint("telemetry", __name__)
log = structlog.wrap_logger(
    logging.getLogger("service.requests"),
    processors=[structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.processors.JSONRenderer(sort_keys=True)],
    wrapper_class=structlog.stdlib.BoundLogger,
)


class Meters:
    """The figures of one app."""

    def __init__(self) -> None:
        """Make them, all at nought."""
        self.registry = CollectorRegistry()
        self._of_kind: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        names = ("route", "method", "status")
        self.requests = Counter("cohort_requests", "Requests that were answered", names, registry=self.registry)
        self.seconds = Histogram("cohort_request_seconds", "Seconds until the answer", ("route",), registry=self.registry)
        self.jobs = Gauge("cohort_jobs", "Jobs by state", ("state",), registry=self.registry)
        self.mails = Gauge("cohort_mails_waiting", "Mails that wait to be sent", registry=self.registry)
        self.messages = Gauge("cohort_webhook_messages_waiting", "Webhook messages that wait to be sent", registry=self.registry)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer; the two figures of each kind of answer are looked up once."""
        kind = (route, method, status)
        known = self._of_kind.get(kind)
        if known is None:
            known = self._of_kind[kind] = (self.requests.labels(route, method, str(status)), self.seconds.labels(route))
        known[0].inc()
        known[1].observe(seconds)


def register(app: Flask) -> None:
    """Count and log every request of the app."""
    meters = Meters()
    app.extensions["cohort_opt_meters"] = meters

    def begin() -> None:
        g.began = time.perf_counter()

    def end(response: Response) -> Response:
        route = request.endpoint or "none"
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        meters.count(route, _method(), response.status_code, seconds)
        actor = g.get("actor")
        log.info(
            "request", request_id=g.get("request_id", ""), route=route, method=_method(), status=response.status_code,
            milliseconds=round(1_000 * seconds, 1), role=str(actor.role) if actor else "unknown",
        )  # fmt: skip
        return response

    app.before_request(begin)
    app.after_request(end)


@pages.get("/metrics")
def metrics() -> Response:
    """Return the figures for Prometheus; for operators."""
    from flask import current_app

    if current_actor().role not in (Role.OPEN, Role.OPERATOR):
        raise Refusal("forbidden", "Only an operator may do that.")
    meters: Meters = current_app.extensions["cohort_opt_meters"]
    state = watching.state(context())
    for name, count in state.jobs.items():
        meters.jobs.labels(name).set(count)
    meters.mails.set(state.mails_waiting)
    meters.messages.set(state.messages_waiting)
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


@pages.get("/readyz")
def ready() -> Response:
    """Return 200 while the service can take work: the database takes writes and the disk has room."""
    watching.must_be_ready(context())
    return Response('{"status":"ready"}', mimetype="application/json")


def _method() -> str:
    return request.method if request.method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS") else "other"
