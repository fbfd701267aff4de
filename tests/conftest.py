"""What all tests share: the factor CAMPAIGN for random campaigns, and a hypothesis profile that always draws the same cases."""

import os

import pytest
from hypothesis import HealthCheck, settings

CAMPAIGN = max(1, int(os.environ.get("CAMPAIGN", "1")))
"""How many times the usual number of random cases to run: `CAMPAIGN=100 make test`."""

settings.register_profile(
    "house", derandomize=True, deadline=None, database=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for the factor: `pytest -m campaign` runs all campaigns and says how long they take."""
    for item in items:
        if "campaign" in getattr(item, "fixturenames", ()):
            item.add_marker("campaign")


@pytest.fixture(scope="session")
def campaign() -> int:
    """Return the factor by which random campaigns are scaled, at least 1."""
    return CAMPAIGN
