"""A whole exam in a real browser by keyboard alone: over two browsers, to the deadline, and reviewed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quiz.practice.models import PracticeSession

from .test_browser import tab_to

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
LEFT_BLANK = 3


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def answer(page, number):
    """Answer the question that is shown, by keys alone, and go on."""
    kind = page.evaluate(
        """["order", "pairs", "choices"].find((each) => document.querySelector(`#answer .${each}`))"""
    )
    if kind == "order":
        tab_to(page, page.locator(".order-move[data-move=down]").first)
        press(page, "Space")
    elif kind == "pairs":
        for select in page.locator(".pair-row select").all():
            tab_to(page, select)
            press(page, "ArrowDown")
    else:
        counted = page.locator("#counted")
        wanted = re.search(r"two|three|four|\d", counted.inner_text()) if counted.count() else None
        count = {"two": 2, "three": 3, "four": 4}.get(wanted[0], 1) if wanted else 1
        press(page, *"1234"[:count])
    if kind in ("order", "pairs"):
        tab_to(page, page.get_by_role("button", name="Save and"))
    press(page, "Enter")
    return kind


def test_whole_exam_by_keyboard_in_two_browsers_to_its_deadline(
    page, live_server, new_context, axe
):
    page.goto(f"{live_server.url}/practice/exam/?profile=aws")
    tab_to(page, page.get_by_role("button", name="Start MLA-C01", exact=False).first)
    press(page, "Enter")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    session = PracticeSession.objects.get()
    length, half = session.length, session.length // 2
    assert length == session.form.asks
    kinds = set()
    for number in range(1, half + 1):
        expect(page.locator("h1")).to_have_text(f"Question {number} of {length}")
        kinds.add(answer(page, number))
    expect(page.locator("h1")).to_have_text(f"Question {half + 1} of {length}")

    second = new_context(storage_state=page.context.storage_state())
    page.context.close()
    page = second.new_page()
    page.goto(f"{live_server.url}/practice/")
    tab_to(page, page.get_by_role("link", name=f"Go on with question {half + 1}"))
    press(page, "Enter")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    for number in range(half + 1, length + 1 - LEFT_BLANK):
        expect(page.locator("h1")).to_have_text(f"Question {number} of {length}")
        kinds.add(answer(page, number))
    expect(page.locator("h1")).to_have_text(f"Question {length + 1 - LEFT_BLANK} of {length}")
    assert kinds == {"choices", "order", "pairs"}

    deadline = timezone.now() + timedelta(seconds=3)
    PracticeSession.objects.update(deadline=deadline)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.locator("#verdict")).to_be_focused(timeout=20_000)
    tab_to(page, page.get_by_role("link", name="Back to the result").first)
    press(page, "Enter")

    score = page.locator(".score").first
    expect(score).to_contain_text(f"of {length - session.form.number('unscored')}")
    assert page.locator(".answers .choice-verdict--missed").count() == LEFT_BLANK
    assert axe(page) == []
    first = page.locator(".answers a").first
    tab_to(page, first)
    press(page, "Enter")
    expect(page.locator("#verdict")).to_be_visible()
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    for number in range(2, 6):
        press(page, "n")
        expect(page.locator("h1")).to_have_text(f"Question {number} of {length}")
        expect(page.locator("#verdict")).to_be_focused()
    assert axe(page) == []
    assert session.positions.exclude(response=None).count() == length - LEFT_BLANK
