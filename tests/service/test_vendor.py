"""Assets of others are listed with licence and hash, and are what the list says."""

import hashlib
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "service" / "static" / "vendor"


def listed():
    rows = [line.strip("|\n ").split(" | ") for line in (VENDOR / "VENDOR.md").read_text().splitlines() if line.startswith("| ")]
    return {row[0]: row for row in rows[1:]}


def test_every_asset_is_listed():
    found = {path.name for path in VENDOR.iterdir() if path.suffix in (".js", ".css")}
    assert found == set(listed())
    assert found


def test_every_hash_is_that_of_the_list():
    for name, row in listed().items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == row[4]


def test_every_asset_comes_with_its_licence():
    for row in listed().values():
        licence = row[3].split("(")[1].rstrip(")")
        assert (VENDOR / licence).read_text().strip()
