"""The service as a process with demo data, and a real Chromium in front of it. Nothing may be asked of the world outside."""

import os
import shutil
import signal
import subprocess
import sys

import pytest

START_SECONDS = 60


def chromium():
    """Return the path of Chromium; without it tests are skipped here and fail in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if "CI" in os.environ:
            pytest.fail("Chromium is not installed (Debian: apt-get install chromium)")
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return found


def serve(folder):
    """Start the service with demo data in a folder; return the process and its address."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("COHORT_OPT", "FLASK"))},
        "COHORT_OPT_SERVICE_DATABASE": str(folder / "service.sqlite3"),
    }
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    return server, server.stdout.readline().strip().rstrip("/")


def end(server):
    os.kill(server.pid, signal.SIGINT)
    try:
        server.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
    server.stdout.close()


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A service with demo data of its own for each file of tests."""
    server, found = serve(tmp_path_factory.mktemp("service"))
    yield found
    end(server)


def is_complaint(message):
    """Whether the browser complains; that an answer was a refusal of what was typed is no complaint."""
    refused = any(f"status of {status}" in message.text for status in (413, 415, 422))
    return message.type in ("error", "warning") and not refused


@pytest.fixture
def visit(browser, address):
    """Return a function that opens the first page as somebody; every complaint of the browser fails the test."""
    contexts, complaints = [], []

    def open_as(who="", width=1280, height=900, language="en-GB", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else complaints.append(request.url))
        page.goto(f"{address}/")
        if who:
            page.click(f"form[action='/demo/{who}'] button")
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert complaints == []
