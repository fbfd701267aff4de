"""Marks of private data in free text: citizen service number, mail address, phone number, bank account.

A text that carries one is refused; the text itself is never repeated in the refusal.
"""

from __future__ import annotations

import re

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?(?:@|\(at\)|\[at\])\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w])(?:\+|00)(?:31|32|49|41|44|43)[\s./-]?(?:\(0\))?(?:[\s./-]?\d){8,11}(?!\d)|(?<![\w.])0\d(?:[\s-]?\d){8}(?!\d)"
)
_NINE_DIGITS = re.compile(r"(?<![\d.,])\d(?:[ .-]?\d){8}(?![\d]|[.,]\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])")


def private_marks(text: str) -> tuple[str, ...]:
    """Return which kinds of private data the text seems to carry: `mail`, `phone`, `bsn`, `iban`, in this order.

    Notes
    -----
    A citizen service number has nine digits of which `9a + 8b + ... + 2h - i` is divisible by 11; an IBAN passes the check of
    ISO 7064 (mod 97 = 1). Other figures of nine digits are left alone unless they pass by chance (one in eleven).
    """
    found = {
        "mail": _MAIL.search(text) is not None,
        "phone": _PHONE.search(text) is not None,
        "bsn": any(_passes_eleven(match.group()) for match in _NINE_DIGITS.finditer(text)),
        "iban": any(_passes_97(match.group()) for match in _IBAN.finditer(text)),
    }
    return tuple(kind for kind, is_there in found.items() if is_there)


def _passes_eleven(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 == 0


def _passes_97(text: str) -> bool:
    """Return whether a prefix of the text that is long enough is an IBAN (words may follow it without a sign between)."""
    letters = text.replace(" ", "").upper()
    return any(_is_iban(letters[:length]) for length in range(15, min(34, len(letters)) + 1))


def _is_iban(iban: str) -> bool:
    rearranged = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in rearranged)) % 97 == 1
