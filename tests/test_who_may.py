"""Who may see and do what: every route, method and role, with rows that belong to somebody.

The routes come from the resolver. A new one needs one line in `WHO`; without it the first test fails.
"""

import re
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from quiz.bank.models import Question
from quiz.learners.links import make_link
from quiz.practice.models import Position, PracticeSession
from quiz.sets.models import Member, QuizSet, SetItem
from studyapp.people.middleware import GUEST_KEY
from studyapp.people.models import Learner, ResumeLink, User
from tests.factories import (
    AccountFactory,
    GuestFactory,
    MemberFactory,
    PublishedSetFactory,
    QuestionFactory,
    SessionFactory,
    SetFactory,
    VersionFactory,
)
from tests.pages import routes

pytestmark = pytest.mark.django_db

ROLES = (
    "anonymous",
    "guest",
    "learner",
    "other learner",
    "instructor",
    "other instructor",
    "staff",
)
METHODS = ("get", "head", "post", "put", "patch", "delete")


def answers(**by_role):
    """What each role is answered; "ok" is a page or a way on."""
    return {role: by_role.get(role.replace(" ", "_"), by_role["others"]) for role in ROLES}


# A page that shows nothing of anybody but whoever asks.
EVERYBODY = answers(others="ok")
SIGNED_IN = answers(anonymous=302, guest=302, others="ok")
# The rows are the learner's, who is a member of the instructor's set as the guest is.
THE_LEARNER = answers(learner="ok", others=404)
MEMBERS = answers(learner="ok", guest="ok", others=404)
INSTRUCTORS = answers(anonymous=302, guest=302, learner=403, other_learner=403, others="ok")
THE_INSTRUCTOR = INSTRUCTORS | answers(
    anonymous=302, guest=302, learner=403, other_learner=403, instructor="ok", others=404
)
# Staff helps whoever writes, and takes over what somebody leaves behind.
THE_AUTHOR = THE_INSTRUCTOR | {"staff": "ok"}

# By the beginning of the path as the resolver writes it; the longest that fits counts.
WHO = {
    "/": None,
    "/guide/": EVERYBODY,
    "/wizard/": EVERYBODY,
    "/privacy/": EVERYBODY,
    "/healthz": EVERYBODY,
    "/practice/": EVERYBODY,
    "/practice/<int:session>/": THE_LEARNER,
    "/practice/set/<int:quiz_set>/": MEMBERS,
    "/progress/": EVERYBODY,
    "/sets/": INSTRUCTORS,
    "/sets/<int:quiz_set>/": THE_INSTRUCTOR,
    "/questions/": INSTRUCTORS,
    "/questions/<int:question>/": THE_AUTHOR,
    "/join/": EVERYBODY,
    "/resume/": EVERYBODY,
    "/your-data/": EVERYBODY,
    "/accounts/": SIGNED_IN,
    "/accounts/login/": EVERYBODY,
    "/accounts/signup/": EVERYBODY,
    "/accounts/logout/": EVERYBODY,
    "/accounts/inactive/": EVERYBODY,
    "/accounts/confirm-email/": EVERYBODY,
    "/accounts/password/reset/": EVERYBODY,
    "/accounts/^password/reset/key/": EVERYBODY,
    "/accounts/login/code/confirm/": EVERYBODY,
    "/accounts/2fa/authenticate/": EVERYBODY,
    "/accounts/2fa/webauthn/login/": EVERYBODY,
}
# What is only found under an address that nobody can guess is shown to whoever has it.
BY_SECRET = {"/join/<str:secret>/", "/resume/<str:secret>/"}

# Texts that only some may ever read, on whatever page.
CANARIES = {
    "Canary of the session": {"learner"},
    "Canary of the learner": {"learner", "instructor"},
    "canary-learner@example.org": {"learner", "instructor"},
    "Canary of the guest": {"guest", "instructor"},
    "Canary of the set": {"learner", "guest", "instructor"},
    "Canary of the draft": {"instructor"},
    "Canary of the question": {"instructor", "staff"},
}


def who_may(route):
    fits = [
        start
        for start in WHO
        if route.path == start or (start != "/" and route.path.startswith(start))
    ]
    return WHO[max(fits, key=len)] or EVERYBODY if fits else None


@pytest.fixture
def world():
    """A learner, a guest and an instructor with rows of every kind, and a browser for every role."""
    people = {
        "learner": AccountFactory(email="canary-learner@example.org", name="Canary of the learner"),
        "other learner": AccountFactory(),
        "instructor": AccountFactory(teaches_since=timezone.now()),
        "other instructor": AccountFactory(teaches_since=timezone.now()),
        "staff": AccountFactory(is_staff=True, is_superuser=True),
    }
    browsers = {role: Client() for role in ROLES}
    for role, user in people.items():
        browsers[role].force_login(user)
    guest, learner = GuestFactory(), Learner.objects.create(user=people["learner"])
    held = browsers["guest"].session
    held[GUEST_KEY] = guest.guest_key
    held.save()
    quiz_set = PublishedSetFactory(owner=people["instructor"], title="Canary of the set")
    SetFactory(owner=people["instructor"], title="Canary of the draft")
    question = QuestionFactory(author=people["instructor"], status=Question.Status.OWN)
    VersionFactory(question=question, stem="Canary of the question")
    member = MemberFactory(quiz_set=quiz_set, learner=learner, name="")
    MemberFactory(quiz_set=quiz_set, learner=guest, name="Canary of the guest")
    versions = [item.version for item in quiz_set.items.all()]
    SessionFactory(learner=learner, quiz_set=quiz_set, try_number=1, positions=versions)
    session = SessionFactory(learner=learner, title="Canary of the session")
    _, secret = make_link(learner=guest, token="a" * 32, now=timezone.now())
    return SimpleNamespace(
        people=people, browsers=browsers, quiz_set=quiz_set, member=member, session=session,
        guest=guest, secret=secret, question=question, rows=[],
    )  # fmt: skip


def address(route, world):
    """The path of a route with ids of rows that belong to the learner or the instructor."""
    if "password/reset/key/(" in route.path:
        return "/accounts/password/reset/key/0-nobody/"
    values = {
        "<slug:slug>": "glossary",
        "<int:session>": world.session.pk,
        "<int:number>": 1,
        "<int:quiz_set>": world.quiz_set.pk,
        "<int:member>": world.member.pk,
        "<int:question>": world.question.pk,
        "<int:version>": world.quiz_set.items.first().version_id,
        "<str:secret>": world.quiz_set.join_secret if "/join/" in route.path else world.secret,
        "<int:pk>": 1,
    }
    path = re.sub("<[^>]+>", lambda found: str(values.get(found[0], found[0])), route.path)
    assert "<" not in path, f"{route.name} needs a value here"
    return path


FORM = {
    "do": "publish",
    "token": "a-token-of-a-form-000",
    "title": "Changed",
    "name": "Changed",
    "option": "1",
    "extra_tries": "3",
    "time_factor": "2",
    "typed": "erase",
}
WATCHED = (PracticeSession, Position, QuizSet, SetItem, Member, User, Learner, Question, ResumeLink)


def state():
    """Every row that somebody owns."""
    return {(model.__name__, row["id"]): row for model in WATCHED for row in model.objects.values()}


def changed(before, now=None):
    """Which of the rows of before are different now; new rows are whoever made them."""
    now = state() if now is None else now
    return [key for key, row in before.items() if now.get(key) != row]


@contextmanager
def watch_statements():
    """The statements of a block that may change a row: all but those that only read or mark a place."""
    found = []

    def look(execute, sql, *rest):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")):
            found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        yield found


def test_every_route_is_listed():
    unlisted = [route.path for route in routes() if who_may(route) is None]

    assert unlisted == [], "say in WHO who may see it"


def test_every_line_is_needed():
    paths = [route.path for route in routes()]

    assert [start for start in WHO if not any(path.startswith(start) for path in paths)] == []


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_not_see_a_page_gets_nothing_of_it(world, role):
    faults = []
    for route in routes():
        expected, path = who_may(route)[role], address(route, world)
        for method in ("get", "head"):
            response = getattr(world.browsers[role], method)(path)
            right = (
                response.status_code == expected if expected != "ok" else response.status_code < 400
            )
            # Of a row that nobody has, and of a code that nobody waits for, there is no page.
            if not right and not (expected == "ok" and route.path in NOT_THERE):
                faults.append((method, path, response.status_code, expected))
            faults += leaks(response, role, route, method)

    assert faults == []


NOT_THERE = {
    "/guide/profile/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/download/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/keys/<int:pk>/edit/",
    "/accounts/2fa/webauthn/keys/<int:pk>/remove/",
    "/accounts/teach/",
    "/practice/<int:session>/result.csv",
}


def leaks(response, role, route, method):
    """The canaries in an answer that this role may not read."""
    if route.path in BY_SECRET:
        return []
    text = response.getvalue().decode(errors="replace") + str(dict(response.headers))
    return [
        (method, route.path, canary)
        for canary, readers in CANARIES.items()
        if canary in text and role not in readers
    ]


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_not_change_something_changes_nothing(world, role):
    faults, before = [], state()
    own = {("User", world.people[role].pk)} if role in world.people else set()
    for route in routes():
        expected, path = who_may(route)[role], address(route, world)
        if expected == "ok" and role not in ("anonymous", "other learner", "other instructor"):
            continue
        if path in LEAVING or route.path in BY_SECRET:
            continue
        for method in ("post", "put", "patch", "delete"):
            with watch_statements() as written:
                response = getattr(world.browsers[role], method)(path, FORM)
            if expected != "ok" and response.status_code not in (expected, 405):
                faults.append((method, path, response.status_code, expected))
            if written:
                now = state()
                faults += [(method, path, row) for row in changed(before, now) if row not in own]
                before = now
            faults += leaks(response, role, route, method)

    assert faults == []


@pytest.mark.parametrize("role", ("guest", "learner", "instructor", "staff"))
def test_reading_writes_nothing_but_into_ones_own_login_session(world, role):
    """A challenge for a passkey and a new secret for an app wait there until they are answered."""
    browser = world.browsers[role]
    mine = browser.session.session_key
    tables = [each for each in apps.get_models() if each._meta.app_label in KEPT_OF_PEOPLE]

    def kept():
        return {each: list(each.objects.order_by("pk").values()) for each in tables} | {
            Session: list(Session.objects.exclude(pk=mine).order_by("pk").values())
        }

    before = kept()
    for route in routes():
        browser.get(address(route, world))

    assert kept() == before


KEPT_OF_PEOPLE = ("people", "quiz", "account", "mfa", "usersessions", "admin", "auth")


# They end the sign-in that the other requests need.
LEAVING = {"/accounts/logout/", "/your-data/erase/"}


# Ids of somebody else's rows inside a form or an address of one's own


def test_a_canary_is_read_by_whoever_may(world):
    """The other tests could not fail if nobody ever saw one."""
    page = world.browsers["instructor"].get("/sets/").text
    people = world.browsers["instructor"].get(f"/sets/{world.quiz_set.pk}/people/").text
    mine = world.browsers["learner"].get("/practice/").text

    assert "Canary of the draft" in page
    assert "Canary of the learner" in people
    assert "Canary of the guest" in people
    assert "Canary of the session" in mine


@pytest.mark.parametrize("page", ("people", "board"))
def test_a_member_of_another_set_is_not_found_under_ones_own(world, page):
    own = PublishedSetFactory(owner=world.people["other instructor"])
    path = f"/sets/{own.pk}/{page}/{world.member.pk}/"
    before = state()

    browser = world.browsers["other instructor"]

    assert browser.get(path).status_code == 404
    assert browser.post(path, FORM | {"do": "remove"}).status_code == 404
    assert changed(before) == []


@pytest.mark.parametrize("role", ("anonymous", "guest", "other learner", "staff"))
def test_a_session_of_somebody_else_is_not_closed_by_its_id(world, role):
    before = state()

    world.browsers[role].post("/practice/", FORM | {"close": world.session.pk, "length": "5"})

    assert changed(before) == []


def test_a_link_of_somebody_else_is_not_revoked_by_its_id(world):
    stranger = Client()
    held = stranger.session
    held[GUEST_KEY] = SessionFactory().learner.guest_key
    held.save()
    before = state()

    stranger.post("/resume/", FORM | {"revoke": ResumeLink.objects.get().pk})

    assert changed(before) == []


def test_a_question_of_another_instructor_comes_into_nobodys_set(world):
    own = SetFactory(owner=world.people["other instructor"])
    asked = {
        "question": world.question.pk,
        "questions": world.question.pk,
        "pick": world.question.pk,
    }

    for verb in ("pick", "add", "question"):
        page = world.browsers["other instructor"].post(
            f"/sets/{own.pk}/questions/", FORM | asked | {"do": verb}
        )
        assert "Canary of the question" not in page.text

    assert not own.items.exists()


def test_an_address_of_somebody_else_is_not_managed_by_its_text(world):
    theirs = world.people["learner"].emailaddress_set.get()

    for action in ("action_primary", "action_remove", "action_send"):
        world.browsers["other learner"].post(
            "/accounts/email/", {"email": theirs.email, action: "yes"}
        )

    theirs.refresh_from_db()
    assert (theirs.user, theirs.primary, theirs.verified) == (world.people["learner"], True, True)
