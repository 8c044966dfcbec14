"""A save that is sent twice has one effect and one reply, during a session and after its end.

    python -m tests.verify.repeats [--count 10000] [--seed 1]

Half of the pairs are sent one after the other, half at the same moment. A tenth is sent once more
after the session is finished. Replies are compared without the tokens that each page makes anew, and
after the end without the way on from a review, which then leads to the result.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random

from .site import CLIENTS, Browser, Figure, at_once, command, new_token

LENGTH, CHANGES = 10, 5
WAY_ON = re.compile(r'<div class="buttons">.*?</div>', re.S)
ANEW = re.compile(r'(csrftoken": "|csrfmiddlewaretoken" value="|name="(?:token|tab)" value=")[^"]*')


@dataclass(frozen=True)
class Sent:
    """A save with its first reply."""

    browser: Browser
    path: str
    fields: dict
    target: str
    reply: tuple


def prove(site, *, count, seed):
    """A save that is sent twice has one effect and one reply, during a session and after it."""
    from . import rows

    chance = Random(seed)
    people = rows.guests(-(-count // (LENGTH * CHANGES)))
    learners = [learner for learner, _ in people]
    versions = rows.published("single-choice")
    sessions = rows.open_sessions(learners, versions, chance=chance, length=LENGTH)
    positions = rows.positions_of(sessions)
    jobs = [
        (session, positions[session.pk], cookies, seed * 100_000 + session.pk)
        for session, (_, cookies) in zip(sessions, people, strict=True)
    ]
    with ThreadPoolExecutor(CLIENTS) as pool:
        sent = [each for some in pool.map(partial(one_session, site), jobs) for each in some]
        sent, differing = sent[:count], sum(not same for _, same in sent[:count])
        saves, scores = rows.saves_by_token(), rows.scores()
        later = [each for each, _ in chance.sample(sent, count // 10)]
        again = list(pool.map(send_again, later))
    after = rows.saves_by_token()
    return [
        Figure("saves sent twice", len(sent), count),
        Figure("first replies that were no success", unsuccessful(sent), 0),
        Figure("second replies that differ from the first", differing, 0),
        Figure("rows beside one for each save", sum(map(len, saves.values())) - len(jobs) * 50, 0),
        Figure("sent once more after the end", len(again), count // 10),
        Figure("later replies that differ from the first", again.count(False), 0),
        Figure("rows that these have made", sum(map(len, after.values())) - len(jobs) * 50, 0),
        Figure(
            "scores that these have changed",
            sum(scores[k] != v for k, v in rows.scores().items()),
            0,
        ),
    ]


def one_session(site, job):
    """Answer every question of a session, each save twice, and finish; what was sent."""
    session, positions, cookies, seed = job
    chance, sent = Random(seed), []
    one, two = Browser(site, cookies), Browser(site, cookies)
    two.cookies["csrftoken"] = one.cookies["csrftoken"]
    tab, seq = new_token(), 0
    for number, position in positions.items():
        path = f"/practice/{session.pk}/{number}/"
        for change in range(1, CHANGES + 1):
            seq += 1
            is_last = session.mode == "study" and change == CHANGES
            fields = {"token": new_token(), "tab": tab, "seq": seq, "base": ""}
            fields |= {"option": chance.choice(position.option_order), "flag": "yes" * (seq % 2)}
            fields |= {"do": "check" if is_last else "save", "confidence": chance.randint(1, 4)}
            target = (
                chance.choice(("", "section#question")) if is_last else chance.choice(("", "saved"))
            )
            pair = [partial(reply_of, each, path, fields, target) for each in (one, two)]
            first, second = at_once(*pair) if chance.random() < 0.5 else [each() for each in pair]
            sent.append((Sent(one, path, fields, target, first), first == second))
    one.send("POST", f"/practice/{session.pk}/")
    two.connection.close()
    return sent


def reply_of(browser, path, fields, target):
    reply = browser.send("POST", path, fields, target=target)
    return reply.status, reply.location, ANEW.sub("", reply.body)


def send_again(sent):
    """Whether the same save brings the same reply once more."""
    browser = Browser(sent.browser.site, sent.browser.cookies)
    found = reply_of(browser, sent.path, sent.fields, sent.target)
    browser.connection.close()
    return without_way_on(found) == without_way_on(sent.reply)


def without_way_on(reply):
    status, location, body = reply
    return status, location, WAY_ON.sub("", body)


def unsuccessful(sent):
    return sum(each.reply[0] != (200 if each.target else 302) for each, _ in sent)


if __name__ == "__main__":
    command(prove, count=10_000, minutes=30)
