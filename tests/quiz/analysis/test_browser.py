"""The results of a class in a real browser: no barrier, no sideways scrolling, and a regrade by hand."""

import random

import pytest

from quiz.analysis.models import Regrade
from tests.test_every_page import look_over

from .classes import a_set, takes, written


@pytest.fixture
def a_class(client, context, live_server):
    """Twelve people through four questions; the browser is their instructor's."""
    dice, held = random.Random(3), a_set(*written(4))
    version = held.items.first().version
    version.options.filter(position=2).update(
        misconception="Believes that a queue answers on the same call."
    )
    for number in range(12):
        places = [1 if dice.random() < number / 12 else dice.choice((2, 3, None)) for _ in range(4)]
        takes(held, places, name=f"Learner {number:02}")
    client.force_login(held.owner)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([cookie | {"url": live_server.url}])
    return held


def test_results_of_a_class_have_no_barrier_and_a_regrade_is_taken_and_taken_back(
    page, live_server, axe, a_class
):
    page.goto(f"{live_server.url}/sets/{a_class.pk}/")
    page.get_by_role("link", name="Results").click()
    page.wait_for_url("**/results/")
    faults = look_over(page, axe, "by learner")
    page.get_by_role("link", name="By question").click()
    page.wait_for_url("**/results/questions/")
    for summary in page.locator("details > summary").all():
        summary.click()
    faults += look_over(page, axe, "by question")
    page.get_by_role("link", name="Question number 1?").click()
    page.wait_for_url("**/results/questions/*/")
    page.get_by_label("Accept another answer option").check()
    page.get_by_label("Which option is right too").select_option("Text 2")
    faults += look_over(page, axe, "one question")
    page.get_by_role("button", name="See what it changes").click()
    page.wait_for_url("**/regrade/?*")
    faults += look_over(page, axe, "preview")
    page.get_by_label("Reason").fill("Both answer on the same call")
    page.get_by_role("button", name="Regrade").click()
    page.get_by_role("button", name="Take it back").wait_for()
    faults += look_over(page, axe, "regraded")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("every mark is as it was before").wait_for()

    assert faults == []
    assert Regrade.objects.get().undone_at is not None
