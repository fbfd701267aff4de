"""What a refusal says to a reader of a page: in English its own detail, else a sentence in the reader's language by its code."""

from __future__ import annotations

from flask import Flask

from service.problems import Flaw, Refusal
from service.views.speech import gettext, language


def register(app: Flask) -> None:
    """Give the templates the sentences of refusals."""
    app.jinja_env.filters["told"] = told


def told(refusal: Refusal | Flaw) -> str:
    """Return what went wrong in the language of the page; a code without a sentence keeps its English detail."""
    if language() == "en":
        return refusal.detail
    return _sentences().get(refusal.code, refusal.detail)


def place(name: str) -> str:
    """Return the label of a field of the counts as its form shows it; what is no such field stays, such as a cell."""
    return _fields().get(name, name)


# ---- inside --------------------------------------------------------------------------------------------------------------


def _fields() -> dict[str, str]:
    return {
        "course": gettext("Course"),
        "count": gettext("Trainees"),
        "earliest_start": gettext("Start from"),
        "latest_start": gettext("Start until"),
        "max_travel_km": gettext("At most km, single way"),
        "weekdays": gettext("Days that suit"),
        "patterns": gettext("Pattern"),
        "max_seat_price_cents": gettext("Only if a seat costs at most (whole euros; empty = any price)"),
    }


def _sentences() -> dict[str, str]:
    return {
        "already-exists": gettext("There is one of this name or id already; choose another."),
        "busy": gettext("There is no answer just now; try again in a minute."),
        "csrf": gettext("The form was open too long or came from elsewhere; go back, load the page anew and send it again."),
        "duplicate-line": gettext("The line stands twice."),
        "empty-availability": gettext("Choose at least one day and one pattern."),
        "forbidden": gettext("Your role may not do that."),
        "gone": gettext("It was erased."),
        "invalid-date": gettext("This is no date; write it as 2027-03-01."),
        "invalid-id": gettext("An id has letters, digits, dots, dashes and underscores only."),
        "invalid-mail": gettext("This is no mail address."),
        "missing-field": gettext("Something is missing here."),
        "no-proposal": gettext("There is no plan (yet)."),
        "not-found": gettext("There is no such thing, or it is not yours."),
        "not-running": gettext("The job has ended already."),
        "not-verified": gettext("The judge has not passed this plan, so it cannot be published."),
        "numeric-range": gettext("The number is too small or too large."),
        "out-of-range": gettext("The number is too small or too large."),
        "outside-horizon": gettext("The day lies outside the calendar of the round."),
        "personal-data-refused": gettext("This looks like personal data. Send counts only."),
        "round-closed": gettext("The round is closed; call the planner."),
        "start-after-end": gettext("The first day lies after the last one."),
        "state-changed": gettext("Something has changed meanwhile, so this is no longer possible; look at it anew."),
        "too-large": gettext("It is too large."),
        "too-long": gettext("The text is too long."),
        "too-many-requests": gettext("Too many attempts; wait a minute."),
        "unauthorized": gettext("Sign in first."),
        "unknown-reference": gettext("This is not one of the choices."),
        "unknown-value": gettext("This is not one of the choices."),
        "unsupported-workbook": gettext("This is no Excel file that can be read; take the file from this page."),
        "workbook-too-large": gettext("The Excel file is too large; take the file from this page."),
        "wrong-type": gettext("Something else is asked for here, such as a whole number."),
    }
