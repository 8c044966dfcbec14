"""What holds on every page, however it came to be: pages are listed by the resolver itself."""

import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from quiz.practice.models import PracticeSession
from studyapp.guide import knowledge

from .pages import routes

PLAIN = [route.path for route in routes() if not route.has_parameters]
WITH_PARAMETERS = {
    "account_reset_password_from_key": ["/accounts/password/reset/key/0-nobody/"],
    "mfa_edit_webauthn": ["/accounts/2fa/webauthn/keys/1/edit/"],
    "mfa_remove_webauthn": ["/accounts/2fa/webauthn/keys/1/remove/"],
    "guide:section": ["/guide/glossary/"],
    "learners:resume": ["/resume/no-such-link/"],
    "join:set": ["/join/no-such-link/"],
    "practice:flagged": ["/practice/{session}/flagged/"],
    "practice:missed": ["/practice/{session}/missed/"],
    "practice:question": ["/practice/{session}/1/"],
    "practice:result": ["/practice/{session}/"],
    "practice:result-file": ["/practice/{session}/result.csv"],
    "practice:set": ["/practice/set/1/"],
    "practice:trap": ["/practice/{session}/1/trap/?seed=7"],
    "practice:review": ["/practice/{session}/review/", "/practice/{session}/review/?show=missed"],
}
# Those of instructors send everybody else away; tests of their rooms look at what they see.
WITH_PARAMETERS |= {
    route.name: [re.sub("<[^>]+>", "1", route.path)]
    for route in routes()
    if route.name.startswith(("bank:", "sets:", "analysis:")) and route.has_parameters
}
# Addresses that say something beside their plain one: states, errors, what is not there.
FURTHER = [
    "/wizard/?payload_mb=50&processing_s=45&reply=notify",
    "/wizard/?payload_mb=50&latency_ms=50&profile=aws",
    "/wizard/?models=3&frameworks=2&experiment=shadow&profile=aws",
    "/wizard/?payload_mb=many&gpu=perhaps",
    "/guide/compare/?profile=aws",
    "/guide/concept-box/?profile=aws",
    "/guide/worked-example/?profile=aws",
    "/guide/glossary/?q=queue",
    "/guide/glossary/?q=zzzz",
    "/practice/near/?payload_mb=50&processing_s=45&reply=notify",
    "/practice/near/?payload_mb=0",
    "/resume/no-such-link/",
    "/nowhere/",
]
NO_PAGES = {
    "/guide/profile/",
    "/healthz",
    "/progress/history.csv",
    "/progress/questions.csv",
    "/your-data/file.json",
}  # a post, a probe, a file
PAGES = [path for path in PLAIN + FURTHER if path not in NO_PAGES]


def test_every_route_with_parameters_has_an_example():
    needed = {route.name for route in routes() if route.has_parameters}

    assert needed == set(WITH_PARAMETERS)


def test_every_route_has_a_name():
    assert [route.path for route in routes() if route.name.endswith(":") or not route.name] == []


def start_sessions(client):
    """Finish one practice session and start another, as a guest would; the addresses of both."""
    sessions = []
    for _ in range(2):
        client.post("/practice/", start_form(client.get("/practice/")))
        sessions.append(PracticeSession.objects.latest("pk").pk)
        if len(sessions) == 1:
            client.post(f"/practice/{sessions[0]}/")
    return [
        path.format(session=session)
        for session in sessions
        for name, paths in WITH_PARAMETERS.items()
        for path in paths
        if name.startswith("practice:")
    ]


def start_form(page):
    """The hidden and chosen fields of the form that starts a session, as a browser sends them."""
    return page.context["start"].initial | {"length": "5"}


def every_address(client):
    return PLAIN + FURTHER + start_sessions(client)


# What every answer carries


POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.django_db
def test_every_answer_carries_a_strict_policy_and_safe_headers(client):
    for address in every_address(client):
        response = client.get(address)
        policy = dict(
            part.strip().split(" ", 1)
            for part in response["Content-Security-Policy"].split(";")
            if part.strip()
        )

        assert policy == POLICY, address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "DENY", address


@pytest.mark.django_db
def test_a_page_that_fails_carries_the_headers_too(monkeypatch):
    monkeypatch.setattr("studyapp.guide.knowledge.current", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/wizard/")

    assert response.status_code == 500
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_only_the_session_and_the_csrf_cookie_are_ever_set(client):
    for address in every_address(client):
        client.get(address)

    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


# Reading writes nothing, writing needs a token


def fingerprint():
    """A digest of every row of every table."""
    whole = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        rows = model._default_manager.order_by("pk").values_list()
        whole.update(repr((model._meta.label, list(rows))).encode())
    return whole.hexdigest()


@pytest.mark.django_db
def test_a_get_leaves_the_database_as_it_was(client):
    addresses = every_address(client)
    before = fingerprint()

    for address in addresses:
        client.get(address)
        client.get(address, headers={"HX-Request": "true", "HX-Target": "section#verdict"})
        client.head(address)

    assert fingerprint() == before


@pytest.mark.django_db
def test_every_unsafe_request_without_a_token_is_refused_and_writes_nothing(client):
    addresses = every_address(client)
    strict = Client(enforce_csrf_checks=True)
    before = fingerprint()

    for address in addresses:
        for method in ("post", "put", "patch", "delete"):
            response = getattr(strict, method)(address, {"profile": "aws"})

            assert response.status_code in (403, 404, 405), (method, address)
    assert fingerprint() == before


# In a browser


@pytest.fixture
def open_page(page, live_server):
    """Open an address in the browser and wait until nothing is loading."""

    def open_at(address, width=1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}{address}")
        return page

    return open_at


def look_over(page, axe, address):
    """What is wrong with the page as it stands, in light and in dark; nothing scrolls sideways at 320 px."""
    faults = []
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            faults.append((address, width, f"the page is {reach} px wide"))
        if width == 320:
            continue
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            faults += [(address, width, scheme, fault) for fault in axe()]
    return faults


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_barrier_fits_a_phone_and_says_the_same_without_scripts(
    open_page, axe, new_context, live_server, address
):
    page = open_page(address)
    said = what_it_says(page)
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(f"{live_server.url}{address}")

    assert what_it_says(plain) == said
    assert len(said[1]) > 40
    assert look_over(page, axe, address) == []


def what_it_says(page):
    return page.title(), page.locator("main").inner_text()


def test_the_pages_of_a_session_have_no_barrier_and_fit_a_phone(open_page, axe):
    page = open_page("/practice/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/practice/*/1/")
    faults = look_over(page, axe, "question")
    page.get_by_role("radio").first.check()
    page.get_by_label("Certain").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("link", name="Next").first.wait_for()
    faults += look_over(page, axe, "verdict")
    page.goto(page.url.split("#")[0].rsplit("/", 2)[0] + "/")
    faults += look_over(page, axe, "result")
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="What to do next").wait_for()
    faults += look_over(page, axe, "finished")
    page.get_by_role("link", name="Read all reasons on one page").click()
    page.wait_for_url("**/review/")
    faults += look_over(page, axe, "review")
    page.goto(page.url.split("/practice/")[0] + "/progress/")
    page.get_by_role("heading", name="What is weakest").wait_for()
    faults += look_over(page, axe, "progress")

    assert faults == []


def test_the_page_of_a_drawn_question_has_no_barrier_and_fits_a_phone(open_page, axe):
    page = open_page("/practice/")
    page.get_by_role("button", name="Start the quiz").click()
    page.wait_for_url("**/practice/*/1/")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("link", name="Same trap").click()
    page.wait_for_url("**/trap/?seed=*")

    assert look_over(page, axe, "the same trap") == []


# What a page costs


STATIC = re.compile(r"""(?:href|src)=["']/static/([^"']+)""")


@pytest.mark.django_db
def test_every_page_costs_little_to_load(client):
    """At most 60 KB in at most 6 requests with a cold cache, compressed as it is served."""
    for address in every_address(client):
        page = client.get(address).content
        files = set(STATIC.findall(page.decode()))

        assert 1 + len(files) <= 6, address
        assert len(gzip.compress(page, 6)) + sum(map(served_size, files)) <= 60 * 1024, address


@cache
def served_size(name):
    """Bytes of a static file on the wire; a font is compressed already."""
    content = Path(finders.find(name)).read_bytes()
    return len(content) if name.endswith(".woff2") else len(brotli.compress(content))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [page for page in PAGES if page.startswith(("/guide/", "/?"))])
def test_a_guide_page_asks_the_database_at_most_eight_times(
    client, django_assert_max_num_queries, address
):
    knowledge.Shelf.held = None

    with django_assert_max_num_queries(8):
        client.get(address)
