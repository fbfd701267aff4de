"""The words of mails, in the language of their reader; each names its reader's own figures only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.languages import catalogue, day, euros
from service.schemas import OwnSeats


def say(language: str, text: str, /, **facts: object) -> str:
    """Return an English sentence of this service in a language, with its facts."""
    return str(catalogue(language).ugettext(text)) % facts


def offer_mail(
    language: str, offers: Sequence[tuple[OwnSeats, Mapping[str, str]]], page: str, answer_until: str | None
) -> tuple[str, str]:
    """Return subject and text of the mail with a company's new offers."""
    parts = [say(language, "There are seats for your trainees.")]
    for own, links in offers:
        parts.append(_offer_lines(language, own))
        parts.append(
            "\n".join(
                f"{say(language, label)}: {links[answer]}"
                for answer, label in (("accept", "Accept"), ("decline", "Decline"), ("ask", "Please call us"))
            )
        )
    parts.append(say(language, "Each link opens a page that asks once more; nothing happens before that."))
    if answer_until:
        parts.append(say(language, "Please answer before %(when)s UTC.", when=answer_until[:16].replace("T", " ")))
    parts.append(say(language, "With conditions, and everything else: %(page)s", page=page))
    return say(language, "An offer for your trainees"), "\n\n".join(parts) + "\n"


def gone_mail(language: str, own: Sequence[OwnSeats], page: str) -> tuple[str, str]:
    """Return subject and text of the mail about seats of a company that are no longer planned."""
    parts = [
        say(
            language, "Your %(seats)s seats in %(course)s, %(site)s, from %(first)s, are no longer planned.",
            seats=seats.seats, course=seats.course_name, site=seats.site_name, first=day(seats.dates[0], language),
        )
        for seats in own
    ]  # fmt: skip
    parts.append(say(language, "Your present seats, and why somebody waits: %(page)s", page=page))
    return say(language, "A change of your seats"), "\n\n".join(parts) + "\n"


def night_mail(language: str, name: str, date: str, sentences: Sequence[str], page: str) -> tuple[str, str]:
    """Return subject and text of a planner's morning mail: what the night changed, in words."""
    subject = say(language, "%(name)s, night of %(date)s", name=name, date=day(date, language))
    return subject, "\n".join([*(f"- {sentence}" for sentence in sentences), "", page, ""])


def failed_night_mail(language: str, name: str, date: str, detail: str, page: str) -> tuple[str, str]:
    """Return subject and text of the mail about a night that failed."""
    subject = say(language, "%(name)s: the night of %(date)s failed", name=name, date=day(date, language))
    text = say(language, "The last good proposal stays. The reason: %(detail)s", detail=detail)
    return subject, f"{text}\n\n{page}\n"


def sign_up_mail(language: str, company: str, kvk: str, address: str, page: str) -> tuple[str, str]:
    """Return subject and text of the mail to a planner about a company that asks to take part."""
    parts = [
        say(language, "A company asks to take part: %(company)s", company=company),
        say(language, "Trade register: %(number)s. Address: %(address)s", number=kvk or "-", address=address),
        say(language, "Add it to a round, and make its account: %(page)s", page=page),
    ]
    return say(language, "A company asks to take part"), "\n\n".join(parts) + "\n"


def _offer_lines(language: str, own: OwnSeats) -> str:
    if own.share_cents is not None:
        price = euros(own.share_cents, language)
    else:
        least, most = euros(own.share_least_cents, language), euros(own.share_most_cents, language)
        price = say(language, "%(least)s to %(most)s", least=least, most=most)
    return say(
        language, "%(seats)s in %(course)s, %(site)s, from %(first)s to %(last)s, your share: %(price)s",
        seats=own.seats, course=own.course_name, site=own.site_name, first=day(own.dates[0], language),
        last=day(own.dates[-1], language), price=price,
    )  # fmt: skip
