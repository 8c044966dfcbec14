"""Four starts at the same moment make one session for each of 500 people, and no error page.

    python -m tests.verify.starts [--count 500] [--seed 1]

A third are guests on their first visit (the same form sent four times), a third guests who were here
before and a third people with an account; half of these send one form four times, and half send four
different ones.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from .site import CLIENTS, Browser, Figure, at_once, command, new_token

STARTS = 4


def prove(site, *, count, seed):
    """Four starts at the same moment make one session for each person, and no error page."""
    from quiz.practice.models import PracticeSession

    from . import rows

    third = count // 3
    people = [each for _, each in rows.guests(third) + rows.users(third)]
    people += [None] * (count - len(people))
    with ThreadPoolExecutor(CLIENTS // STARTS) as pool:
        found = list(pool.map(partial(start, site), range(count), people))
    statuses = Counter(status for replies in found for status, _ in replies)
    led = [{where for status, where in replies if status == 302} for replies in found]
    held = PracticeSession.objects.open()
    return [
        Figure("people", count),
        Figure("starts sent", sum(statuses.values()), count * STARTS),
        Figure("answered with the session", statuses[302]),
        Figure("told in words that one is open (409)", statuses[409]),
        Figure("error pages", sum(statuses.values()) - statuses[302] - statuses[409], 0),
        Figure("people who were led to one session", sum(len(each) == 1 for each in led), count),
        Figure("open sessions", held.count(), count),
        Figure("people with an open session", held.values("learner").distinct().count(), count),
        Figure("sessions without all of their questions", incomplete(held), 0),
    ]


def start(site, number, cookies):
    """One person starts four times at once; the replies as (status, address without its end)."""
    is_same = cookies is None or number % 2
    one = new_token()
    browsers = [Browser(site, cookies or ()) for _ in range(STARTS)]
    forms = [{"token": one if is_same else new_token(), "length": 5} for _ in browsers]
    replies = at_once(
        *(
            partial(browser.send, "POST", "/practice/", form)
            for browser, form in zip(browsers, forms, strict=True)
        )
    )
    for browser in browsers:
        browser.connection.close()
    return [(each.status, each.location) if each else (0, "") for each in replies]


def incomplete(sessions):
    from django.db.models import Count, F

    return sessions.annotate(rows=Count("positions")).exclude(rows=F("length")).count()


if __name__ == "__main__":
    command(prove, count=500, minutes=15)
