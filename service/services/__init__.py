"""One function per verb; company page, planner page, endpoint and nightly command all enter here."""
