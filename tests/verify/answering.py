"""How fast a question is answered, beside a floor that does just the necessary, in the same minutes.

    python -m tests.verify.answering
    python -m tests.postgresql --fsync python -m tests.verify.answering

Serves the site and the floor (tests/verify/floor) side by side, each with 200 people and 100,000
answers behind it, and lets both be answered in turns. Prints medians over ROUNDS rounds and their
ratios to the floor; ends with 1 where a goal is missed. Takes some minutes, more where others use
the machine.
"""

import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from .load import Browser, memory, run

ROUNDS, CLIENTS, ANSWERS = 3, 8, 32
SITE_PORT, FLOOR_PORT = (int(os.environ.get("PORT", 8000)) + n for n in (0, 1))
HELD = re.compile(r'id="refrains" data-digest="(\w+)"')
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
GOALS = {
    "times the floor, one client": 1.3,
    "of the floor's answers a second, 8 clients": 0.75,
    "ms of processor an answer": 6,
    "statements an answer": 6,
    "bytes an answer, largest": 2_048,
    "KB of a cold page": 60,
    "requests of a cold page": 6,
    "MB of two workers": 110,
}


def main():
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="study-answering-")))
        os.environ |= {"DATA_DIR": str(home), "DJANGO_SETTINGS_MODULE": "studyapp.settings"}
        floor_pid, floor = stack.enter_context(serve_floor(home))
        site_pid = stack.enter_context(serve_site())
        print("Filling the site: 200 learners with over 100,000 answers", flush=True)
        ways = Ways()
        ways.fill()
        cookies = [{"sessionid": each} for each in floor["cookies"][:CLIENTS]]
        rounds = {}
        for number in range(ROUNDS + 1):
            for clients in (1, CLIENTS):
                work = [floor_work(floor, each) for each in cookies[:clients]]
                rounds.setdefault(("floor", clients), []).append(run(floor_pid, work))
                for way in ways.names:
                    work = ways.work(way, number, clients)
                    rounds.setdefault((way, clients), []).append(run(site_pid, work))
            print(f"Round {number} of {ROUNDS}", flush=True)
        # The first round only warms both up.
        rounds = {each: held[1:] for each, held in rounds.items()}
        return report(rounds, floor, ways, memory(floor_pid), memory(site_pid))


# The two servers


@contextmanager
def serving(command, environment, path, port):
    """Serve until the block is left; yields the pid once the first page has come."""
    server = subprocess.Popen(command, env=os.environ | environment)
    try:
        for _ in range(600):
            try:
                Browser(port, {}).get(path)
                break
            except OSError:
                if server.poll() is not None:
                    raise SystemExit("The server did not start.") from None
                time.sleep(0.1)
        yield server.pid
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


@contextmanager
def serve_floor(home):
    """Fill and serve the floor; yields its pid and what it told about itself."""
    from studyapp.settings import JOURNAL_MODE

    environment = {
        "DATABASE_URL": f"sqlite:///{home}/floor.sqlite3",
        "JOURNAL_MODE": JOURNAL_MODE,
        "PORT": str(FLOOR_PORT),
    }
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = another_database("floor")
    command = [sys.executable, "-m", "tests.verify.floor"]
    filled = subprocess.run(
        [*command, "prepare"], env=os.environ | environment, stdout=subprocess.PIPE, check=True
    )
    with serving([*command, "serve"], environment, "/", FLOOR_PORT) as pid:
        yield pid, json.loads(filled.stdout)


def another_database(name):
    """Make a database in the same PostgreSQL; returns its address."""
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def serve_site():
    """Serve the site as `make run` does, and let this process ask its database."""
    command = [sys.executable, "-m", "studyapp.start"]
    with serving(command, {"PORT": str(SITE_PORT)}, "/healthz", SITE_PORT) as pid:
        import django

        django.setup()
        yield pid


# What is asked of them


def floor_work(floor, cookies):
    browser = Browser(FLOOR_PORT, dict(cookies))
    page = browser.get(f"/{floor['questions'][0]}/")
    token = CSRF.search(page.text)[1]
    asked = secrets.SystemRandom().sample(floor["questions"], ANSWERS)
    fields = {"option": "2", "csrfmiddlewaretoken": token}
    return browser, [browser.form(f"/{each}/", fields) for each in asked]


class Ways:
    """The ways in which an answer reaches the site, by users and by guests."""

    names = (
        "check",
        "save and go on",
        "autosave",
        "check, guest",
        "save and go on, guest",
        "autosave, guest",
    )

    does = {"check": "check", "save and go on": "next", "autosave": "save"}

    def fill(self):
        from django.db import connection

        from . import classroom

        learners, self.versions = classroom.fill()
        # One more, by which statements are counted.
        rounds = (ROUNDS + 1) * (CLIENTS + 1) + 1
        self.fields = {each.pk: classroom.right_fields(each) for each in self.versions}
        self.left, self.exams = {}, {}
        for who, people in (("", learners), (", guest", classroom.guests(rounds + CLIENTS))):
            study, exam = people[:rounds], people[rounds : rounds + CLIENTS]
            self.left[f"check{who}"] = self.open(study, "study")
            self.exams[who] = self.open(exam, "exam")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def open(self, learners, mode):
        from . import classroom

        sessions = classroom.add_sessions(learners, self.versions, seed=99, mode=mode)
        return [(each, classroom.cookies_of(each.learner)) for each in sessions]

    def work(self, way, number, clients):
        """The browsers of a round, each with ANSWERS answers; a question is checked once only."""
        name, _, guest = way.partition(",")
        who = f",{guest}" if guest else ""
        if name == "check":
            held = [self.left[way].pop() for _ in range(clients)]
        else:
            held = self.exams[who][:clients]
        order = 2 * number + (name == "autosave") + 1
        return [self.requests(*each, self.does[name], order) for each in held]

    def requests(self, session, cookies, do, order):
        browser = Browser(SITE_PORT, dict(cookies))
        page = browser.get(f"/practice/{session.pk}/1/")
        token = CSRF.search(page.text)[1]
        headers = {"HX-Request": "true", "HX-Target": "saved" if do == "save" else "question"}
        if do == "check":
            # As the script of the page does: replies may leave out what the page holds.
            headers["In-Place"] = HELD.search(page.text)[1]
        places = session.positions.order_by("number").values_list("number", "version")
        return browser, [
            browser.form(
                f"/practice/{session.pk}/{number}/",
                {
                    **self.fields[version],
                    "csrfmiddlewaretoken": token,
                    "token": secrets.token_urlsafe(24),
                    "tab": f"tab-of-session-{session.pk}",
                    "seq": order,
                    "base": "",
                    "confidence": "3",
                    "do": do,
                },
                X_CSRFToken=token,
                **headers,
            )
            for number, version in places[:ANSWERS]
        ]

    def statements(self, way):
        """The most statements that one of a few answers takes."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        ((browser, requests),) = self.work(way, ROUNDS + 1, 1)
        counts = []
        for request in requests[:5]:
            head, _, body = request.decode().partition("\r\n\r\n")
            client = Client(headers={"host": "127.0.0.1"})
            client.cookies.load(browser.cookies)
            marks = dict(line.split(": ", 1) for line in head.split("\r\n")[1:])
            wanted = ("HX-Request", "HX-Target", "In-Place")
            asks = {name: marks[name] for name in wanted if name in marks}
            path = head.split(" ")[1]
            # As a learner does: the page is read before it is answered.
            client.get(path)
            following = path.rstrip("/").rpartition("/")
            client.get(f"{following[0]}/{int(following[2]) + 1}/")
            with CaptureQueriesContext(connection) as asked:
                client.post(
                    path,
                    body,
                    content_type="application/x-www-form-urlencoded",
                    headers=asks,
                )
            passing = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
            counts.append(sum(not q["sql"].startswith(passing) for q in asked))
        return max(counts)

    def cold_page(self):
        """Bytes and requests of a question page with everything it loads."""
        session, cookies = self.exams[""][0]
        browser = Browser(SITE_PORT, dict(cookies))
        page = browser.get(f"/practice/{session.pk}/1/")
        paths = sorted(set(ASSET.findall(page.text)))
        parts = [page, *(browser.get(path) for path in paths)]
        assert all(part.status == 200 for part in parts)
        return sum(len(part.body) for part in parts), len(parts)


# What came of it


def report(rounds, floor, ways, floor_memory, site_memory):
    missed = []

    def hold(value, goal, words, *, at_least=False):
        is_met = value >= GOALS[goal] if at_least else value <= GOALS[goal]
        if not is_met:
            missed.append(words)
        return f"{words}{'' if is_met else '  MISSED'}"

    print(f"\n{'':24} one client            8 clients          processor     wire      SQL")
    print(f"{'':24}   ms   × floor         /s   × floor         ms       bytes")
    one, many = rounds["floor", 1], rounds["floor", CLIENTS]
    ms = statistics.median(each.median for each in one) * 1e3
    rate = statistics.median(each.a_second for each in many)
    cpu = statistics.median(each.processor_each for each in one + many) * 1e3
    print(
        f"{'floor':24} {ms:5.2f}              {rate:6.0f}               {cpu:6.2f}"
        f"     {floor['wire']:5}       {floor['statements']:3}"
    )
    for way in ways.names:
        ours = rounds[way, 1], rounds[way, CLIENTS]
        ms = statistics.median(each.median for each in ours[0]) * 1e3
        rate = statistics.median(each.a_second for each in ours[1])
        cpu = statistics.median(each.processor_each for each in ours[0] + ours[1]) * 1e3
        wire = [size for each in ours[0] + ours[1] for size in each.wire]
        # A ratio is that of one round: both stood under the same load of the machine.
        slower = statistics.median(a.median / b.median for a, b in zip(ours[0], one, strict=True))
        share = statistics.median(
            a.a_second / b.a_second for a, b in zip(ours[1], many, strict=True)
        )
        asked = ways.statements(way)
        print(
            f"{way:24} {ms:5.2f}   {slower:5.2f}      {rate:6.0f}   {share:5.2f}        {cpu:6.2f}     "
            f"{statistics.median(wire):5.0f}–{max(wire)}  {asked:3}"
        )
        hold(slower, "times the floor, one client", f"{way}: {slower:.2f} × the floor, one client")
        hold(
            share,
            "of the floor's answers a second, 8 clients",
            f"{way}: {share:.2f} × the floor's answers a second",
            at_least=True,
        )
        hold(cpu, "ms of processor an answer", f"{way}: {cpu:.2f} ms of processor an answer")
        hold(asked, "statements an answer", f"{way}: {asked} statements")
        hold(max(wire), "bytes an answer, largest", f"{way}: {max(wire)} bytes at most")
    size, count = ways.cold_page()
    print(f"\nA question page, cold: {size / 1024:.1f} KB in {count} requests")
    hold(size / 1024, "KB of a cold page", f"cold page of {size / 1024:.1f} KB")
    hold(count, "requests of a cold page", f"cold page in {count} requests")
    for name, sizes in (("floor", floor_memory), ("site", site_memory)):
        two = sum(sorted(sizes.values())[-2:])
        print(f"Memory of two workers after load (PSS), {name}: {two:.0f} MB")
    hold(two, "MB of two workers", f"two workers of {two:.0f} MB")
    for words in missed:
        print(f"MISSED: {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
