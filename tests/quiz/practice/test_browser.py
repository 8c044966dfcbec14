"""A whole quiz in a real browser: by keyboard alone, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from quiz.bank.models import QuestionVersion
from quiz.practice.models import PracticeSession
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

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


def fill_in(page):
    """Give some answer to a question of any kind."""
    for option in page.locator("#answer [name=option]").all()[:1]:
        option.check()
    for match in page.locator("#answer select[name^=match]").all():
        match.select_option(index=1)
    for field in page.locator("#answer :is([name=amount], [name=text])").all():
        field.fill("6 MB")


def puts_in_place(response):
    """Whether it answers a check, and no save."""
    return response.request.headers.get("hx-target") == "section#question"


def test_what_takes_the_place_of_the_form_says_all_that_the_page_says(open_window):
    scenarios = QuestionVersion.objects.published().scenarios()
    versions = [*scenarios.filter(case=None)[:4], *scenarios.exclude(case=None)[:1]]
    versions += [version_of(each) for each in SPECIMENS.values()]
    page = open_window(SessionFactory(length=len(versions), positions=versions))
    for number in range(1, len(versions) + 1):
        title = f"Question {number} of {len(versions)}"
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        fill_in(page)
        with page.expect_response(puts_in_place) as sent:
            page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#verdict")).to_be_focused()
        assert "hx-preserve" in sent.value.text()
        put_in = page.locator("#question").inner_text()

        page.reload()

        assert page.locator("#question").inner_text() == put_in
        page.locator("#question a[data-key=n]").first.or_(page.get_by_text("Finish")).first.click()


def test_reply_that_comes_when_another_question_is_shown_brings_the_whole_page(open_window):
    session = SessionFactory()
    page = open_window(session)
    fill_in(page)
    page.evaluate("document.querySelector('.stem').id = 'of-another-question'")

    page.get_by_role("button", name="Check", exact=True).click()

    expect(page.locator("#verdict")).to_be_visible()
    expect(page.locator(".stem")).to_have_text(session.positions.get(number=1).version.stem)


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
