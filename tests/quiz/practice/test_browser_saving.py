"""A change made in a real browser reaches the server, whatever becomes of the server or the browser."""

import contextlib
import random
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, expect

from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import address

pytestmark = pytest.mark.django_db(transaction=True)
NOT_SAVED = "Not saved."
KINDS = ("single-choice", "multiple-response", "ordering", "matching", "number", "open")


def exam_of(*kinds, **values):
    """An open exam session with one question of each of these kinds."""
    versions = [version_of(SPECIMENS[kind]) for kind in kinds]
    values = {"mode": PracticeSession.Mode.EXAM, "length": len(kinds)} | values
    return SessionFactory(positions=versions, **values)


def held(session, number=1):
    """The answer that the server holds at a place, finished or not."""
    position = Position.objects.get(session=session, number=number)
    return position.unfinished if position.response is None else position.response


def wait_until(true, *, within, page):
    """The seconds until something is true; fails when that takes longer than `within`."""
    begun = time.perf_counter()
    while not true():
        page.wait_for_timeout(20)
        assert time.perf_counter() - begun < within, f"not true within {within} s"
    return time.perf_counter() - begun


def forgotten(page):
    """What was to be delivered is forgotten, as soon as the reply to it has come."""
    wait_until(lambda: page.evaluate("Object.keys(localStorage)") == [], within=2, page=page)


def change(page, kind):
    """Answer the question that is shown, as somebody with a mouse or a keyboard does."""
    if kind in ("single-choice", "multiple-response"):
        page.locator("#answer [name=option]").nth(1).check()
    elif kind == "ordering":
        page.locator(".order-move[data-move=down]").first.click()
    elif kind == "matching":
        page.locator("#answer select").first.select_option(index=1)
    elif kind == "number":
        page.locator("#amount").press_sequentially("12 MB")
    else:
        page.locator("#text").press_sequentially("Six MB.")


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_on_the_server_within_two_seconds(open_window, kind):
    session = exam_of(kind)
    page = open_window(session)

    change(page, kind)

    wait_until(lambda: held(session) is not None, within=2, page=page)
    expect(page.locator("#saved")).to_contain_text("Saved at")


def test_somebody_who_never_stops_typing_is_saved_all_the_same(open_window):
    session = exam_of("open")
    page = open_window(session)

    # Four seconds without a pause: twice as long as anything may stay unsaved.
    page.locator("#text").press_sequentially("word " * 14, delay=60)

    assert held(session) is not None
    wait_until(lambda: held(session)["text"] == ("word " * 14).strip(), within=2, page=page)


def test_what_is_typed_in_the_last_second_counts(open_window):
    session = exam_of("open", deadline=timezone.now() + timedelta(seconds=4))
    page = open_window(session)
    expect(page.locator(".clock-left")).to_have_text("0 min 01 s", timeout=10_000)

    page.locator("#text").press_sequentially("late")

    wait_until(lambda: held(session) is not None, within=2, page=page)
    assert Position.objects.get(session=session).saved_at <= session.deadline + timedelta(seconds=2)
    expect(page.locator("#verdict")).to_be_visible(timeout=12_000)
    expect(page.locator(".essay-written")).to_have_text("late")
    expect(page.locator("#clock")).to_be_hidden()


def test_typing_is_saved_when_the_page_is_left_at_once(open_window, live_server):
    session = exam_of("open")
    page = open_window(session)

    page.locator("#text").press_sequentially("gone")
    page.goto(f"{live_server.url}/guide/")

    wait_until(lambda: held(session) is not None, within=2, page=page)
    assert held(session)["text"] == "gone"


def test_a_browser_that_is_closed_at_any_moment_loses_nothing_older_than_two_seconds(open_window):
    dice = random.Random(7)
    for _ in range(3):
        session = exam_of("single-choice", "multiple-response", "matching")
        entered = {}
        page = open_window(session)
        end = time.perf_counter() + dice.uniform(0.3, 3)
        while time.perf_counter() < end:
            number = dice.randint(1, 3)
            page.locator(f"[data-place='{number}']").click()
            expect(page.locator("h1")).to_have_text(f"Question {number} of 3")
            picked = page.locator("#answer [name=option]").nth(dice.randint(0, 2))
            if number < 3:
                picked.click()
            else:
                page.locator("#answer select").first.select_option(index=dice.randint(1, 3))
            entered.setdefault(number, []).append((time.perf_counter(), shown(page)))
            page.wait_for_timeout(dice.randint(0, 400))
        closed = time.perf_counter()
        page.context.close()
        for number, changes in entered.items():
            old = [index for index, (at, _) in enumerate(changes) if closed - at >= 2]
            if old:
                latest = Save.objects.filter(session=session, position__number=number)
                assert latest.filter(is_superseded=False).count() >= old[-1] + 1


def shown(page):
    """The form as it stands in the browser."""
    return page.evaluate(
        "new URLSearchParams(new FormData(document.getElementById('answer'))).toString()"
    )


# The server is away


def cut(page):
    """The server is away for this window: every request to practice fails."""
    page.route("**/practice/**", lambda route: route.abort())


def crash(page):
    """The page is gone before it can do anything about it; the window that it was in stays."""
    with contextlib.suppress(Error):
        page.goto("chrome://crash")
    return page.context


def mend(page):
    page.unroute("**/practice/**")


def test_not_saved_is_announced_and_what_was_entered_is_delivered_on_return(open_window):
    session = exam_of("open")
    page = open_window(session)
    cut(page)

    page.locator("#text").press_sequentially("first")
    took = wait_until(page.locator("#trouble").is_visible, within=5, page=page)
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    page.locator("#text").press_sequentially(" and second")
    mend(page)

    assert took < 5
    expect(page.locator("#trouble")).to_be_hidden(timeout=10_000)
    # The first word may go on its own, where its turn comes while the rest is still typed.
    wait_until(lambda: (held(session) or {}).get("text") == "first and second", within=2, page=page)
    assert Save.objects.filter(session=session).count() <= 2


def test_a_server_that_never_answers_is_told_of_as_well(open_window):
    session = exam_of("single-choice")
    page = open_window(session)
    page.route("**/practice/**", lambda route: None)

    change(page, "single-choice")

    assert wait_until(page.locator("#trouble").is_visible, within=5, page=page) < 5
    expect(page.locator("#answer [name=option]").nth(1)).to_be_checked()


@pytest.mark.parametrize("status", (0, 403, 404, 500, 502))
def test_a_check_that_fails_keeps_the_form_and_is_kept_as_saved_later(
    open_window, browser_faults, status
):
    session = exam_of("single-choice", mode=PracticeSession.Mode.STUDY)
    page = open_window(session)
    page.route(
        "**/practice/**",
        lambda route: (
            route.fulfill(status=status, body="<h1>A page of another program</h1>")
            if status
            else route.abort()
        ),
    )

    page.locator("#answer [name=option]").nth(1).check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.locator("#answer [name=option]").nth(1)).to_be_checked()
    assert held(session) is None
    mend(page)

    expect(page.locator("#trouble")).to_be_hidden(timeout=10_000)
    wait_until(lambda: held(session) is not None, within=2, page=page)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_be_focused()
    browser_faults.clear()


def test_a_page_of_somebody_else_in_the_place_of_a_reply_is_no_save(open_window):
    session = exam_of("single-choice")
    page = open_window(session)
    page.route(
        "**/practice/**",
        lambda route: route.fulfill(status=200, body="<h1>Sign in to the hotel</h1>"),
    )

    change(page, "single-choice")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    mend(page)

    wait_until(lambda: held(session) is not None, within=10, page=page)


def test_moving_on_while_the_server_is_away_says_so_and_keeps_the_question(
    open_window, browser_faults
):
    session = exam_of("single-choice", "single-choice")
    page = open_window(session)
    cut(page)

    page.get_by_role("link", name="Next").click()

    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.locator("#answer")).to_be_visible()
    mend(page)
    page.get_by_role("link", name="Next").click()
    expect(page.locator("h1")).to_have_text("Question 2 of 2")
    expect(page.locator("#trouble")).to_be_hidden()
    browser_faults.clear()


def test_what_waits_is_shown_again_when_its_question_is(open_window):
    session = exam_of("multiple-response", "open")
    page = open_window(session)
    page.route(
        "**/practice/**",
        lambda route: route.abort() if route.request.method == "POST" else route.fallback(),
    )

    page.locator("#answer [name=option]").nth(1).check()
    page.locator("#answer [name=option]").nth(2).check()
    page.locator("[data-place='2']").click()
    page.locator("#text").press_sequentially("kept")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#answer [name=option]").nth(2)).to_be_checked()
    page.get_by_role("link", name="Next").click()

    expect(page.locator("#text")).to_have_value("kept")
    mend(page)
    wait_until(lambda: held(session, 1) and held(session, 2), within=12, page=page)
    assert held(session, 2)["text"] == "kept"


def test_what_a_crashed_page_could_not_deliver_is_delivered_by_the_next(open_window, live_server):
    session = exam_of("open", "single-choice")
    page = open_window(session)
    cut(page)
    page.locator("#text").press_sequentially("from before")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    context = crash(page)

    page = context.new_page()
    page.goto(f"{live_server.url}{address(session)}")

    expect(page.locator("#text")).to_have_value("from before")
    wait_until(lambda: held(session) is not None, within=2, page=page)
    page.locator("#text").press_sequentially(", and after")
    wait_until(lambda: "after" in held(session)["text"], within=2, page=page)
    forgotten(page)


def test_what_a_crashed_page_could_not_deliver_gives_way_to_what_came_since(
    open_window, live_server
):
    session = exam_of("open")
    page = open_window(session)
    cut(page)
    page.locator("#text").press_sequentially("old")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    context = crash(page)
    other = open_window(session)
    other.locator("#text").press_sequentially("new")
    wait_until(lambda: held(session) is not None, within=2, page=other)

    page = context.new_page()
    page.goto(f"{live_server.url}{address(session)}")

    expect(page.locator("#errors")).to_contain_text("changed in another tab or browser")
    expect(page.locator("#text")).to_have_value("new")
    assert held(session)["text"] == "new"
    forgotten(page)


def test_finishing_waits_for_what_is_not_saved_yet(open_window, live_server):
    session = exam_of("open", "single-choice")
    page = open_window(session)
    page.route(
        "**/practice/*/*/",
        lambda route: route.abort() if route.request.method == "POST" else route.fallback(),
    )
    page.locator("#text").press_sequentially("counts")
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{live_server.url}/practice/{session.pk}/")
    page.get_by_role("button", name="Finish now").click()
    expect(page.get_by_role("alert")).to_contain_text(NOT_SAVED)
    page.unroute("**/practice/*/*/")

    expect(page.locator(".score").first).to_be_visible(timeout=10_000)
    assert held(session)["text"] == "counts"


# The session of the browser lapses


def test_a_lapsed_session_is_told_and_the_answer_is_sent_after_it_is_renewed(open_window):
    session = exam_of("single-choice")
    page = open_window(session)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    page.locator("#answer [name=option]").nth(1).check()
    expect(page.get_by_role("alert")).to_contain_text("not known as yours any more")
    page.get_by_role("button", name="Save and").click()
    expect(page.locator("#answer [name=option]").nth(1)).to_be_checked()
    expect(page.get_by_role("alert")).to_contain_text("not known as yours any more")
    assert held(session) is None
    page.context.add_cookies(cookies)

    wait_until(lambda: held(session) is not None, within=12, page=page)
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_token_against_forgery_that_changed_or_went_loses_nothing(open_window):
    session = exam_of("single-choice", "single-choice")
    page = open_window(session)
    [old] = [each for each in page.context.cookies() if each["name"] == "csrftoken"]
    page.context.add_cookies([old | {"value": "x" * 32}])
    page.locator("#answer [name=option]").nth(1).check()
    wait_until(lambda: held(session) is not None, within=2, page=page)

    page.context.clear_cookies(name="csrftoken")
    page.locator("#answer [name=option]").nth(0).check()

    expect(page.locator("#saved")).to_contain_text("Saved at", timeout=10_000)
    page.get_by_role("button", name="Save and").click()
    expect(page.locator("h1")).to_have_text("Question 2 of 2")
