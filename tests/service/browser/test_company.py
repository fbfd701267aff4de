"""A company's whole way with a real browser: an offer answered, counts by form and by Excel, the calendar; on a phone too."""

import io
import zipfile

import openpyxl
import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 800}


def open_round(page):
    page.click("main article a:has-text('Demo region')")
    return page


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_an_offer_is_accepted_with_a_condition(visit, size):
    page = open_round(visit("company", **size))
    page.click("summary:has-text('Yes, if')")
    page.fill("input[name=min_class_size]", "8")
    page.click("button:has-text('Accept with these conditions')")
    page.wait_for_selector("text=Your answer is stored")
    assert "at least 8 in the class" in page.inner_text("main")
    page.click("button:has-text('Accept'):not(:has-text('conditions'))")
    page.wait_for_selector("dd:has-text('accepted')")


def test_counts_are_stored_and_come_back(visit):
    page = open_round(visit("company", **PHONE))
    page.fill("input[name='0-count']", "3")
    page.click("button:has-text('Store the counts')")
    page.wait_for_selector("text=Stored. You can change your counts")
    assert page.input_value("input[name='0-count']") == "3"


def test_a_wrong_count_keeps_everything_that_was_typed(visit):
    page = open_round(visit("company"))
    page.fill("input[name='0-count']", "three")
    page.fill("input[name='0-max_travel_km']", "77")
    page.click("button:has-text('Store the counts')")
    page.wait_for_selector("text=Nothing was stored")
    assert page.input_value("input[name='0-count']") == "three"
    assert page.input_value("input[name='0-max_travel_km']") == "77"


def test_counts_go_out_and_come_back_by_excel(visit, tmp_path):
    page = open_round(visit("company", accept_downloads=True))
    page.click("summary:has-text('Or with Excel')")
    with page.expect_download() as taken:
        page.click("a:has-text('Take the file')")
    path = tmp_path / "counts.xlsx"
    taken.value.save_as(path)
    book = openpyxl.load_workbook(path)
    book["trainees"]["B2"] = "many"
    book.save(path)
    page.set_input_files("input[name=workbook]", path)
    page.click("button:has-text('Read the file')")
    page.wait_for_selector("text=trainees!B2")
    book["trainees"]["B2"] = 4
    book.save(path)
    page.set_input_files("input[name=workbook]", path)
    page.click("button:has-text('Read the file')")
    page.wait_for_selector("text=Nothing is stored yet")
    page.click("button:has-text('Store the counts')")
    page.wait_for_selector("text=Stored. You can change your counts")
    assert page.input_value("input[name='0-count']") == "4"


def test_the_class_days_are_taken_as_a_calendar_and_followed_by_an_address(visit, tmp_path):
    page = open_round(visit("company", accept_downloads=True))
    with page.expect_download() as taken:
        page.click("a:has-text('Take your class days')")
    path = tmp_path / "classes.ics"
    taken.value.save_as(path)
    days = path.read_bytes().count(b"BEGIN:VEVENT")
    assert days >= 1
    page.click("button:has-text('A calendar address')")
    feed = page.inner_text("code.address")
    answer = page.request.get(feed)
    assert answer.body().count(b"BEGIN:VEVENT") == days


@pytest.mark.parametrize(("language", "words"), [("nl-NL", "Uw aantallen"), ("de-DE", "Ihre Zahlen"), ("en-GB", "Your counts")])
def test_the_page_speaks_the_language_of_the_browser(visit, language, words):
    page = visit("company", language=language)
    page.click("main article a")
    assert words in page.inner_text("main")


def test_a_company_sees_no_other_company(visit):
    page = open_round(visit("company"))
    own = page.inner_text("h1")
    assert own.startswith("Company ")
    others = {f"Company {number:02}" for number in range(1, 21)} - {own}
    assert [name for name in others if name in page.content()] == []


def test_the_page_is_light(visit, address):
    """Everything that a company's page loads, gzipped, stays under 40 kB."""
    sizes = []
    page = visit("company")
    page.on("response", lambda response: sizes.append(len(_zipped(response.body()))))
    open_round(page)
    page.wait_for_load_state("networkidle")
    assert len(sizes) >= 1
    assert sum(sizes) < 40_000


def _zipped(data):
    import gzip

    return gzip.compress(data)


def test_a_workbook_that_is_no_workbook_is_refused_in_words(visit, tmp_path):
    path = tmp_path / "counts.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("hello.txt", io.BytesIO(b"no workbook").getvalue())
    page = open_round(visit("company"))
    page.click("summary:has-text('Or with Excel')")
    page.set_input_files("input[name=workbook]", path)
    page.click("button:has-text('Read the file')")
    page.wait_for_selector("text=Nothing was stored")
