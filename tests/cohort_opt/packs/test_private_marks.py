import random

import pytest

from cohort_opt.packs.private_marks import private_marks


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("write to a.b-c@example.org", ("mail",)),
        ("call 06-12345678", ("phone",)),
        ("call +31 6 1234 5678", ("phone",)),
        ("call 0049 30 1234567", ("phone",)),
        # 9*1 + 8*1 + 7*1 + 6*2 + 5*2 + 4*2 + 3*3 + 2*3 - 3 = 66 = 6 * 11
        ("number 111222333 of the file", ("bsn",)),
        ("number 111.222.333", ("bsn",)),
        ("pay to NL91 ABNA 0417 1643 00 please", ("iban",)),
    ],
)
def test_a_mark_of_private_data_is_found(text, kinds):
    assert set(kinds) <= set(private_marks(text))


@pytest.mark.parametrize(
    "text",
    [
        "Published building-block table, September 2023",
        "2,700 euros per place-year; 256,300,000 in the pot",
        "from 2027-03-01 to 2027-12-31",
        "number 111222334 of the file",
        "chamber of commerce 12345678",
        "17 weeks in year 1, 11 in year 2, 4 in year 3",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert private_marks(text) == ()


def test_every_valid_citizen_number_is_found_in_every_usual_spelling(campaign):
    dice, found, drawn = random.Random(24), 0, 0
    while drawn < 1_000 * campaign:
        digits = [dice.randrange(10) for _ in range(8)]
        last = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last > 9 or not any(digits):
            continue
        number = "".join(map(str, [*digits, last]))
        drawn += 1
        text = dice.choice([number, f"{number[:3]}.{number[3:6]}.{number[6:]}", f"{number[:4]} {number[4:6]} {number[6:]}"])
        found += "bsn" in private_marks(f"zie {text}, graag")
    assert found == drawn
