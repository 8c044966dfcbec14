"""What the long proofs share: a real server with a database of its own, browsers, and the report.

A proof is a function of the site that returns figures; `command` runs it from the command line. The
server is the one of `make run`. Its database is new: a file, or a database beside the one that
DATABASE_URL names. Everything stays on this machine, and only what was started here is ended.
"""

import argparse
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import urlencode, urlsplit, urlunsplit

import django
import psycopg

from studyapp.start import HOST
from tests.postgresql import free_port

CLIENTS = 16
ONE_REQUEST = 60
START = 300


class Lost(Exception):
    """The connection broke before the reply had come; nobody knows what became of the request."""


class OutOfTime(Exception):
    """The proof has taken longer than it may."""


# The report


@dataclass(frozen=True)
class Figure:
    """One line of the report; without a `wanted` value it is only told."""

    what: str
    found: object
    wanted: object = None

    @property
    def holds(self):
        return self.wanted is None or self.found == self.wanted


def report(title, figures):
    """Print the figures; returns whether every promise among them holds."""
    print(f"\n{title}")
    for figure in figures:
        word = "" if figure.wanted is None else "holds" if figure.holds else "DOES NOT HOLD"
        wanted = "" if figure.wanted is None else f"{figure.wanted}"
        print(f"  {figure.what:<58} {figure.found!s:>10} {wanted:>8}  {word}", flush=True)
    return all(figure.holds for figure in figures)


def command(prove, *, count, minutes, **more):
    """Run one proof by its command line, and exit with 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=prove.__doc__)
    for name, default in {"count": count, "seed": 1, "minutes": minutes, **more}.items():
        parser.add_argument(f"--{name}", type=int, default=default, help=f"default {default}")
    asked = vars(parser.parse_args())
    with running(minutes=asked.pop("minutes")) as site:
        began = time.monotonic()
        figures = prove(site, **asked)
        figures += [Figure("seconds", round(time.monotonic() - began))]
        figures += [Figure("server errors in the log", site.errors(), 0)]
        title = f"{Path(sys.argv[0]).stem} on {site.database} ({prove.__doc__.splitlines()[0]})"
        sys.exit(not report(title, figures))


# The server


class Site:
    """The production server on a free port, with its own data."""

    def __init__(self, folder, database, ends_at):
        self.folder, self.database, self.ends_at = folder, database, ends_at
        self.port, self.process = free_port(), None

    def start(self):
        """Start the server, and wait until it answers."""
        with open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "studyapp.start"],
                env=os.environ | {"PORT": str(self.port)},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + START
        while self.is_up and time.monotonic() < until:
            try:
                if Browser(self).send("GET", "/healthz").status == 200:
                    return
            except Lost:
                time.sleep(0.05)
        raise OutOfTime(f"The server did not start:\n{(self.folder / 'log').read_text()[-3000:]}")

    @property
    def is_up(self):
        return self.process.poll() is None

    def workers(self):
        """The process ids of the workers."""
        main = self.process.pid
        try:
            children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
            # What stands beside the server has a process group of its own.
            return [int(pid) for pid in children if os.getpgid(int(pid)) == main]
        except (FileNotFoundError, ProcessLookupError):
            return []

    def kill_worker(self, chance):
        """kill -9 one worker by chance; the server makes another one in its place."""
        found = self.workers()
        if found:
            os.kill(chance.choice(found), signal.SIGKILL)

    def kill(self):
        """kill -9 the main process and all workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.is_up:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def errors(self):
        """How many tracebacks the server has logged."""
        return (self.folder / "log").read_text().count("Traceback")


@contextmanager
def running(*, minutes):
    """A site that serves, and Django set up here on the same database; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="study-verify-"))
    site = None

    def stop(number, frame):
        """End by way of the clean-up; browsers that are still at work send nothing more."""
        if site:
            site.ends_at = 0
        sys.exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    try:
        with database(folder) as name:
            os.environ["DJANGO_SETTINGS_MODULE"] = "studyapp.settings"
            site = Site(folder, name, time.monotonic() + minutes * 60)
            try:
                site.start()
                django.setup()
                yield site
            finally:
                site.stop()
                close_connections()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(folder):
    """A new database for the site, named by the environment; yields what it is."""
    os.environ["DATA_DIR"] = str(folder)
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        yield "SQLite"
        return
    name = f"verify_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        try:
            yield "PostgreSQL"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            os.environ["DATABASE_URL"] = server


def close_connections():
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.close()
        if hasattr(each, "close_pool"):
            each.close_pool()


# Browsers


@dataclass(frozen=True)
class Reply:
    status: int
    location: str
    body: str


class Browser:
    """A browser with cookies and one connection that it keeps."""

    def __init__(self, site, cookies=()):
        self.site = site
        self.cookies = {"csrftoken": secrets.token_hex(16)} | dict(cookies)
        self.connection = http.client.HTTPConnection(HOST, site.port, timeout=ONE_REQUEST)

    def send(self, method, path, fields=None, *, target=""):
        """One request; by htmx where a target is named. Lost where no whole reply came."""
        if time.monotonic() > self.site.ends_at:
            raise OutOfTime
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if target:
            headers |= {"HX-Request": "true", "HX-Target": target}
        body = None
        if method == "POST":
            body = urlencode(fields or {}, doseq=True).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies["csrftoken"]
        try:
            self.connection.request(method, path, body, headers)
            reply = self.connection.getresponse()
            text = reply.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Lost from error
        for header in reply.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: each.value for name, each in SimpleCookie(header).items()}
        return Reply(reply.status, reply.headers.get("Location", ""), text)

    def insist(self, method, path, fields=None, *, target="", lost=None):
        """Send the very same again until a reply comes; every lost one is noted in `lost`."""
        while True:
            try:
                return self.send(method, path, fields, target=target)
            except Lost:
                if lost is not None:
                    lost.append(path)
                time.sleep(0.05)


def at_once(*functions):
    """Run functions at the same moment in threads; what each returned, or None where it failed."""
    barrier, found = Barrier(len(functions)), [None] * len(functions)

    def one(place, function):
        barrier.wait(30)
        found[place] = function()

    threads = [Thread(target=one, args=each) for each in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def new_token():
    return secrets.token_hex(16)
