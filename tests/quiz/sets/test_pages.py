"""What an instructor's pages have in common: listed by the resolver, so that none is forgotten."""

import pytest
from playwright.sync_api import expect

from quiz.sets.actions import add_questions
from tests.factories import (
    InstructorFactory,
    MemberFactory,
    PublishedSetFactory,
    SessionFactory,
    SetFactory,
    VersionFactory,
)
from tests.pages import routes
from tests.test_every_page import fingerprint, look_over

ROUTES = [route for route in routes() if route.name.startswith(("sets:", "analysis:"))]
# A browser keeps a file instead of showing it.
PAGES = [route for route in ROUTES if not route.name.endswith("-file")]


def address(route, quiz_set, member):
    path = route.path.replace("<int:quiz_set>", str(quiz_set.pk))
    path = path.replace("<int:member>", str(member.pk))
    path = path.replace("<int:version>", str(quiz_set.items.first().version_id))
    assert "<" not in path, f"{route.name} needs an example"
    return path


@pytest.fixture
def running():
    """A set that somebody has begun, and its member."""
    held = PublishedSetFactory(owner=InstructorFactory(name="Ada"), minutes=30)
    member = MemberFactory(quiz_set=held, name="Grace")
    versions = [item.version for item in held.items.all()]
    SessionFactory(learner=member.learner, quiz_set=held, try_number=1, positions=versions)
    return held, member


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_reading_writes_nothing_and_strangers_find_nothing(client, running, route):
    path = address(route, *running)
    client.force_login(running[0].owner)
    before = fingerprint()

    assert client.get(path).status_code == 200
    assert fingerprint() == before
    if route.has_parameters:
        client.force_login(InstructorFactory())
        assert client.get(path).status_code == 404
        assert client.post(path, {"do": "publish"}).status_code in (404, 405)


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_a_page_has_no_barrier_and_fits_a_phone(
    client, context, page, live_server, axe, running, route
):
    path = address(route, *running)
    be(running[0].owner, client, context, live_server)

    page.goto(f"{live_server.url}{path}")

    assert look_over(page, axe, path) == []


def be(user, client, context, live_server):
    """Let a browser be signed in as somebody."""
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def test_a_question_goes_down_three_places_by_one_key_and_keeps_the_focus(
    client, context, page, live_server
):
    held = SetFactory()
    versions = [VersionFactory(stem=f"Question number {n}?") for n in (1, 2, 3, 4)]
    add_questions(quiz_set=held, versions=versions)
    be(held.owner, client, context, live_server)
    page.goto(f"{live_server.url}/sets/{held.pk}/questions/")
    shown = page.locator(".sortable-text a")

    page.get_by_role("button", name="Move down: place 1").focus()
    for place in (2, 3, 4):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=f"Move down: place {place}")).to_be_focused()
    page.keyboard.press("Enter")

    expect(shown).to_have_text([f"Question number {n}?" for n in (2, 3, 4, 1)])
    page.reload()
    expect(shown).to_have_text([f"Question number {n}?" for n in (2, 3, 4, 1)])


def test_a_question_that_is_dragged_stays_where_it_was_dropped(client, context, page, live_server):
    held = SetFactory()
    versions = [VersionFactory(stem=f"Question number {n}?") for n in (1, 2, 3)]
    add_questions(quiz_set=held, versions=versions)
    be(held.owner, client, context, live_server)
    page.goto(f"{live_server.url}/sets/{held.pk}/questions/")
    shown = page.locator(".sortable-text a")

    for wanted in ((2, 3, 1), (3, 1, 2)):
        handle = page.locator(".order-handle").first.bounding_box()
        last = page.locator(".sortable-item").last.bounding_box()
        page.mouse.move(handle["x"] + 5, handle["y"] + 5)
        page.mouse.down()
        page.mouse.move(handle["x"] + 5, last["y"] + last["height"] - 2, steps=5)
        # The next one is taken up at once, while the reply to this one is still under way.
        page.mouse.up()
        expect(shown).to_have_text([f"Question number {n}?" for n in wanted])
    # The places are numbered by the server.
    expect(page.locator(".sortable-item").first).to_contain_text("Question number 3?")
    expect(page.locator(".sortable-item button").first).to_have_attribute(
        "aria-label", "Move up: place 1"
    )
    page.reload()
    expect(shown).to_have_text(["Question number 3?", "Question number 1?", "Question number 2?"])
