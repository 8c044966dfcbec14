"""Writing questions in a real browser: every kind, kept text, two windows, and hostile texts."""

import pytest
from django.test import Client
from django.utils import timezone

from quiz.bank.models import QuestionDraft, QuestionVersion
from tests.factories import SessionFactory
from tests.test_every_page import look_over

from .authored import ROUTES, WRITTEN, fields

HOSTILE = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>"
    "<svg onload='window.hit = 1'></svg> ![i](https://elsewhere.example/i.png) "
    "[a](javascript:window.hit=1) <iframe src='https://elsewhere.example/'></iframe> "
    '"><style>body{background:url(https://elsewhere.example/s)}</style>'
)


@pytest.fixture
def sign_in_to(client, live_server, instructor):
    """Give a browser window the login session of the instructor."""

    def run(context):
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return run


def fill(page, form):
    """Type a posted form into the fields of the page."""
    for name, values in form.items():
        field = page.locator(f"#editor [name='{name}']")
        if "_FORMS" in name or not field.count():
            continue
        kind = field.first.evaluate("each => each.tagName + ' ' + each.type")
        if "checkbox" in kind:
            field.check()
        elif "radio" in kind:
            page.locator(f"#editor [name='{name}'][value='{values[0]}']").check()
        elif kind.startswith("SELECT"):
            field.select_option(values)
        elif kind != "INPUT hidden":
            field.fill(values[0])


@pytest.mark.parametrize("sort", WRITTEN)
def test_an_instructor_writes_and_publishes_a_question_of_every_kind(
    context, page, live_server, sign_in_to, sort
):
    sign_in_to(context)
    page.goto(f"{live_server.url}/questions/new/")
    page.get_by_label("Name").fill("One of mine")
    page.locator("[name=sort]").select_option(sort)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="One of mine").wait_for()

    fill(page, fields(WRITTEN[sort]))
    page.get_by_text("Nothing is missing").wait_for()
    page.get_by_role("heading", name="Reviewed, answered rightly").wait_for()
    if sort == "scenario":
        assert page.get_by_text("Proved: Real-time inference.").is_visible()
    page.get_by_role("button", name="Publish").click()

    page.get_by_text("Published as version 1").wait_for()
    version = QuestionVersion.objects.get(question__slug="one-of-mine")
    assert version.stem == WRITTEN[sort]["stem"]
    assert page.locator("#unsaved-text").is_hidden()


def test_what_is_typed_is_saved_by_itself_and_survives_the_end_of_the_login_session(
    context, page, live_server, sign_in_to, begun
):
    question = begun("open")
    sign_in_to(context)
    address = f"{live_server.url}/questions/{question.pk}/edit/"
    page.goto(address)
    page.locator("[name=stem]").fill("Saved by itself?")
    page.get_by_text("Saved at").wait_for()
    assert QuestionDraft.objects.get().written["stem"] == "Saved by itself?"

    context.clear_cookies(name="sessionid")
    page.locator("[name=stem]").fill("Typed when signed out?")
    page.get_by_role("link", name="Sign in again").click()
    page.wait_for_url("**/accounts/login/**")
    sign_in_to(context)
    page.goto(address)
    page.get_by_role("button", name="Save it now").click()

    page.get_by_text("Saved. It is a draft").wait_for()
    assert page.locator("[name=stem]").input_value() == "Typed when signed out?"
    assert page.locator("#unsaved-text").is_hidden()
    assert QuestionDraft.objects.get().written["stem"] == "Typed when signed out?"


def test_two_windows_see_what_differs_and_lose_nothing(
    context, page, live_server, sign_in_to, begun
):
    question = begun("open")
    sign_in_to(context)
    address = f"{live_server.url}/questions/{question.pk}/edit/"
    other = context.new_page()
    for each in (page, other):
        each.goto(address)
    page.locator("[name=stem]").fill("From the first window?")
    page.get_by_text("Saved at").wait_for()

    other.locator("[name=stem]").fill("From the second window?")
    other.get_by_text("another window saved").wait_for()
    other.get_by_role("button", name="Save", exact=True).click()
    other.get_by_role("heading", name="two texts").wait_for()
    told = other.locator("table").inner_text()
    other.get_by_role("button", name="Keep mine").click()
    other.get_by_text("Another text of this question is set aside").wait_for()

    draft = QuestionDraft.objects.get()
    assert "first" in told
    assert draft.written["stem"] == "From the second window?"
    assert draft.set_aside[0]["stem"] == "From the first window?"


@pytest.mark.parametrize("sort", ("single-choice", "matching", "open", "scenario"))
def test_hostile_texts_run_nothing_and_ask_no_other_host(
    context, new_context, page, live_server, sign_in_to, sign_in, begun, sort
):
    question = begun(sort)
    form = fields(WRITTEN[sort])
    for name, values in form.items():
        last = name.rpartition("-")[2]
        if last in ("stem", "picked", "left", "right", "wrong", "tags"):
            form[name] = [f"{values[0]} {HOSTILE}"]
        if last in ("text", "match", "misconception"):
            form[name] = [f"{values[0]} {HOSTILE[:200]}"]
        if last in ("model_answer", "checklist", "spare"):
            form[name] = ["\n".join(f"{line} {HOSTILE[:250]}" for line in values[0].splitlines())]
    sign_in_to(context)
    page.goto(f"{live_server.url}/questions/{question.pk}/edit/")
    fill(page, form)
    page.get_by_text("Not saved yet").or_(page.get_by_text("Saved at")).wait_for()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published as version 1").wait_for()
    page.wait_for_load_state("networkidle")
    hits = [page.evaluate("window.hit")]

    session = SessionFactory(
        length=1,
        positions=[QuestionVersion.objects.get(question=question)],
        finished_at=timezone.now(),
    )
    cookie = sign_in(Client(), session.learner).cookies["sessionid"].value
    learner = new_context()
    learner.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    review = learner.new_page()
    review.goto(f"{live_server.url}/practice/{session.pk}/review/")
    review.get_by_text("javascript:window.hit").first.wait_for()
    hits.append(review.evaluate("window.hit"))

    assert hits == [None, None]
    for each in (page, review):
        assert each.locator("main :is(script, iframe, img, style, svg[onload])").count() == 0
        assert each.locator("main a[href^='javascript']").count() == 0


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_has_no_barrier_and_fits_a_phone(
    client, context, page, live_server, axe, sign_in_to, begun, route
):
    question = begun()
    client.post(
        f"/questions/{question.pk}/edit/",
        fields(WRITTEN["single-choice"]) | {"do": "publish", "revision": 1},
    )
    sign_in_to(context)
    path = route.path.replace("<int:question>", str(question.pk))

    page.goto(f"{live_server.url}{path}")

    assert look_over(page, axe, path) == []


@pytest.mark.parametrize("sort", WRITTEN)
def test_the_editor_of_every_kind_has_no_barrier(
    context, page, live_server, axe, sign_in_to, begun, sort
):
    question = begun(sort)
    sign_in_to(context)
    page.goto(f"{live_server.url}/questions/{question.pk}/edit/")

    assert look_over(page, axe, sort) == []
