import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.practice.models import PracticeSession
from studyapp.people.middleware import GUEST_KEY
from tests.factories import SessionFactory

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def learner(client, sign_in):
    """A guest with an open session of two written questions; `client` is theirs."""
    session = SessionFactory()
    sign_in(client, session.learner)
    return session.learner


@pytest.fixture
def session(learner):
    return PracticeSession.objects.get(learner=learner)


@pytest.fixture
def open_window(new_context, live_server):
    """A window of its own in which the guest of a session has a question open: open_window(session)."""

    def run(session, number=1, **options):
        context = new_context(viewport={"width": 1280, "height": 800}, **options)
        store = SessionStore()
        store[GUEST_KEY] = session.learner.guest_key
        store.create()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}{address(session, number)}")
        return page

    return run


def address(session, number=1):
    return f"/practice/{session.pk}/{number}/"


def hidden(response):
    """The hidden fields of a page's last form, as a browser posts them."""
    return dict(HIDDEN.findall(response.content.decode())[-4:])


def token(response):
    return hidden(response)["token"]


def option(position, *, right):
    """The id to post for the right option of a position, or for a wrong one."""
    return position.version.options.filter(is_correct=right).first().pk


class Statements(CaptureQueriesContext):
    """The SQL statements of a block, without those that only begin or end a transaction."""

    def __init__(self):
        super().__init__(connection)

    @property
    def all(self):
        passing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
        return [q["sql"] for q in self.captured_queries if not q["sql"].startswith(passing)]

    @property
    def writes(self):
        return [sql for sql in self.all if sql.startswith(WRITES)]
