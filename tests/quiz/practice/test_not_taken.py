"""What somebody typed and the server did not take is offered back, beside the state that holds."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quiz.practice.models import PracticeSession
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import address

FIRST, SECOND = "a" * 32, "b" * 32
TYPED = (("open", "text"), ("number", "amount"))
of_every_typed_kind = pytest.mark.parametrize(("kind", "field"), TYPED)


def session_of(kind, *more, mode=PracticeSession.Mode.EXAM):
    versions = [version_of(SPECIMENS[each]) for each in (kind, *more)]
    return SessionFactory(positions=versions, length=len(versions), mode=mode)


@pytest.fixture
def send(client, sign_in):
    """Send a form of the first question of a session: send(session, do="save", token=..., ...)."""

    def run(session, **fields):
        sign_in(client, session.learner)
        return client.post(address(session), {"do": "save"} | fields)

    return run


@pytest.mark.django_db
@of_every_typed_kind
def test_what_a_stale_tab_had_typed_is_shown_beside_what_is_kept(send, kind, field):
    session = session_of(kind)
    send(session, token=FIRST, **{field: "6 MB"})

    page = send(session, token=SECOND, **{field: "<b>7 MB"})

    assert page.status_code == 409
    assert page.context["not_taken"] == "<b>7 MB"
    assert b"not taken, to copy" in page.content
    assert b"&lt;b&gt;7 MB" in page.content
    assert page.context["question"].text == "6 MB"
    assert b"aria-invalid" not in page.content


@pytest.mark.django_db
@of_every_typed_kind
def test_what_is_typed_after_a_session_was_closed_is_shown_beside_its_review(send, kind, field):
    session = session_of(kind)
    PracticeSession.objects.filter(pk=session.pk).update(
        deadline=timezone.now() - timedelta(hours=1),
        started_at=timezone.now() - timedelta(hours=2),
    )

    page = send(session, token=FIRST, **{field: "7 MB"})

    assert (page.status_code, page.context["not_taken"]) == (409, "7 MB")
    assert page.context["is_reviewed"]


@pytest.mark.django_db
@of_every_typed_kind
def test_nothing_is_offered_where_nothing_is_lost(send, kind, field):
    session = session_of(kind)
    kept = send(session, token=FIRST, **{field: "6 MB"}, follow=True)
    same = send(session, token=SECOND, **{field: " 6 MB "})
    blank = send(session, token=SECOND, **{field: ""})
    unreadable = send(session, token="?", **{field: "7 MB"})

    assert [page.status_code for page in (kept, same, blank, unreadable)] == [302, 409, 409, 422]
    assert not any(page.context.get("not_taken") for page in (same, blank, unreadable))
    assert unreadable.context["question"].text == "7 MB"


@pytest.mark.django_db(transaction=True)
def test_a_stale_tab_in_a_browser_loses_no_word(open_window, axe):
    session = session_of("open", "single-choice")
    page, other = open_window(session), open_window(session)
    other.locator("#text").press_sequentially("newer")
    expect(other.locator("#saved")).to_contain_text("Saved at")

    page.locator("#text").press_sequentially("my own words")

    expect(page.locator("#not-taken")).to_have_value("my own words")
    expect(page.locator("#text")).to_have_value("newer")
    assert axe(page) == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_that_comes_after_the_page_was_left_tells_the_words_too(open_window):
    session = session_of("open", "single-choice")
    page, other = open_window(session), open_window(session)
    page.route("**/practice/*/1/", lambda route: route.abort())
    page.locator("#text").press_sequentially("my own words")
    expect(page.locator("#trouble")).to_be_visible()
    other.locator("#text").press_sequentially("newer")
    expect(other.locator("#saved")).to_contain_text("Saved at")
    page.locator("[data-place='2']").click()
    expect(page.locator("h1")).to_have_text("Question 2 of 2")

    page.unroute("**/practice/*/1/")

    expect(page.locator("#trouble")).to_contain_text(
        "What you entered there: my own words", timeout=12_000
    )
