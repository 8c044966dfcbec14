"""What an instructor's pages have in common: listed by the resolver, so that none is forgotten."""

import pytest

from tests.factories import InstructorFactory, MemberFactory, PublishedSetFactory, SessionFactory
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
    client.force_login(running[0].owner)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )

    page.goto(f"{live_server.url}{path}")

    assert look_over(page, axe, path) == []
