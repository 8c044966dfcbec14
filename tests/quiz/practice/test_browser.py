"""A whole quiz in a real browser: by keyboard alone, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from quiz.practice.models import PracticeSession

pytestmark = pytest.mark.django_db


def tab_to(page, element, *, most=80):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {element}")


def test_whole_quiz_by_keyboard(page, live_server, axe):
    page.goto(f"{live_server.url}/practice/")
    tab_to(page, page.locator("input[type=radio][value='10']"))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    for number in range(1, 6):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number} of 5")
        expect(page).to_have_title(re.compile(f"Question {number} of 5"))
        tab_to(page, page.locator("input[name=option]").first)
        page.keyboard.press("Space")
        for _ in range(number - 1):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#verdict")).to_be_focused()
        expect(page.locator(".choice-verdict")).to_have_count(5)
        assert axe() == []
        way = page.get_by_role("link", name="Next question")
        tab_to(page, (way if number < 5 else page.get_by_role("button", name="Finish")).first)
        page.keyboard.press("Enter")
    expect(page.locator(".score").first).to_contain_text("of 5")
    assert axe() == []
    session = PracticeSession.objects.get()
    assert not session.is_open
    assert session.positions.checked().count() == 5


def test_back_and_reload_keep_the_place(page, live_server):
    page.goto(f"{live_server.url}/practice/")
    page.get_by_role("button", name="Start the quiz").click()
    page.locator("input[name=option]").first.check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("link", name="Next question").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 10")

    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 2 of 10")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 of 10")
    expect(page.locator("#verdict")).to_be_visible()


def test_empty_answer_is_refused_and_said(page, live_server):
    page.goto(f"{live_server.url}/practice/")
    page.get_by_role("button", name="Start the quiz").click()
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_role("alert")).to_contain_text("Nothing is picked yet.")


@pytest.fixture
def plain_page(new_context):
    """A page of a browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()


def test_whole_quiz_without_scripts(plain_page, live_server):
    page = plain_page
    page.goto(f"{live_server.url}/practice/")
    page.locator("input[value='5']").check()
    page.get_by_role("button", name="Start the quiz").click()
    for number in range(1, 6):
        page.locator("input[name=option]").nth(number - 1).check()
        page.get_by_role("button", name="Check").click()
        assert page.locator(".choice-verdict").count() == 5
        way = page.get_by_role("link", name="Next question").first
        (way if number < 5 else page.get_by_role("button", name="Finish").first).click()

    assert "of 5" in page.locator(".score").first.inner_text()


def test_choices_and_the_missed_ones_again_without_scripts(plain_page, live_server):
    page = plain_page
    page.goto(f"{live_server.url}/practice/")
    page.get_by_text("Choose which questions").click()
    expect(page.get_by_label("Ordering")).to_be_hidden()
    page.get_by_label("Every kind of question").check()
    for kind in page.locator("input[name=kinds]:not([value=ordering])").all():
        kind.uncheck()
    page.get_by_role("button", name="Start the quiz").click()
    few = PracticeSession.objects.get().length
    expect(page.locator(".note")).to_contain_text(
        f"You asked for 10 questions; this session has {few}"
    )

    page.goto(f"{live_server.url}/practice/{PracticeSession.objects.get().pk}/")
    page.get_by_role("button", name="Finish now").click()
    page.get_by_role("button", name="Practise the missed ones again").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"Question 1 of {few}")


def test_quiz_me_on_this_from_the_wizard(page, live_server):
    page.goto(f"{live_server.url}/wizard/?payload_mb=50&processing_s=45&reply=notify")
    page.get_by_role("link", name="Quiz me on this").click()
    page.get_by_text("Asynchronous inference").check()
    page.get_by_role("button", name="Check").click()

    expect(page.locator("#verdict")).to_have_text("Right")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 1 of 5")
