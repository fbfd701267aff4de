"""Names that look alike: width, case, marks that nobody sees, and letters of other alphabets drawn as ours."""

from __future__ import annotations

import unicodedata

_CYRILLIC = dict(zip("аеорсухіјѕԁһԛԝѵіӏ", "aeopcyxijsdhqwvil", strict=True))
_CYRILLIC |= dict(zip("кмтвнгѓ", "kmtbhrr", strict=True))
_GREEK = dict(zip("αβγεικνορτυχω", "abyeiknoptuxw", strict=True))
_DIGITS = {"0": "o", "1": "l", "|": "l", "!": "l", "5": "s", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"}
LETTERS = {**_CYRILLIC, **_GREEK, **_DIGITS}
"""Letter -> the Latin one that it is drawn like (the common part of Unicode Technical Standard 39, confusables)."""


def skeleton(name: str) -> str:
    """Return what a name looks like; two names with one skeleton can be taken for each other."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    seen = (sign for sign in text if unicodedata.category(sign) not in ("Cf", "Mn", "Me", "Cc"))
    folded = "".join(LETTERS.get(sign, sign) for sign in seen)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded).replace("rn", "m").split())
