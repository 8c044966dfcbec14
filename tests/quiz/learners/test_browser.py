"""Going on in another browser, as two people at two screens see it."""

import pytest
from playwright.sync_api import expect

from tests.test_every_page import look_over

pytestmark = pytest.mark.django_db


def begin(page, base):
    page.goto(f"{base}/practice/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/practice/*/1/")


def make_link(page, base):
    begin(page, base)
    page.goto(f"{base}/resume/")
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Copy it now").input_value()


def test_the_page_with_a_new_link_has_no_barrier(page, live_server, axe):
    make_link(page, live_server.url)

    assert look_over(page, axe, "the link") == []


def test_the_page_of_a_link_has_no_barrier(page, new_context, live_server, axe):
    link = make_link(new_context().new_page(), live_server.url)
    begin(page, live_server.url)
    page.goto(link)

    expect(page.locator("main")).to_contain_text("is closed as it stands")
    assert look_over(page, axe, "before") == []


def test_a_guest_goes_on_in_a_browser_that_has_work_of_its_own(new_context, live_server):
    here, there = new_context().new_page(), new_context().new_page()
    link = make_link(here, live_server.url)
    begin(there, live_server.url)
    there.goto(link)

    there.get_by_role("button", name="Add it together and go on here").click()

    there.get_by_role("link", name="Go on with question 1").click()
    here.goto(f"{live_server.url}/practice/")
    here.get_by_role("link", name="Go on with question 1").click()
    assert here.url == there.url


def test_it_goes_without_scripts_too(new_context, live_server):
    here, there = (new_context(java_script_enabled=False).new_page() for _ in range(2))

    there.goto(make_link(here, live_server.url))
    there.get_by_role("button", name="Go on here").click()

    expect(there.get_by_role("link", name="Go on with question 1")).to_be_visible()
