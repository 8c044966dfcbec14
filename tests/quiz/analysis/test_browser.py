"""The results of a class in a real browser: no barrier, nothing too wide, and a regrade by hand."""

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


@pytest.mark.parametrize("part", ["", "questions/", "one/", "regrade/"])
def test_the_results_of_a_class_have_no_barrier_and_fit_a_phone(
    page, live_server, axe, a_class, part
):
    version = a_class.items.first().version
    one = f"questions/{version.pk}/"
    option = version.options.get(position=2).pk
    preview = f"{one}regrade/?action=accept&option={option}"
    part = {"one/": one, "regrade/": preview}.get(part, part)
    page.goto(f"{live_server.url}/sets/{a_class.pk}/results/{part}")
    for summary in page.locator("details > summary").all():
        summary.click()

    assert look_over(page, axe, part) == []


def test_a_question_is_regraded_and_that_is_taken_back(page, live_server, a_class):
    page.goto(f"{live_server.url}/sets/{a_class.pk}/")
    page.get_by_role("link", name="Results").click()
    page.get_by_role("link", name="By question").click()
    page.get_by_role("link", name="Question number 1?").click()
    page.get_by_label("Accept another answer option").check()
    page.get_by_label("Which option is right too").select_option("Text 2")
    page.get_by_role("button", name="See what it changes").click()
    page.get_by_label("Reason").fill("Both answer on the same call")
    page.get_by_role("button", name="Regrade").click()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("every mark is as it was before").wait_for()

    assert Regrade.objects.get().undone_at is not None
