import io
import json
import os
import sqlite3
from collections import defaultdict
from pathlib import Path
from threading import RLock
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings

from quiz.bank.shelf import SHELF
from tests import chromium, postgresql

# Playwright's synchronous interface runs an event loop in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session", autouse=True)
def quick_and_plain_settings(tmp_path_factory):
    """Passwords that cost nothing, and static files under their own names."""
    plain = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES=plain,
    ):
        yield


@pytest.fixture(autouse=True)
def nothing_held():
    """Every test begins as a process does that has read no question yet: its rows reuse old ids."""
    SHELF.clear()


# The database

ONE_REQUEST = RLock()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Every test finds the guide and the questions in the database, as a visitor does."""
    with django_db_blocker.unblock():
        call_command("load_content", stdout=io.StringIO())
        put_back = keep_copy() if is_in_memory() else keep_tables()
    # A test with transactions of its own leaves its rows behind. Django would empty every table, and
    # the content would have to be loaded anew.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: put_back())
        yield


def is_in_memory():
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


def keep_copy():
    """Keep a copy of SQLite's database in memory; returns what puts it back."""
    kept = sqlite3.connect(":memory:")
    connection.connection.backup(kept)

    def put_back():
        connection.ensure_connection()
        kept.backup(connection.connection)

    return put_back


def keep_tables():
    """Keep a copy of every table of PostgreSQL in a schema of its own; returns what puts them back."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        cursor.execute("CREATE SCHEMA kept")
        for table in tables:
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')

    def put_back():
        # In one transaction, at whose end the foreign keys are looked at: any order will do.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
            for table in tables:
                cursor.execute(f'INSERT INTO "{table}" TABLE kept."{table}"')

    return put_back


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown():
    """A browser that is closed may still send: that waits until the rows are as they were again."""
    with ONE_REQUEST:
        return (yield)


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """A server for the browser: made after the database, or it would not share its connection."""
    return live_server


@pytest.fixture(scope="session", autouse=True)
def one_request_at_a_time():
    """Threads of the live server share one connection to a database in memory: one after the other."""
    call = WSGIHandler.__call__

    def locked(self, environ, start_response):
        if not is_in_memory():
            return call(self, environ, start_response)
        with ONE_REQUEST:
            return call(self, environ, start_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", locked)
        yield


# What a test touches


def pytest_itemcollected(item):
    """Mark what touches the database and what drives a browser, so that both can be chosen by -m."""
    fixtures = set(item.fixturenames)
    if "browser" in fixtures:
        item.add_marker("browser")
    if (
        fixtures & {"db", "transactional_db", "live_server"}
        or item.get_closest_marker("django_db")
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    ):
        item.add_marker("database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What may take long comes first, so that no processor waits for it at the end."""

    def longest(item):
        marker = item.get_closest_marker("timeout")
        return -(marker.args[0] if marker else 0)

    items.sort(key=longest)


def pytest_terminal_summary(terminalreporter):
    """Say once more, where it is read, what could not be tried on this machine."""
    if not chromium.find():
        terminalreporter.line("NO BROWSER: no Chromium was found, browser tests did not run.")
    if not postgresql.binaries():
        terminalreporter.line(
            "NO POSTGRESQL: no server programs were found, SQLite was tried only."
        )


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.find()
    if path is None:
        if chromium.is_required():
            pytest.fail("No Chromium was found, and CI is true.")
        pytest.skip("no Chromium was found")
    quiet = ["no-first-run", "disable-background-networking", "disable-component-update"]
    quiet += ["disable-sync", "disable-quic", "disable-gpu", "disable-dev-shm-usage", "no-sandbox"]
    # Names of other hosts lead nowhere, so that a forgotten address cannot leave the machine.
    quiet += ["host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [f"--{switch}" for switch in quiet],
    }


@pytest.fixture
def browser_faults():
    """What a browser complained of; a test that provokes a fault takes it out of the list."""
    faults = []
    yield faults
    assert not faults, "\n".join(faults)


class Window:
    """A browser window that stays open between tests, and is watched.

    A blank page keeps it open: to open one takes half a second, to open a page in it a part of that.
    """

    def __init__(self, context, home):
        self.context, self.home, self.faults, self.is_closed = context, home, [], False
        self.blank = context.new_page()
        context.on("request", self.look_at_request)
        context.on("response", self.look_at_response)
        context.on("console", self.look_at_message)
        context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))
        context.on("close", self.note_closing)

    def look_at_request(self, request):
        if not request.url.startswith((f"{self.home}/", "data:", "blob:", "about:")):
            self.faults.append(f"request to another host: {request.url}")

    def look_at_response(self, response):
        path = urlsplit(response.url).path
        if response.status >= 500 or (response.status >= 400 and path.startswith("/static/")):
            self.faults.append(f"{response.status} for {path}")

    def look_at_message(self, message):
        # An answer of 4xx or 5xx is judged by the response; pages answer 404 and 422 on purpose.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def note_closing(self, context):
        self.is_closed = True

    def empty(self):
        """Close its pages and forget all that the site has left in it."""
        for page in self.context.pages:
            if page != self.blank:
                page.close()
        devices = self.context.new_cdp_session(self.blank)
        everything = {"origin": self.home, "storageTypes": "all"}
        devices.send("Storage.clearDataForOrigin", everything)
        devices.send("Network.clearBrowserCache")
        devices.detach()
        self.context.clear_cookies()


@pytest.fixture(scope="session")
def free_windows(browser, live_server):
    """Windows that no test has at the moment, by what they were opened with."""
    free = defaultdict(list)
    yield free
    # Before the server stops, which would be asked by them still.
    for window in [each for windows in free.values() for each in windows]:
        window.context.close()


@pytest.fixture
def new_context(browser, browser_context_args, browser_faults, live_server, free_windows):
    """Every browser window is watched: no request to another host, no error, no blocked content."""
    taken = []

    def take(**options):
        options = browser_context_args | options
        free = free_windows[repr(options)]
        window = free.pop() if free else Window(browser.new_context(**options), live_server.url)
        window.faults = browser_faults
        taken.append((free, window))
        return window.context

    yield take
    for free, window in taken:
        if not window.is_closed:
            window.empty()
            free.append(window)


@pytest.fixture
def axe(page):
    """Look at the page with axe: axe() lists what is wrong, each with where; [] is what is wanted."""

    # Only what is wrong is asked for and comes over: all that was looked at is long.
    options = json.dumps({"runOnly": AXE_RULES, "resultTypes": ["violations"]})
    wrong = "found => found.violations.map(each => [each.id, each.nodes.map(node => node.target)])"

    def run(page=page):
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(AXE)
        found = page.evaluate(f"axe.run(document, {options}).then({wrong})")
        return [tuple(each) for each in found]

    return run
