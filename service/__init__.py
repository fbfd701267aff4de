"""The web service of Cohort Opt: the one place where its parts meet."""

from __future__ import annotations

import logging
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from service.clock import Clock, system_clock
from service.config import Settings, SettingsError, check_settings, read_settings

if TYPE_CHECKING:
    from flask import Flask

    from service.children import Solver

VERSION = "0.1.0"


def create_app(
    config: Settings | None = None,
    *,
    clock: Clock = system_clock,
    solver: Solver | None = None,
    executor: Executor | None = None,
    work: bool = True,
) -> Flask:
    """Return the service as a WSGI application.

    Parameters
    ----------
    config
        Settings; read from the environment where left out.
    clock, solver, executor
        Other ones in tests: the instant, what solves, and what runs the solves.
    work
        Whether this process looks for lost jobs by itself.

    Raises
    ------
    SettingsError
        If the settings are unsafe, or the database was not made by `init-db` of this version.
    """
    from flask_openapi.models.info import Info
    from flask_openapi.openapi import OpenAPI

    from service.jobs import ClusterHands, Dispatcher, Hands, ThreadHands, child_solver
    from service.schemas import ProblemDocument
    from service.services.context import Context
    from service.store.database import fault_of, open_store, shown
    from service.views import (
        academy_pages,
        account_pages,
        accounts,
        companies,
        comparisons,
        documentation,
        errors,
        exports,
        jobs,
        money_pages,
        night_pages,
        nights,
        offer_pages,
        offers,
        pages,
        pictures,
        plans,
        question_pages,
        refusals,
        rounds,
        speech,
        studies,
        telemetry,
        wall,
        webhooks,
        what_if_pages,
        workbooks,
    )

    settings = config or read_settings()
    check_settings(settings)
    if fault := fault_of(settings.database):
        raise SettingsError(f"{shown(settings.database)}: {fault}")
    app = OpenAPI(
        __name__,
        info=Info(title="Cohort Opt", version=VERSION, description=documentation.DESCRIPTION),
        validation_error_model=ProblemDocument,
        validation_error_callback=errors.from_pydantic,
        doc_ui=False,
        static_folder="static",
    )
    app.openapi_version = "3.1.0"
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it, the type of the base does not
    logging.getLogger("waitress").setLevel(logging.ERROR)
    context = Context(open_store(settings.database), clock, settings)
    hands: Hands = ClusterHands(settings)
    if solver is not None or executor is not None:
        hands = ThreadHands(context, solver or child_solver(context), executor)
    worker = Dispatcher(context, hands)
    app.extensions.update(cohort_opt=context, cohort_opt_jobs=worker)
    telemetry.register(app)
    wall.register(app, settings)
    errors.register(app)
    for api in (
        accounts.api,
        jobs.api,
        rounds.api,
        companies.api,
        workbooks.api,
        plans.api,
        nights.api,
        studies.api,
        comparisons.api,
        pictures.api,
        offers.api,
        exports.api,
        webhooks.api,
    ):
        app.register_api(api)
    for module in (
        telemetry,
        documentation,
        account_pages,
        offer_pages,
        pages,
        what_if_pages,
        night_pages,
        question_pages,
        academy_pages,
        money_pages,
    ):
        app.register_blueprint(module.pages)
    for endpoint in (*account_pages.SLOWED, *companies.SLOWED):
        wall.slow_down(app, endpoint)
    speech.register(app)
    refusals.register(app)
    app.jinja_env.globals.update(
        request_key=pages.request_key, visitor=wall.visitor, form_token=wall.form_token, settings=settings
    )
    if work:
        worker.start()
    return app
