"""A planner's whole way with a real browser: run, why not, repair, compare, adopt, publish, follow; by keyboard too."""

import pytest

pytestmark = pytest.mark.browser


def open_round(page):
    page.click("main article a:has-text('Demo region')")
    return page


def open_night(page):
    open_round(page)
    page.click("th[scope=row] a")
    return page


def test_from_the_waiting_list_to_a_published_repair(visit):
    """Nobody has read any documentation: each step is a button on the page before."""
    page = open_round(visit("planner"))
    page.click("button:has-text('Propose')")
    page.wait_for_selector("text=proven best")
    page.goto(page.url.split("/jobs/")[0] + "/rounds/demo")
    page.click("th[scope=row] a")  # the latest night comes first
    waiting = page.locator("article.waiting").count()
    assert waiting >= 1
    assert page.locator("article.waiting p").first.inner_text()
    page.locator("a:has-text('What would place them?')").first.click()
    page.wait_for_selector(".repairs li")
    before = page.inner_text("h2:has-text('classes')")
    page.locator(".repairs li:not(:has-text('A company decides')) button").first.click()
    page.wait_for_selector("h2:has-text('What changes')")
    page.click("button:has-text('Adopt')")
    page.wait_for_selector("h2:has-text('Waiting list')")
    assert page.locator("article.waiting").count() < waiting
    assert before
    page.click("button:has-text('Publish')")
    page.wait_for_selector("h2:has-text('Go or no-go')")
    assert page.locator("h2:has-text('Answers') + div tbody tr").count() >= 8


def test_a_line_that_a_company_decides_about_cannot_be_adopted_for_it(visit):
    page = open_night(visit("planner"))
    page.locator("a:has-text('What would place them?')").first.click()
    page.wait_for_selector(".repairs li:has-text('A company decides')")
    page.locator(".repairs li:has-text('A company decides') button").first.click()
    page.wait_for_selector("h2:has-text('What changes')")
    assert page.locator("button:has-text('Adopt')").count() == 0


def test_the_report_of_a_night_opens_in_its_sandbox(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('Map, timeline, prices')")
    page.wait_for_selector("svg")
    assert page.locator("svg").count() >= 1


def test_the_way_to_the_publication_needs_no_mouse(visit):
    """From the first page with Tab and Enter alone."""
    page = visit("planner")

    def tab_to(text):
        for _ in range(80):
            page.keyboard.press("Tab")
            if (
                page.evaluate("document.activeElement.matches('a, button, input') ? document.activeElement.innerText : ''")
                == text
            ):
                return
        raise AssertionError(f"{text} is not reached with Tab")

    tab_to("Demo region")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Nights')")
    tab_to("Answers, go or no-go")
    page.keyboard.press("Enter")
    page.wait_for_selector("h2:has-text('Go or no-go')")
