import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visit(page, live_server):
    return lambda path: page.goto(f"{live_server.url}{path}")


def test_glossary_is_searched_as_one_types(page, visit):
    visit("/guide/glossary/")

    page.get_by_label("Find a term").press_sequentially("savings", delay=20)

    expect(page.get_by_role("status").last).to_contain_text("terms hold “savings”")
    expect(page.locator("dt#savings-plans")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=savings$"))
    expect(page.get_by_label("Find a term")).to_be_focused()


def test_columns_follow_their_boxes_and_the_switch_returns_to_them(page, visit):
    visit("/guide/compare/")

    page.get_by_label("Batch transform").uncheck()
    expect(page.locator("#comparison thead th")).to_have_count(4)
    page.get_by_role("button", name="AWS documentation today").click()

    expect(page.locator("#comparison thead th")).to_have_count(4)
    expect(page.get_by_text("Facts on this page: AWS documentation today")).to_be_visible()


def test_back_brings_the_columns_back(page, visit):
    visit("/guide/compare/")
    page.get_by_label("Serverless").uncheck()
    expect(page.locator("#comparison thead th")).to_have_count(4)

    page.go_back()

    expect(page.locator("#comparison thead th")).to_have_count(5)


def test_claims_follow_the_verdict(page, visit):
    visit("/guide/claims/")

    page.get_by_label("differs").check()

    expect(page.locator(".claim")).to_have_count(9)


def test_worked_example_is_walked_without_scripts(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/guide/worked-example/")

    for guess in (
        "It is ruled out",
        "It is ruled out",
        "It is ruled out",
        "It can serve this case",
    ):
        page.get_by_label(guess).check()
        page.get_by_role("button", name="Reveal").click()
    page.get_by_role("button", name="Reveal").click()

    expect(page.get_by_text("You predicted 4 of 4 steps right.")).to_be_visible()
    assert page.url.endswith("#step-5")


def test_glossary_is_searched_without_scripts(new_context, live_server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/guide/glossary/")

    page.get_by_label("Find a term").fill("gpu")
    page.get_by_role("button", name="Find").click()

    expect(page.locator("dt#gpu")).to_be_visible()


def test_phone_opens_the_navigation_and_a_desk_sees_it(new_context, live_server):
    for width, is_open in ((360, False), (1280, True)):
        page = new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(f"{live_server.url}/guide/compare/")
        link = page.locator(".guide-nav").get_by_role("link", name="Muddy points")

        expect(link).to_be_visible(visible=is_open)
        if not is_open:
            page.get_by_text("All pages of the guide").click()
            expect(link).to_be_visible()
