"""Verbs of statements: what a company was offered and agreed to, with its price rule; as data, and as a PDF to sign and file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from service.actors import Actor
from service.languages import day, euros
from service.problems import Refusal
from service.schemas import OfferState, Statement, StatementRow
from service.services import offers, rounds
from service.services.context import Context
from service.services.mails import say


def price_rule(language: str) -> tuple[str, ...]:
    """Return the rule of the price in words: what a company may change, and what cannot change for it."""
    return (
        say(language, "You can change or withdraw your counts until the round closes; the next night reads them."),
        say(language, "A price that you have accepted never rises: a plan in which your seats would cost more asks you again."),
        say(language, "What others send, change or take back never raises a price that you have accepted."),
        say(
            language,
            "Your share is the cost of the class divided by its seats, times yours; where that would tell another company's "
            "count, the lowest and the highest share that the class allows are told instead.",
        ),
        say(language, "Journeys are an estimate at the agreed rate and are not part of the share."),
    )


def statement(context: Context, actor: Actor, round_id: str, company: str, language: str) -> Statement:
    """Return the statement of a company in what is published.

    Raises
    ------
    Refusal
        `not-found` for somebody else's company as for an unknown one.
    """
    base = rounds.round_base(context, actor, round_id, company)
    found = offers.company_offers(context, actor, round_id, company)
    rows = tuple(_row(offer) for offer in found)
    agreed = [row for row in rows if row.answer != "decline"]
    return Statement(
        round=round_id,
        round_name=base["round"].name,
        company=company,
        company_name=base["company"]["name"],
        published_on=offers.published_on(context, actor, round_id, company),
        answer_until=found[0].answer_until if found else None,
        counts_until=base["round"].closes_at,
        rows=rows,
        seats=sum(row.seats.seats for row in agreed),
        together_least_cents=sum(row.together_least_cents for row in agreed),
        together_most_cents=sum(row.together_most_cents for row in agreed),
        price_rule=price_rule(language),
    )


def total(shown: Statement, language: str) -> str:
    """Return the sum of a statement in words."""
    return say(
        language, "Together, without what you declined: %(seats)s seats, %(price)s with journeys.",
        seats=shown.seats, price=_between(shown.together_least_cents, shown.together_most_cents, language),
    )  # fmt: skip


def statement_pdf(context: Context, actor: Actor, round_id: str, company: str, language: str) -> bytes:
    """Return the statement as a PDF.

    Raises
    ------
    Refusal
        `not-acceptable`, where the service was installed without the extra that writes PDF.
    """
    shown = statement(context, actor, round_id, company, language)
    try:
        import typst
    except ModuleNotFoundError:
        detail = "This service writes no PDF; print the page, or let the operator install cohort-opt[pdf]."
        raise Refusal("not-acceptable", detail) from None
    template = (files("service") / "documents" / "statement.typ").read_bytes()
    return bytes(typst.compile(template, sys_inputs={"data": json.dumps(_words(shown, language), ensure_ascii=False)}))


# ---- inside --------------------------------------------------------------------------------------------------------------


def _row(offer: OfferState) -> StatementRow:
    own = offer.terms
    least = own.share_cents if own.share_cents is not None else own.share_least_cents
    most = own.share_cents if own.share_cents is not None else own.share_most_cents
    together = (least + own.journeys_cents, most + own.journeys_cents)
    saved = own.alone_cents - together[1] if own.alone_cents is not None and not own.waiting_alone else None
    return StatementRow(
        seats=own, answer=offer.answer, conditions=offer.conditions, together_least_cents=together[0],
        together_most_cents=together[1], saved_least_cents=saved,
    )  # fmt: skip


def _between(least: int, most: int, language: str) -> str:
    if least == most:
        return euros(least, language)
    return say(language, "%(least)s to %(most)s", least=euros(least, language), most=euros(most, language))


def _words(shown: Statement, language: str) -> dict[str, object]:
    """Return every word of the document in the reader's language; the template only sets them."""
    answers = {
        "open": say(language, "no answer yet"),
        "accept": say(language, "accepted"),
        "decline": say(language, "declined"),
        "conditional": say(language, "accepted with conditions"),
        "ask": say(language, "asks for a call"),
    }
    rows = [_cells(row, answers, language) for row in shown.rows]
    published = day(shown.published_on[:10], language) if shown.published_on else "–"
    return {
        "language": language,
        "title": say(language, "Statement"),
        "company": shown.company_name,
        "round": shown.round_name,
        "published": say(language, "Published on %(date)s", date=published),
        "header": [
            say(language, "Course"), say(language, "Where"), say(language, "Days"), say(language, "Seats"),
            say(language, "Your share"), say(language, "Journeys"), say(language, "Alone"), say(language, "Your answer"),
        ],
        "rows": rows,
        "none": say(language, "Nothing is offered to you in what is published."),
        "total": total(shown, language),
        "rule_title": say(language, "How your price is made"),
        "rules": list(shown.price_rule),
    }  # fmt: skip


def _cells(row: StatementRow, answers: Mapping[str, str], language: str) -> list[str]:
    own = row.seats
    shares = (row.together_least_cents - own.journeys_cents, row.together_most_cents - own.journeys_cents)
    return [
        own.course_name,
        f"{own.site_name}, {own.municipality}",
        f"{day(own.dates[0], language)} – {day(own.dates[-1], language)}",
        str(own.seats),
        _between(*shares, language),
        euros(own.journeys_cents, language),
        euros(own.alone_cents, language),
        answers[row.answer],
    ]
