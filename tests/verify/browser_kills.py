"""A browser that dies at a random moment loses no whole answer.

    python -m tests.verify.browser_kills [--count 40] [--seed 1] [--minutes 20]

A real browser answers questions of one exam session, goes to and fro and writes; then all of its
processes are killed at once (kill -9), and the next one goes on. After each kill the answers that the
server holds are compared with what was on the screen: an answer that had stood there for two seconds,
or of which the page said that it is saved, has to be held, or a later one of the same question.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from playwright.sync_api import Error, sync_playwright

from tests import chromium

from .site import HOST, Browser, Figure, command, new_token

# Playwright's synchronous interface runs an event loop in the thread that also asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

LENGTH = 12
KINDS = ("single-choice", "multiple-response", "open")
WITHIN = 2
START = 30
SWITCHES = (
    "headless no-sandbox disable-gpu disable-quic disable-sync no-first-run disable-dev-shm-usage"
    " disable-background-networking disable-component-update"
).split()
WORDS = ("latency ", "payload ", "a cold start ", "6 MB ", "nobody waits ", "a queue ")
FORM = """() => {
  const fields = {};
  for (const [name, text] of new FormData(document.getElementById("answer")))
    if (name === "option" || name === "text") (fields[name] ??= []).push(text);
  return fields;
}"""


@contextmanager
def a_browser(playwright):
    """A browser whose processes are known, so that they can be killed: yields its page and the kill."""
    folder = Path(tempfile.mkdtemp(prefix="study-browser-"))
    process = subprocess.Popen(
        [
            chromium.find(),
            *(f"--{each}" for each in SWITCHES),
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
            f"--user-data-dir={folder}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def kill():
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    try:
        port, until = folder / "DevToolsActivePort", time.monotonic() + START
        while not (port.exists() and port.read_text().strip()) and time.monotonic() < until:
            time.sleep(0.05)
        number = port.read_text().split()[0]
        browser = playwright.chromium.connect_over_cdp(f"http://{HOST}:{number}")
        yield browser.contexts[0], kill
    finally:
        if process.poll() is None:
            kill()
        shutil.rmtree(folder, ignore_errors=True)


class Screen:
    """What was on the screen at each question: its moments with what had been entered by then."""

    def __init__(self, page):
        self.page, self.stood, self.told = page, {}, {}

    def enter(self, chance):
        """Change the answer that is shown, as somebody does who clicks or writes."""
        options = self.page.locator("#answer [name=option]")
        if options.count():
            options.nth(chance.randrange(options.count())).click()
        else:
            self.page.locator("#text").press_sequentially(chance.choice(WORDS))
        self.stood.setdefault(self.number, []).append((time.monotonic(), self.form))

    def look(self):
        """Note what the page calls saved."""
        form = self.form
        if "Saved at" in self.page.locator("#saved").inner_text() and form == self.form:
            self.told[self.number] = len(self.stood.get(self.number, ()))

    @property
    def form(self):
        return plain(self.page.evaluate(FORM))

    @property
    def number(self):
        return int(self.page.locator("#question").get_attribute("data-number"))

    def owed(self, killed):
        """By question: the entries of which one has to be held, from the oldest that may be."""
        for number, entries in self.stood.items():
            old = sum(killed - at >= WITHIN for at, _ in entries)
            least = max(old, self.told.get(number, 0))
            if least:
                yield number, [form for _, form in entries[least - 1 :]]


def prove(site, *, count, seed):
    """A browser that dies at a random moment loses no whole answer."""
    from . import rows

    chance = Random(seed)
    [(_, cookies)] = rows.guests(1)
    session = start(Browser(site, cookies))
    entered = owed = told = 0
    lost = []
    with sync_playwright() as playwright:
        for _ in range(count):
            if time.monotonic() > site.ends_at:
                break
            screen, killed = one_life(playwright, site, session, cookies, chance)
            entered += sum(map(len, screen.stood.values()))
            told += len(screen.told)
            time.sleep(0.5)  # what had left the browser reaches the database
            for number, forms in screen.owed(killed):
                owed += 1
                found = held(session, number)
                if found not in forms:
                    lost.append((number, found, forms))
    return [
        Figure("browsers killed", count),
        Figure("changes on the screen", entered),
        Figure("answers that had to be held", owed),
        Figure("of them: called saved by the page", told),
        Figure("answers lost or changed", lost[:3], []),
    ]


def start(browser):
    """An exam session of the kinds that can be entered in one stroke or in many."""
    fields = {"token": new_token(), "length": 5, "number": LENGTH, "mode": "exam"}
    fields |= {"pool": "everything", "kinds": KINDS, "draw": "all"}
    reply = browser.send("POST", "/practice/", fields)
    return int(re.search(r"/practice/(\d+)/", reply.location)[1])


def one_life(playwright, site, session, cookies, chance):
    """Open a browser, answer for a random time, kill it; what was on the screen, and when it died."""
    with a_browser(playwright) as (context, kill):
        home = f"http://{HOST}:{site.port}"
        context.add_cookies(
            [{"name": name, "value": text, "url": home} for name, text in dict(cookies).items()]
        )
        page = context.new_page()
        page.goto(f"{home}/practice/{session}/{chance.randint(1, LENGTH)}/")
        screen, end = Screen(page), time.monotonic() + chance.uniform(0.3, 6)
        while time.monotonic() < end:
            screen.enter(chance)
            page.wait_for_timeout(chance.randrange(700))
            screen.look()
            if chance.random() < 0.4:
                page.locator(f"[data-place='{chance.randint(1, LENGTH)}']").click()
                page.wait_for_load_state()
        killed = time.monotonic()
        kill()
        with suppress(Error):
            page.close()
        return screen, killed


def held(session, number):
    """The form of a question as the server would show it."""
    from quiz.practice.answering import form_as_left
    from quiz.practice.models import Position

    position = Position.objects.for_page().get(session=session, number=number)
    fields = form_as_left(position, position.version.key_held)
    return plain(fields)


def plain(fields):
    """A form without what is blank, and without the order of what was ticked."""
    stripped = {name: sorted(text.strip() for text in texts) for name, texts in fields.items()}
    return {name: texts for name, texts in stripped.items() if any(texts)}


if __name__ == "__main__":
    command(prove, count=40, minutes=20)
