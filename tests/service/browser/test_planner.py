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
    page.click("a:has-text('To the night')")
    page.wait_for_selector("article.waiting")  # a count does not wait for the next page
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
    page.click("a:has-text('The whole report')")
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


def test_a_late_request_ends_in_an_offer(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('A late request')")
    page.select_option("select[name=course]", "drilling-basic")
    page.fill("input[name=count]", "1")
    page.click("button:has-text('Find the best three')")
    page.wait_for_selector("#fits article")
    page.locator("button:has-text('Take this class')").first.click()
    page.wait_for_selector("h2:has-text('What changes')")
    page.click("button:has-text('Adopt')")
    page.wait_for_selector("h2:has-text('Waiting list')")
    page.click("button:has-text('Publish')")
    page.wait_for_selector("h2:has-text('Go or no-go')")


def chip_with_a_choice(page):
    """Return somebody who sits and could sit elsewhere, and the place to go to."""
    chips = page.locator(".slot:not(.waits) .chips .chip")
    chips.first.wait_for()
    for i in range(chips.count()):
        chip = chips.nth(i)
        others = [run for run in chip.get_attribute("data-may").split() if run != chip.get_attribute("data-from")]
        if others:
            own = "".join(f'[data-{name}="{chip.get_attribute(f"data-{name}")}"]' for name in ("demand", "from"))
            return page.locator(f".chips .chip{own}"), page.locator(f'.slot[data-run="{others[0]}"]')
    raise AssertionError("nobody could move")


def drag(page, chip, slot):
    """Drag with the mouse as a hand does: press, move in steps, wait, let go."""
    chip.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    start, end = chip.bounding_box(), slot.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 20, steps=5)
    page.wait_for_timeout(100)
    page.mouse.move(end["x"] + 70, end["y"] + 30, steps=3)
    page.mouse.up()


def test_trainees_are_dragged_to_another_day(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('Move by hand')")
    chip, slot = chip_with_a_choice(page)
    name = chip.inner_text()
    drag(page, chip, slot)
    assert page.locator("#moves li").count() == 1
    assert slot.locator(f".chip:has-text('{name}')").count() == 1
    page.uncheck("input[name=keep_others]")
    page.click("button:has-text('Try it')")
    page.wait_for_selector("text=What if: Moved by hand")


def test_trainees_are_moved_by_keyboard(visit):
    page = open_night(visit("planner", width=390, height=800))
    page.click("a:has-text('Move by hand')")
    chip, slot = chip_with_a_choice(page)
    chip.focus()
    page.keyboard.press("Enter")
    assert chip.get_attribute("aria-pressed") == "true"
    slot.locator("button.put").focus()
    page.keyboard.press("Enter")
    assert page.locator("#moves li").count() == 1
    assert "from" in page.inner_text("#moves-status")
    page.click("#moves button:has-text('Undo')")
    assert page.locator("#moves li").count() == 0


def test_moves_by_form_join_the_list(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('Move by hand')")
    chip, slot = chip_with_a_choice(page)
    who = "|".join(chip.get_attribute(f"data-{name}") for name in ("demand", "from", "count"))
    page.click("summary:has-text('By form')")
    page.select_option("select[name=who]", who)
    page.select_option("select[name=to]", slot.get_attribute("data-run"))
    page.click("#add-move")
    assert page.locator("#moves li").count() == 1
    assert page.input_value("select[name=who]") == ""


def test_what_ifs_stand_side_by_side(visit):
    page = open_night(visit("planner"))
    page.locator("a:has-text('What would place them?')").first.click()
    page.wait_for_selector(".repairs li")
    page.locator(".repairs li button").first.click()
    page.wait_for_selector("h2:has-text('What changes')")
    page.click("hgroup a")
    page.click("button:has-text('Compare side by side')")
    page.wait_for_selector("h2:has-text('Who sits elsewhere')")
    assert page.locator("table.plans").first.locator("thead th").count() >= 2


def test_the_map_shows_companies_sites_and_our_own_outlines(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('Map and timeline')")
    page.wait_for_selector("#map path.land", state="attached")
    assert page.locator("#map path.company").count() == page.locator("section:has(#map) tbody tr").count()
    assert page.locator("svg.timeline").count() == 2
    page.focus("#map")
    page.keyboard.press("+")


def test_a_sweep_is_a_picture_with_its_table(visit):
    page = open_night(visit("planner"))
    page.click("a:has-text('What a figure does')")
    page.fill("input[name=first]", "7")
    page.fill("input[name=last]", "9")
    page.click("button:has-text('Plan for each value')")
    page.wait_for_selector("img.chart")
    assert page.evaluate("document.querySelector('img.chart').naturalWidth") > 300
    assert page.locator("tbody tr").count() == 3
