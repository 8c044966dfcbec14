"""Every kind on its page: without scripts, in the browser by keyboard, and without its key."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from quiz.engine.kinds import BY_SLUG, KINDS
from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import CaseFactory, SessionFactory, VersionFactory, version_of
from tests.quiz.specimens import CLAIM, SPECIMENS

from .conftest import Statements, address
from .test_browser import tab_to

pytestmark = pytest.mark.django_db
TOKEN, OTHER = "a" * 32, "b" * 32
HTMX = {"HX-Request": "true", "HX-Target": "section#question"}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)


@pytest.fixture
def ask(client, sign_in):
    """A session of one question of a kind: ask(kind) is its only position."""

    def run(kind, **values):
        version = version_of(SPECIMENS[kind.slug], claim=CLAIM, **values)
        session = SessionFactory(length=1, positions=[version])
        sign_in(client, session.learner)
        return session.positions.get()

    return run


def right_fields(position):
    """The form that earns everything, and the points to tick where one grades oneself."""
    kind, key = BY_SLUG[position.version.kind], position.version.key_held
    return kind.fields(kind.correct_response(key), key) | {"token": TOKEN}


def check(client, position, **fields):
    return client.post(address(position.session), right_fields(position) | fields)


def at(position):
    return Position.objects.get(pk=position.pk)


@every_kind
def test_right_answer_is_kept_and_reviewed(client, ask, kind):
    position = ask(kind)

    assert client.get(address(position.session)).status_code == 200
    response = check(client, position)

    assert response.status_code == 302
    page = client.get(address(position.session)).content.decode()
    assert at(position).is_checked
    assert at(position).points == (None if kind.is_self_graded else 1)
    assert "not engine-checked" in page
    assert CLAIM["sources"][0]["url"] in page
    assert ("Compare, and grade it yourself" if kind.is_self_graded else ">Right</h2>") in page


@every_kind
def test_every_part_has_a_verdict_line_and_its_words(client, ask, kind):
    position = ask(kind)
    check(client, position)

    page = client.get(address(position.session)).content.decode()

    shown = position.version.options.exclude(text="")
    if kind.is_self_graded:
        assert page.count('name="point"') == shown.count()
    else:
        assert page.count("choice-verdict--") == max(shown.count(), 1)
    if not kind.explains_each and not kind.is_self_graded:
        assert "Well done." in page


@every_kind
def test_blank_question_of_a_finished_session_is_reviewed(client, ask, kind):
    position = ask(kind)
    client.post(f"/practice/{position.session.pk}/")

    page = client.get(address(position.session)).content.decode()
    result = client.get(f"/practice/{position.session.pk}/").content.decode()

    assert "Left blank" in page
    assert "Left blank" in result


@every_kind
@pytest.mark.parametrize(
    "fields",
    (
        {},
        {"option": ["1", "1"]},
        {"option": "9" * 30},
        {"place-1": "1"},
        {"match-1": "\0"},
        {"amount": "1e999"},
        {"amount": "6 TB"},
        {"text": "a\0b"},
        {"text": "w" * 9000},
    ),
    ids=lambda fields: "-".join(fields) or "empty",
)
def test_nonsense_is_refused_in_words_and_changes_nothing(client, ask, kind, fields):
    position = ask(kind)

    for headers in ({}, HTMX):
        response = client.post(
            address(position.session), fields | {"token": TOKEN}, headers=headers
        )

        assert response.status_code == 422
        assert b'class="errors" id="errors"' in response.content
    assert not at(position).is_checked
    assert Save.objects.count() == 0


@every_kind
def test_what_was_filled_in_is_kept_when_it_is_refused(client, ask, kind):
    position = ask(kind)
    fields = right_fields(position) | {"token": "short"}

    response = client.post(address(position.session), fields)

    page = response.content.decode()
    assert response.status_code == 422
    for texts in (texts for name, texts in fields.items() if name != "token"):
        for text in texts:
            assert re.search(
                rf'(value="{text}"[^>]*(checked|selected|maxlength)|>{text}<)', page
            ) or (f"<option selected>{text}</option>" in page)


# Graded by oneself


def grade(client, position, ticked, token=OTHER, **fields):
    fields = {"token": token, "do": "grade", "point": ticked} | fields
    return client.post(address(position.session), fields)


@pytest.fixture
def opened(client, ask):
    """An open question whose answer is checked and not graded yet."""
    position = ask(BY_SLUG["open"])
    assert "It names the limit." not in client.get(address(position.session)).content.decode()
    check(client, position, text="My words.")
    return at(position)


def points_of(position):
    return list(position.version.options.values_list("pk", flat=True))


def test_open_answer_is_graded_by_whoever_wrote_it(client, opened):
    page = client.get(address(opened.session)).content.decode()
    assert "My words." in page
    assert "The limit is <em>stated</em>." in page
    assert not opened.is_graded

    response = grade(client, opened, points_of(opened)[:1])

    assert response.status_code == 302
    assert (at(opened).points, at(opened).points_of) == (1, 2)
    assert at(opened).response == {"text": "My words.", "ticked": points_of(opened)[:1]}
    assert "Graded by yourself: 50 %" in client.get(address(opened.session)).content.decode()


def test_nothing_ticked_is_a_grade_too(client, opened):
    grade(client, opened, [])

    assert at(opened).fraction == 0


def test_own_grade_is_given_once_and_a_repeated_one_finds_the_first(client, opened):
    grade(client, opened, points_of(opened))
    again = grade(client, opened, [])
    other = grade(client, opened, [], token="c" * 32)

    assert again.status_code == 302
    assert other.status_code == 409
    assert b"You graded this before." in other.content
    assert at(opened).fraction == 1
    assert Save.objects.count() == 2


def test_own_grade_may_be_given_after_the_session(client, opened):
    client.post(f"/practice/{opened.session.pk}/")

    grade(client, opened, points_of(opened))

    assert at(opened).fraction == 1


@pytest.mark.parametrize("ticked", ("0", "x", "9" * 30))
def test_foreign_point_is_refused_in_words(client, opened, ticked):
    response = grade(client, opened, [ticked])

    assert response.status_code == 422
    assert b"That is no point of this checklist." in response.content
    assert not at(opened).is_graded


def test_what_is_not_checked_cannot_be_graded(client, ask):
    position = ask(BY_SLUG["open"])

    response = grade(client, position, points_of(position))

    assert response.status_code == 409
    assert not at(position).is_checked


def test_token_of_the_answer_cannot_grade_it(client, opened):
    response = grade(client, opened, points_of(opened), token=TOKEN)

    assert response.status_code == 302
    assert not at(opened).is_graded


def test_other_kinds_know_no_grading(client, ask):
    position = ask(BY_SLUG["number"])

    assert check(client, position, grading="yes").status_code == 302
    assert at(position).points == 1


def test_own_grade_never_counts_in_the_score(client, sign_in):
    versions = [version_of(SPECIMENS["open"]), version_of(SPECIMENS["number"])]
    session = SessionFactory(positions=versions)
    sign_in(client, session.learner)
    first = session.positions.get(number=1)
    check(client, first)
    grade(client, first, points_of(first))
    client.post(address(session, 2), {"amount": "25 MB", "token": "d" * 32})

    page = client.post(f"/practice/{session.pk}/", follow=True).content.decode()

    assert "0 of 1" in page
    assert "One open question is left out of the score" in page
    assert "Graded by yourself: 100 %" in page
    assert "You gave “25 MB”; right is “6 MB”" in page


def test_partly_right_is_said_with_its_share(client, ask):
    position = ask(BY_SLUG["matching"])
    fields = right_fields(position)
    name = next(name for name in fields if name.startswith("match-"))
    other = "2" if fields[name] == ["1"] else "1"
    client.post(address(position.session), fields | {name: other})

    page = client.get(address(position.session)).content.decode()
    result = client.post(f"/practice/{position.session.pk}/", follow=True).content.decode()

    assert "Partly right: " in page
    assert "67 %" in page
    assert "Partly right: 67 % of the point" in result


# Case studies


def test_part_of_a_case_study_shows_its_story(client, sign_in):
    case = CaseFactory(title="The gates", story="A **lorry** comes.")
    versions = [VersionFactory(case=case, part=part) for part in (1, 2)]
    session = SessionFactory(positions=versions)
    sign_in(client, session.learner)

    for number in (1, 2):
        page = client.get(address(session, number)).content.decode()

        assert "Case study: The gates" in page
        assert f"part {number} of 2" in page
        assert "A <strong>lorry</strong> comes." in page


# What it costs


@every_kind
def test_an_answer_takes_as_few_statements_as_any(client, ask, kind):
    position = ask(kind)
    fields = right_fields(position)

    with Statements() as asked:
        client.post(address(position.session), fields, headers=HTMX)

    assert len(asked.all) <= 6


@pytest.mark.parametrize("length", (7, 21))
def test_result_of_all_kinds_takes_few_statements(client, sign_in, length):
    drafts = [replace(SPECIMENS[kind.slug]) for kind in KINDS] * (length // len(KINDS))
    session = SessionFactory(length=length, positions=[version_of(each) for each in drafts])
    sign_in(client, session.learner)

    with Statements() as asked:
        client.get(f"/practice/{session.pk}/")

    assert len(asked.all) <= 6


# In the browser


@pytest.fixture
def opened_page(page, client, sign_in, live_server):
    """The browser at the first question of a session of these kinds."""

    def run(*slugs, context=None):
        versions = [version_of(SPECIMENS[slug], claim=CLAIM) for slug in slugs]
        session = SessionFactory(length=len(slugs), positions=versions)
        sign_in(client, session.learner)
        where = context.new_page() if context else page
        cookie = client.cookies["sessionid"].value
        where.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        where.goto(f"{live_server.url}{address(session)}")
        return where

    return run


def pick(page, words):
    tab_to(page, page.get_by_label(words, exact=True))
    page.keyboard.press("Space")


def answer_by_keyboard(page, slug):
    """Give the right answer with keys alone."""
    if slug == "single-choice":
        tab_to(page, page.locator("input[name=option]").first)
        page.keyboard.press("Space")
        while not page.get_by_label("Serverless").is_checked():
            page.keyboard.press("ArrowDown")
    elif slug == "multiple-response":
        for words in ("Serverless", "Asynchronous"):
            tab_to(page, page.get_by_label(words))
            page.keyboard.press("Space")
    elif slug == "true-false":
        tab_to(page, page.locator("input[name=option]").first)
        page.keyboard.press("ArrowDown")
    elif slug == "number":
        tab_to(page, page.locator("#amount"))
        page.keyboard.type("6144 KB")
    elif slug == "open":
        tab_to(page, page.locator("#text"))
        page.keyboard.type("My words.")
    elif slug == "matching":
        for words, match in (("Real-time", "6"), ("Asynchronous", "1 "), ("Batch transform", "U")):
            tab_to(page, page.get_by_label(words))
            page.keyboard.type(match)
    elif slug == "ordering":
        for words in ("Upload", "Wait", "Fetch", "Answer on the call"):
            # One after the other to the very end, below the line, then back up into the list.
            tab_to(page, page.get_by_role("button", name=f"Move down: {words}"))
            for _ in range(4):
                page.keyboard.press("Enter")
        for words in ("Upload", "Wait", "Fetch"):
            tab_to(page, page.get_by_role("button", name=f"Move up: {words}"))
            page.keyboard.press("Space")
            expect(page.get_by_role("button", name=f"Move up: {words}")).to_be_focused()
            place = {"Upload": 1, "Wait": 2, "Fetch": 3}[words]
            expect(page.locator("[data-order-said]")).to_have_text(f"{words}: place {place} of 4")


def test_every_kind_is_answered_by_keyboard_alone(opened_page, axe):
    slugs = [kind.slug for kind in KINDS]
    page = opened_page(*slugs)
    for number, slug in enumerate(slugs, start=1):
        expect(page.get_by_role("heading", level=1)).to_have_text(
            f"Question {number} of {len(slugs)}"
        )
        answer_by_keyboard(page, slug)
        assert axe() == []
        tab_to(page, page.get_by_role("button", name="Check"))
        page.keyboard.press("Enter")
        expect(page.locator("#verdict")).to_be_focused()
        if slug == "open":
            tab_to(page, page.locator("input[name=point]").first)
            page.keyboard.press("Space")
            tab_to(page, page.get_by_role("button", name="Keep this grade"))
            page.keyboard.press("Enter")
            expect(page.locator("#verdict")).to_have_text("Graded by yourself: 50 %")
        else:
            expect(page.locator("#verdict")).to_have_text("Right")
        assert axe() == []
        way = page.get_by_role("link", name="Next question")
        last = page.get_by_role("button", name="Finish")
        tab_to(page, (way if number < len(slugs) else last).first)
        page.keyboard.press("Enter")
    expect(page.locator(".score").first).to_contain_text("6 of 6")
    assert not PracticeSession.objects.get().is_open


def test_order_is_dragged_with_the_mouse(opened_page):
    page = opened_page("ordering")
    for words, place in (("Fetch", 0), ("Wait", 0), ("Upload", 0), ("Answer on the call", 4)):
        items = page.locator(".order > li")
        item = items.filter(has_text=re.compile(words))
        handle, goal = item.locator(".order-handle").bounding_box(), items.nth(place).bounding_box()
        page.mouse.move(handle["x"] + 8, handle["y"] + 8)
        page.mouse.down()
        down = goal["height"] + 4 if place else 2
        page.mouse.move(handle["x"] + 8, goal["y"] + down, steps=8)
        page.mouse.up()

    expect(page.locator(".order-item .order-text")).to_have_text(
        ["Upload", "Wait", "Fetch", "Answer on the call"]
    )
    expect(page.locator("[data-order-said]")).to_have_text("Answer on the call: left out")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#verdict")).to_have_text("Right")


def test_order_is_set_by_its_selects_without_scripts(opened_page, new_context):
    page = opened_page("ordering", context=new_context(java_script_enabled=False))
    for words, place in (("Upload", "1"), ("Wait", "2"), ("Fetch", "3"), ("Answer", "Leave out")):
        page.get_by_label(f"Place of: {words}").select_option(place)
    assert page.locator(".order-move").first.is_hidden()
    page.get_by_role("button", name="Check").click()

    assert page.locator("#verdict").inner_text() == "Right"


def test_refused_amount_stays_in_its_field_and_is_corrected(opened_page):
    page = opened_page("number")
    page.locator("#amount").fill("6 seconds")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("KB, MB or GB")
    expect(page.locator("#amount")).to_have_value("6 seconds")

    page.locator("#amount").fill("6 mb")
    page.get_by_role("button", name="Check").click()

    expect(page.locator("#verdict")).to_have_text("Right")


@every_kind
def test_no_kind_is_wider_than_a_phone(opened_page, kind):
    page = opened_page(kind.slug)
    page.set_viewport_size({"width": 320, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
