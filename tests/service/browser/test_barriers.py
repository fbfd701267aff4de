"""No page has a barrier that axe knows: every page of every role, light and dark, on a desk and on a phone."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parents[2] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "": ("/", "/sign-in", "/docs", "/problems/out-of-range", "/absent"),
    "company": ("/", "/rounds", "{company}", "/account"),
    "planner": (
        "/",
        "/rounds",
        "/rounds/demo",
        "{night}",
        "/rounds/demo/publication",
        "/accounts",
        "/account",
        "{repairs}",
        "{night}/moves",
        "{night}/late",
        "{night}/late?company=c01&course=drilling-basic&count=1",
        "{night}/pictures",
        "{night}/sweep",
        "{night}/files",
        "{night}/alliance?form=consortium",
        "{night}/leaving?company=c02&left_on=2027-02-01&days=28&percent=50",
        "/rounds/demo/sums",
        "/companies/c02/erase",
    ),
    "reader": ("/", "/rounds", "/rounds/demo/sums", "/account"),
}
CASES = [(who, path) for who, paths in PAGES.items() for path in paths]


def place(page, path):
    """Return the address of a page that has no fixed one."""
    if path == "{company}":
        return page.get_attribute("main article a", "href")
    if path.startswith(("{night}", "{repairs}")):
        page.goto(page.url.rstrip("/") + "/rounds/demo")
        night = page.get_attribute("th[scope=row] a", "href")
        if path.startswith("{night}"):
            return path.replace("{night}", night)
        page.goto(page.url.split("/rounds/")[0] + night)
        return page.get_attribute("a:has-text('What would place them?')", "href")
    return path


@pytest.mark.parametrize("size", [(1280, "light"), (390, "dark")], ids=["desk", "phone-dark"])
@pytest.mark.parametrize(("who", "path"), CASES, ids=[f"{who or 'nobody'} {path}" for who, path in CASES])
def test_a_page_has_no_barriers(browser, address, who, path, size):
    width, scheme = size
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB", color_scheme=scheme)
    try:
        page = context.new_page()
        page.goto(f"{address}/")
        if who:
            page.click(f"form[action='/demo/{who}'] button")
        target = place(page, path)
        page.goto(target if target.startswith("http") else f"{address}{target}")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        said = [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]
        assert said == []
        assert len(found["passes"]) > 5
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, "the page scrolls sideways"
    finally:
        context.close()
