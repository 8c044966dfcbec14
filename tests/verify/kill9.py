"""Every acknowledged answer outlives kill -9 of the server, once.

    python -m tests.verify.kill9 [--count 10000] [--kills 20] [--seed 1]

16 browsers start sessions, answer and finish, and send the same again whenever a reply is lost,
while the server is killed at random moments; every third time all of it, else one worker.
"""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random

from .site import CLIENTS, Browser, Figure, command, new_token

LENGTH, CHANGES = 20, 4
OPTION = re.compile(r'name="option" value="(\d+)"')
BASE = re.compile(r'name="base" value="([^"]*)"')


@dataclass(frozen=True)
class Acknowledged:
    """An answer that the server has said to hold."""

    token: str
    session: int
    number: int
    response: int


class Work:
    """What all clients have done so far, and what they wait for."""

    def __init__(self, site, count):
        self.site, self.count = site, count
        self.acknowledged, self.lost, self.refused, self.starts = [], [], [], []

    @property
    def is_done(self):
        return len(self.acknowledged) >= self.count

    def one_client(self, cookies, seed):
        chance, browser = Random(seed), Browser(self.site, cookies)
        tab, seq = new_token(), 0
        while not self.is_done:
            session, mode = self.start(browser, chance)
            for number in range(1, LENGTH + 1):
                path = f"/practice/{session}/{number}/"
                page = browser.insist("GET", path, target="section#question").body
                options, base = OPTION.findall(page), BASE.search(page)[1]
                for change in range(1, CHANGES + 1):
                    seq += 1
                    check = mode == "study" and change == CHANGES
                    fields = {"token": new_token(), "tab": tab, "seq": seq, "base": base}
                    fields |= {"option": chance.choice(options), "do": "check" if check else "save"}
                    self.answer(browser, session, number, fields)
                if self.is_done:
                    return
            self.expect(browser.insist("POST", f"/practice/{session}/", lost=self.lost), 302)

    def start(self, browser, chance):
        mode = chance.choice(("study", "exam"))
        fields = {"token": new_token(), "length": LENGTH, "pool": "scenarios", "mode": mode}
        reply = self.expect(browser.insist("POST", "/practice/", fields, lost=self.lost), 302)
        session = int(reply.location.split("/")[2])
        self.starts.append((fields["token"], session))
        return session, mode

    def answer(self, browser, session, number, fields):
        target = "section#question" if fields["do"] == "check" else "saved"
        path = f"/practice/{session}/{number}/"
        reply = browser.insist("POST", path, fields, target=target, lost=self.lost)
        if self.expect(reply, 200).status == 200:
            given = Acknowledged(fields["token"], session, number, int(fields["option"]))
            self.acknowledged.append(given)

    def expect(self, reply, status):
        if reply.status != status:
            self.refused.append((reply.status, reply.body[:200]))
        return reply


def prove(site, *, count, seed, kills=20):
    """Every acknowledged answer outlives kill -9 of the server, once."""
    from . import rows

    chance, work = Random(seed), Work(site, count)
    cookies = [each for _, each in rows.guests(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [
            pool.submit(work.one_client, each, seed * 1000 + n) for n, each in enumerate(cookies)
        ]
        stopped = kill_at_random(site, work, chance, kills, clients)
        for client in clients:
            client.result()
    return [
        Figure("answers acknowledged", len(work.acknowledged)),
        Figure("kill -9", kills),
        Figure("of them: the whole server", kills // 3),
        Figure("server stopped by itself after a kill, and started again", stopped),
        Figure("replies lost, and sent again", len(work.lost)),
        Figure("other replies than expected", work.refused[:3], []),
        *figures(rows, work),
    ]


def kill_at_random(site, work, chance, kills, clients):
    """Kill the server or a worker whenever a random number of answers is reached."""
    moments = sorted(chance.randrange(work.count * 95 // 100) for _ in range(kills))
    stopped = 0
    for number, moment in enumerate(moments, start=1):
        while len(work.acknowledged) < moment or not site.is_up:
            # Workers that die twice within seconds make the main process give up.
            if not site.is_up:
                stopped += 1
                site.start()
            if all(client.done() for client in clients):
                return stopped
            time.sleep(0.005)
        time.sleep(chance.random() / 20)
        if number % 3:
            site.kill_worker(chance)
        else:
            site.kill()
            site.start()
    while not all(client.done() for client in clients):
        if not site.is_up:
            stopped += 1
            site.start()
        time.sleep(0.05)
    return stopped


def figures(rows, work):
    """What the database holds, against what was acknowledged."""
    from quiz.practice.models import Position, PracticeSession

    saves, heads = rows.saves_by_token(), {}
    places = {
        (each.session_id, each.number): each
        for each in Position.objects.exclude(revision="").iterator()
    }
    lost = 0
    for each in work.acknowledged:
        held = saves.get(each.token, [None])[0]
        place = places.get((each.session, each.number))
        kept = held and place and held.position_id == place.pk and held.response == each.response
        lost += not kept
        heads[each.session, each.number] = each
    wrong = sum(
        (places[key].revision, places[key].response) != (each.token, each.response)
        for key, each in heads.items()
    )
    known = {each.token for each in work.acknowledged}
    begun = dict(work.starts)
    sessions = {each.start_token: each for each in PracticeSession.objects.all()}
    return [
        Figure("acknowledged answers lost", lost, 0),
        Figure("answers held more than once", sum(len(each) > 1 for each in saves.values()), 0),
        Figure("rows of answers that nobody sent", len(set(saves) - known), 0),
        Figure("questions that do not hold the last answer", wrong, 0),
        Figure("sessions beside those that were started", len(set(sessions) - set(begun)), 0),
        Figure("people with two open sessions", rows.learners_with_several_open(), 0),
        *counters(sessions.values()),
    ]


def counters(sessions):
    """Stored numbers of sessions against their rows."""
    from .oracle import score_of_session

    lengths = scores = 0
    for session in sessions:
        positions = list(session.answers())
        lengths += len(positions) != session.length
        if not session.is_open:
            held = (session.points, session.points_of, session.scored)
            scores += score_of_session(session, positions) != held
    return [
        Figure("sessions whose length is not their rows", lengths, 0),
        Figure("finished sessions whose score is not their rows", scores, 0),
    ]


if __name__ == "__main__":
    command(prove, count=10_000, minutes=30, kills=20)
