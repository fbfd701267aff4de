"""Pictures of the pages, to be looked at: python -m tests.service.browser.screenshots FOLDER."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.service.browser.conftest import chromium, end, serve

STEPS = {
    "company": (
        ("offer", "main article a:has-text('Demo region')", "h2:has-text('Your offers')"),
        ("answer", "button:has-text('Accept')", "text=Your answer is stored"),
    ),
    "planner": (
        ("round", "main article a:has-text('Demo region')", "h2:has-text('Nights')"),
        ("night", "th[scope=row] a", "h2:has-text('Waiting list')"),
        ("repairs", "a:has-text('What would place them?')", ".repairs li"),
        ("what-if", ".repairs li button", "h2:has-text('What changes')"),
        ("night-again", "hgroup a", "h2:has-text('What-ifs')"),
        ("compare", "button:has-text('Compare side by side')", "h2:has-text('Who sits elsewhere')"),
        ("", "hgroup a:last-child", "h2:has-text('Waiting list')"),
        ("moves", "a:has-text('Move by hand')", ".board"),
        ("", "hgroup a", "h2:has-text('Waiting list')"),
        ("late", "a:has-text('A late request')", "button:has-text('Find the best three')"),
        ("", "hgroup a", "h2:has-text('Waiting list')"),
        ("pictures", "a:has-text('Map and timeline')", "#map path.land"),
        ("", "hgroup a", "h2:has-text('Waiting list')"),
        ("sweep-form", "a:has-text('What a figure does')", "button:has-text('Plan for each value')"),
        ("sweep", "button:has-text('Plan for each value')", "img.chart"),
        ("", "hgroup a", "h2:has-text('Waiting list')"),
        ("publication", "a:has-text('Published')", "h2:has-text('Go or no-go')"),
    ),
}


def main() -> None:
    """Walk the ways of the demo's people and take a picture at every step, on a desk and on a phone."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        server, address = serve(Path(folder))
        try:
            for device, width in (("desk", 1280), ("phone", 390)):
                for who, steps in STEPS.items():
                    page = browser.new_context(viewport={"width": width, "height": 850}, locale="en-GB").new_page()
                    page.goto(f"{address}/")
                    page.screenshot(path=target / f"{device}-home.png", full_page=True)
                    page.click(f"form[action='/demo/{who}'] button")
                    for name, click, seen in steps:
                        page.locator(click).first.click()
                        page.wait_for_selector(seen, timeout=60_000, state="attached")
                        if name:
                            page.screenshot(path=target / f"{device}-{who}-{name}.png", full_page=True)
        finally:
            end(server)
            browser.close()


if __name__ == "__main__":
    main()
