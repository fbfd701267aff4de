"""What looks like data about a person, in a text that has no room for one: a service number, a mail address, a telephone, an
account, a day of birth.

Texts here name companies, courses, places and lines. A finding never repeats what it found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIRST_BIRTH_YEAR, LAST_BIRTH_YEAR = 1930, 2015
"""A day in these years is nobody's training day; trainees of today were born in them."""

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])", re.IGNORECASE)
_NINE = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){8}(?![0-9])")
_PHONE = re.compile(
    r"(?<![0-9A-Za-z+])(?:\+|00)[1-9][0-9]{0,2}[ ./-]?(?:\(0\))?(?:[ ./-]?[0-9]){7,12}(?![0-9])"
    r"|(?<![0-9A-Za-z])0[1-9](?:[ ./-]?[0-9]){8}(?![0-9])"
)
_YEAR = r"((?:19|20)[0-9]{2})"
_DAY = re.compile(rf"(?<![0-9])(?:[0-3]?[0-9][-./ ][01]?[0-9][-./ ]{_YEAR}|{_YEAR}[-./][01]?[0-9][-./][0-3]?[0-9])(?![0-9])")


def personal_data_in(text: str) -> str:
    """Return the kind of data about a person that a text seems to hold: `mail`, `account`, `number`, `telephone`, `birth`; or ''.

    Notes
    -----
    A citizen service number has nine digits whose weighted sum (9, 8, ..., 2, -1) is a multiple of 11; an account number keeps
    ISO 13616 (remainder 1 by 97). One in eleven other numbers of nine digits passes the first test and is refused with them.
    """
    return next(_kinds(text), "")


def _kinds(text: str) -> Iterator[str]:
    if _MAIL.search(text):
        yield "mail"
    if sum(sign.isdigit() for sign in text) < 6:
        return
    if any(_is_account(found.group()) for found in _IBAN.finditer(text)):
        yield "account"
    if any(_is_service_number(found.group()) for found in _NINE.finditer(text)):
        yield "number"
    if _PHONE.search(text):
        yield "telephone"
    if any(FIRST_BIRTH_YEAR <= int(found[1] or found[2]) <= LAST_BIRTH_YEAR for found in _DAY.finditer(text)):
        yield "birth"


def _is_service_number(text: str) -> bool:
    digits = [int(sign) for sign in text if sign.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _is_account(text: str) -> bool:
    signs = text.replace(" ", "").upper()
    if not 15 <= len(signs) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1
