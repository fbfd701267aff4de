"""Which language a page is in, and the words, amounts and dates that templates ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from flask import Flask, g, request

from service.languages import DEFAULT, LANGUAGES, catalogue, day, euros, moment, number, rule, said, week
from service.problems import Refusal
from service.views.wall import visitor


def register(app: Flask) -> None:
    """Give the templates their words."""
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        lambda text: catalogue(language()).ugettext(text),
        lambda one, many, count: catalogue(language()).ungettext(one, many, count),
        newstyle=True,
    )
    environment.filters.update(
        euros=lambda cents: euros(cents, language()),
        day=lambda date, form="medium": day(date, language(), form),
        moment=lambda instant: moment(instant, language(), app.extensions["cohort_opt"].settings.zone),
        figure=lambda value, digits=1: number(value, language(), digits),
        iso_week=lambda date: "{}-W{:02}".format(*dt.date.fromisoformat(date).isocalendar()[:2]),
        week=lambda date: week(date, language()),
        rule=lambda name: rule(name, language()),
        said=lambda reason, names=None: said(reason if isinstance(reason, Mapping) else reason.model_dump(), language(), names),
    )
    environment.globals.update(language=language, languages=LANGUAGES)


def language() -> str:
    """Return the language of the page: as chosen, as the account says, as the browser asks, else Dutch."""
    if "language" not in g:
        g.language = _choose()
    found: str = g.language
    return found


def chosen() -> Literal["nl", "en", "de"]:
    """Return the same, as one of the three."""
    found: Literal["nl", "en", "de"] = language()  # type: ignore[assignment]  # `_choose` returns a key of LANGUAGES
    return found


def gettext(text: str) -> str:
    """Return a text in the language of the page."""
    return str(catalogue(language()).ugettext(text))


def _choose() -> str:
    chosen = request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    try:
        account = visitor().language
    except Refusal:
        account = ""
    return account or request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT
