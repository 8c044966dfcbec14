"""In a real browser: learners read dates in their own zone, instructors in the one that they chose."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import InstructorFactory, PublishedSetFactory, SetFactory
from tests.test_every_page import look_over

CLOSES = datetime(2037, 7, 1, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in_to(context, client, user, live_server):
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def told(page):
    """The moments on a page, as they are read."""
    return page.locator("time").filter(has_text="2037").all_inner_texts()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"timezone_id": "Europe/Berlin"}, "1 July 2037, 14:00 CEST"),
        ({"timezone_id": "America/New_York"}, "1 July 2037, 08:00 GMT-4"),
        ({"timezone_id": "UTC"}, "1 July 2037, 12:00 UTC"),
        ({"timezone_id": "Europe/Berlin", "java_script_enabled": False}, "1 July 2037, 12:00 UTC"),
    ],
)
def test_a_learner_reads_the_dates_of_a_set_in_the_zone_of_the_browser(
    new_context, live_server, options, expected
):
    held = PublishedSetFactory(closes_at=CLOSES)
    page = new_context(**options).new_page()

    page.goto(f"{live_server.url}/join/{held.join_secret}/")

    assert told(page) == [expected]


def test_a_moment_that_comes_later_into_the_page_is_told_in_the_zone_too(new_context, live_server):
    """The mark of a save is written by a script, and comes from the server in UTC."""
    page = new_context(timezone_id="Asia/Tokyo").new_page()
    page.goto(f"{live_server.url}/practice/")
    page.get_by_role("button", name="Start").first.click()
    page.locator("#answer").wait_for()

    page.locator("#answer [name=option]").first.check()
    page.locator("#saved time").wait_for()

    assert page.locator("#saved").inner_text().startswith("Saved at ")
    assert page.locator("#saved time").inner_text().endswith(" GMT+9")


def test_an_instructor_is_offered_the_zone_of_the_browser_and_reads_and_types_in_it(
    new_context, client, live_server, axe
):
    ada = InstructorFactory(name="Ada")
    held = SetFactory(owner=ada, closes_at=CLOSES)
    context = new_context(timezone_id="Europe/Berlin")
    sign_in_to(context, client, ada, live_server)
    page = context.new_page()
    overview = f"{live_server.url}{reverse('sets:set', args=[held.pk])}"
    page.goto(overview)
    before = told(page)

    page.goto(f"{live_server.url}/accounts/")
    page.get_by_role("button", name="Choose Europe/Berlin, the zone of this browser").click()
    faults = look_over(page, lambda: axe(page), "/accounts/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved.").wait_for()
    offer = page.locator("#zone-offer").is_visible()
    page.goto(f"{overview}rules/")
    page.get_by_text("Your dates are typed and shown in Europe/Berlin.").wait_for()
    shown = page.get_by_label("Closes").input_value()
    page.get_by_label("Closes").fill("2037-12-01T14:00")
    page.get_by_role("button", name="Save the rules").click()
    page.wait_for_url(overview)

    assert (before, told(page)) == (["1 July 2037, 12:00 UTC"], ["1 December 2037, 14:00 CET"])
    assert (shown, offer, faults) == ("2037-07-01T14:00", False, [])
