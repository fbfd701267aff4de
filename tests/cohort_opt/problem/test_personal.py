"""Texts that seem to tell about a person are found, in every way of writing, and texts about courses and places are not."""

import random

import pytest

from cohort_opt.problem.personal import personal_data_in


def service_number(rng):
    """Return nine digits by the 11-test: eight at random, and the last so that the weighted sum is a multiple of 11."""
    while True:
        digits = [rng.randrange(10) for _ in range(8)]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10 and any(digits):
            return "".join(map(str, [*digits, last]))


def account_number(rng):
    """Return a Dutch account number whose check digits are those of ISO 13616 (98 less the remainder by 97)."""
    bank, number = "".join(rng.choice("ABCDEFGHIJ") for _ in range(4)), f"{rng.randrange(10**10):010}"
    rest = int("".join(str(int(sign, 36)) for sign in f"{bank}{number}NL00")) % 97
    return f"NL{98 - rest:02}{bank}{number}"


def test_a_thousand_of_each_kind_are_all_found():
    rng = random.Random(7)
    for _ in range(1_000):
        number = service_number(rng)
        assert personal_data_in(f"Jan {number[:3]}.{number[3:6]}.{number[6:]}") == "number"
        assert personal_data_in(account_number(rng)) == "account"
        assert personal_data_in(f"bel 06-{rng.randrange(10**8):08}") in ("telephone", "number")
        assert personal_data_in(f"x{rng.randrange(999)}@firm.example") == "mail"
        born = f"{rng.randrange(1, 29)}-{rng.randrange(1, 13)}-{rng.randrange(1950, 2010)}"
        assert personal_data_in(f"geb. {born}") == "birth"


@pytest.mark.parametrize(
    "text",
    ["", "Drilling 2027", "Week 9, 24 places", "KvK 12345678", "2027-03-01 to 2027-03-05", "Room 0.12", "1234 AB", "Crebo 25605",
     "12 x 185 = 2220", "drilling-academy/2027-03-01/block5", "Kade 12, 3011 Rotterdam", "Lot 123456789"],
)  # fmt: skip
def test_what_tells_of_nobody_is_let_through(text):
    assert personal_data_in(text) == ""


def test_at_most_one_number_of_eleven_is_refused_without_being_one():
    rng = random.Random(3)
    refused = sum(personal_data_in(f"order {rng.randrange(10**8, 10**9)}") != "" for _ in range(2_000))
    assert refused / 2_000 < 0.12  # 1 in 11 = 0.091
