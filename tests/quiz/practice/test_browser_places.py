"""Two tabs, two browsers, Back, reload and double clicks in a real browser: each ends as it should."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import option

pytestmark = pytest.mark.django_db(transaction=True)
STUDY, EXAM = PracticeSession.Mode.STUDY, PracticeSession.Mode.EXAM


def session_of(mode=EXAM, *, length=3, **values):
    versions = [version_of(SPECIMENS["single-choice"]) for _ in range(length)]
    return SessionFactory(positions=versions, mode=mode, length=length, **values)


def first(session):
    return Position.objects.get(session=session, number=1)


def pick(page, position, *, right=True):
    """Pick the right option, or a wrong one, and wait for the mark."""
    page.locator(f"#answer [value='{option(position, right=right)}']").check()
    expect(page.locator("#saved")).to_contain_text("Saved at")


def picked(page):
    return int(page.locator("#answer [name=option]:checked").get_attribute("value"))


@pytest.fixture
def second_tab(live_server):
    """Another tab of the same window, at the same address: second_tab(page)."""

    def run(page):
        tab = page.context.new_page()
        tab.goto(page.url)
        return tab

    return run


def test_a_stale_tab_overwrites_nothing_and_shows_what_is_newer(open_window, second_tab):
    session = session_of()
    stale = open_window(session)
    newer = second_tab(stale)
    position = first(session)
    pick(newer, position, right=True)

    # Ticking would tick again where the refusal is so quick that it takes the tick away.
    stale.locator(f"#answer [value='{option(position, right=False)}']").click()

    expect(stale.locator("#errors")).to_contain_text("changed in another tab or browser")
    expect(stale.locator("#errors")).to_be_focused()
    assert picked(stale) == option(position, right=True)
    assert first(session).response == option(position, right=True)
    pick(stale, position, right=False)
    assert first(session).response == option(position, right=False)


def test_nothing_is_taken_after_the_answer_was_checked_in_another_tab(open_window, second_tab):
    session = session_of(STUDY)
    stale = open_window(session)
    newer = second_tab(stale)
    position = first(session)
    newer.locator(f"#answer [value='{option(position, right=False)}']").check()
    newer.get_by_role("button", name="Check").click()
    expect(newer.locator("#verdict")).to_contain_text("Not right")

    stale.locator(f"#answer [value='{option(position, right=True)}']").check()

    expect(stale.locator("#errors")).to_contain_text("checked before")
    expect(stale.locator("#verdict")).to_contain_text("Not right")
    expect(stale.locator("#answer")).to_have_count(0)
    assert first(session).response == option(position, right=False)


def test_another_browser_goes_on_where_the_first_was(open_window):
    session = session_of(deadline=timezone.now() + timedelta(minutes=20), seed=11)
    here = open_window(session)
    pick(here, first(session))
    here.locator("#answer [name=flag]").check()
    expect(here.locator("#saved")).to_contain_text("Saved at")

    there = open_window(session)

    assert picked(there) == picked(here)
    expect(there.locator("#answer [name=flag]")).to_be_checked()
    options = ".choice span"
    assert there.locator(options).all_inner_texts() == here.locator(options).all_inner_texts()
    for page in (here, there):
        # Times that are read in turn are right if the true one lies between them, within a second.
        latest = (session.deadline - timezone.now()).total_seconds()
        shown = seconds_shown(page)
        earliest = (session.deadline - timezone.now()).total_seconds()
        assert earliest - 1 <= shown <= latest + 1
    pick(there, first(session), right=False)
    assert first(session).response == option(first(session), right=False)


def seconds_shown(page):
    # In one step: waiting for an element would take its own time.
    left = page.evaluate("document.querySelector('.clock-left').textContent")
    minutes, seconds = left.replace(" s", "").split(" min ")
    return int(minutes) * 60 + int(seconds)


# What somebody does, in every state of a question, and how it ends


def fresh(page, session):
    """Nothing is answered yet."""


def answered(page, session):
    pick(page, first(session))


def checked(page, session):
    page.locator(f"#answer [value='{option(first(session), right=True)}']").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_be_visible()


def finished(page, session):
    page.goto(page.url.rsplit("/", 2)[0] + "/")
    page.get_by_role("button", name="Finish now").click()
    expect(page.locator(".score").first).to_be_visible()
    page.locator(".answers a").first.click()
    expect(page.locator("#verdict")).to_be_visible()


def lapsed(page, session):
    PracticeSession.objects.filter(pk=session.pk).update(
        deadline=timezone.now() - timedelta(seconds=10)
    )
    page.reload()
    expect(page.locator("#verdict")).to_be_visible()


def leave_and_return(page):
    here = page.url
    page.goto(here.split("/practice/")[0] + "/guide/")
    page.goto(here)


def back(page):
    here = page.url
    page.locator("[data-place='2']").click()
    expect(page.locator("h1")).to_have_text("Question 2 of 3")
    page.go_back()
    expect(page).to_have_url(here)
    expect(page.locator("h1")).to_have_text("Question 1 of 3")


def back_from_elsewhere(page):
    page.goto(page.url.split("/practice/")[0] + "/guide/")
    page.go_back()


def reload(page):
    page.reload()


def forward(page):
    """To the next question by its link, back, forward, and back once more."""
    page.get_by_role("link", name="Next").first.click()
    expect(page.locator("h1")).to_have_text("Question 2 of 3")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Question 1 of 3")
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Question 2 of 3")
    expect(page.locator("h1")).to_be_focused()
    page.go_back()


@pytest.mark.parametrize(
    ("mode", "state"),
    ((EXAM, fresh), (EXAM, answered), (STUDY, checked), (EXAM, finished), (EXAM, lapsed)),
)
def test_every_way_out_and_in_again_shows_the_same_and_writes_nothing(open_window, mode, state):
    session = session_of(mode)
    page = open_window(session)
    state(page, session)
    before, rows = seen(page), written(session)

    for way in (leave_and_return, back, back_from_elsewhere, reload, forward):
        way(page)

        expect(page.locator("h1")).to_have_text("Question 1 of 3")
        assert (way, seen(page)) == (way, before)
        assert (way, written(session)) == (way, rows)
        expect(page).to_have_title("Question 1 of 3 · Four Lanes")


def written(session):
    """Every row of a session as it stands in the database."""
    return [list(rows.order_by("pk").values_list()) for rows in (session.saves, session.positions)]


def seen(page):
    """What a person sees of a question: its heading, its options and what is picked, its places."""
    return {
        "heading": page.locator("h1").inner_text(),
        "picked": page.locator("#question input:checked").evaluate_all(
            "all => all.map(e => e.value)"
        ),
        "verdict": page.locator("#verdict").all_inner_texts(),
        "words": page.locator("#errors").all_inner_texts(),
        "places": page.locator("[data-place]").evaluate_all(
            "all => all.map(e => [e.innerText, e.dataset.answered, e.getAttribute('aria-current')])"
        ),
        "tools": page.locator(".session-tools button:visible").all_inner_texts(),
    }


@pytest.mark.parametrize(
    ("mode", "button", "heading"),
    ((STUDY, "Check", "Question 1 of 3"), (EXAM, "Save and go on", "Question 2 of 3")),
)
def test_a_double_click_does_the_same_as_one(open_window, mode, button, heading):
    session = session_of(mode)
    page = open_window(session)
    pick(page, first(session))

    page.get_by_role("button", name=button).dblclick()
    page.wait_for_timeout(400)

    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator("#errors")).to_have_count(0)
    assert Save.objects.filter(session=session).count() == 2
    assert not Position.objects.filter(session=session, number=2).exclude(tab="").exists()


def test_a_draft_in_study_mode_is_not_called_answered(open_window):
    session = session_of(STUDY)
    page = open_window(session)

    pick(page, first(session))

    expect(page.locator("[data-place='1']")).to_have_attribute("data-answered", "no")
    page.reload()
    expect(page.locator("[data-place='1']")).to_have_attribute("data-answered", "no")


def test_an_exam_a_stale_tab_and_a_server_that_is_away_have_no_barrier(
    open_window, second_tab, axe
):
    session = session_of(deadline=timezone.now() + timedelta(minutes=20))
    page = open_window(session)
    newer, faults = second_tab(page), []

    def look(state):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults.extend((state, scheme, fault) for fault in axe(page))

    look("exam")
    pick(newer, first(session), right=True)
    page.locator(f"#answer [value='{option(first(session), right=False)}']").check()
    expect(page.locator("#errors")).to_be_visible()
    look("stale")
    page.route("**/practice/**", lambda route: route.abort())
    page.locator(f"#answer [value='{option(first(session), right=False)}']").check()
    expect(page.locator("#trouble")).to_be_visible()
    look("away")

    assert faults == []
