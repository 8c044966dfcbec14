"""A class of 200 takes one quiz set at once: every answer is kept, and nearly all within a second.

    python -m tests.verify.lesson [--learners 200] [--questions 50] [--seed 1]

Everybody signs in within two minutes with a password, as a lesson begins, joins by the link, starts,
and answers one question after the other with one to three seconds of thought.
"""

import random
import time
from collections import Counter
from functools import partial
from threading import Thread

from .site import Browser, Figure, Lost, command, new_token

SIGNING_IN = 120
THOUGHT = (1, 3)
PASSWORD = "a password of the class"


def prove(site, *, count, seed, learners):
    """A class takes one quiz set at once: no request fails, and the slowest answers take a second."""
    from quiz.practice.models import Position, PracticeSession

    quiz_set, people = prepare(count, learners)
    timed = {name: [] for name in ("sign-in", "start", "answer")}
    failed = Counter()
    threads = [
        Thread(target=partial(attend, site, email, quiz_set, count, seed + n, timed, failed))
        for n, email in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sessions = PracticeSession.objects.filter(quiz_set=quiz_set)
    kept = Position.objects.filter(session__in=sessions, response__isnull=False).count()
    return [
        Figure("learners", learners),
        Figure("answers sent", len(timed["answer"]), learners * count),
        Figure("answers kept", kept, learners * count),
        Figure("tries finished", sessions.finished().count(), learners),
        Figure("requests that failed", sum(failed.values()), 0),
        Figure("sign-in, median in ms", centile(timed["sign-in"], 50)),
        Figure("sign-in, p99 in ms", centile(timed["sign-in"], 99)),
        Figure("start, p99 in ms", centile(timed["start"], 99)),
        Figure("answer, median in ms", centile(timed["answer"], 50)),
        Figure("answer, p99 in ms", centile(timed["answer"], 99)),
        Figure("p99 of answers within a second", centile(timed["answer"], 99) <= 1000, True),
    ]


def centile(seconds, per_cent):
    """A percentile in whole milliseconds; 0 for nothing."""
    ordered = sorted(seconds)
    place = min(len(ordered) * per_cent // 100, len(ordered) - 1)
    return round(ordered[place] * 1000) if ordered else 0


def prepare(count, learners):
    """A published set of so many questions, and the e-mail addresses of those who will take it."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from quiz.bank.models import QuestionVersion
    from quiz.sets.models import QuizSet, SetItem
    from studyapp.guide.models import Profile
    from studyapp.people.models import User

    hashed = make_password(PASSWORD)
    people = User.objects.bulk_create(
        User(email=f"class{n}@example.org", name=f"Learner {n}", password=hashed)
        for n in range(learners)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in people
    )
    quiz_set = QuizSet.objects.create(
        title="A lesson",
        make_token=new_token(),
        profile=Profile.objects.get(slug="aws"),
        status=QuizSet.Status.PUBLISHED,
        join_secret=new_token(),
        published_at=timezone.now(),
    )
    versions = QuestionVersion.objects.published().alone().for_profile(quiz_set.profile)
    versions = versions.filter(kind="single-choice").order_by("pk")[:count]
    SetItem.objects.bulk_create(
        SetItem(quiz_set=quiz_set, position=place, question_id=each.question_id, version=each)
        for place, each in enumerate(versions, start=1)
    )
    return quiz_set, [each.email for each in people]


def attend(site, email, quiz_set, count, seed, timed, failed):
    """One learner, from signing in to finishing; the seconds of each request go into `timed`."""
    chance, browser = random.Random(seed), Browser(site)

    def send(what, path, fields, *, wanted, target=""):
        began = time.monotonic()
        try:
            reply = browser.send("POST", path, {"token": new_token(), **fields}, target=target)
        except Lost:
            failed[what] += 1
            return None
        timed.setdefault(what, []).append(time.monotonic() - began)
        if reply.status not in wanted:
            failed[what] += 1
        return reply

    time.sleep(chance.uniform(0, SIGNING_IN))
    send("sign-in", "/accounts/login/", {"login": email, "password": PASSWORD}, wanted=(302,))
    send("join", f"/join/{quiz_set.join_secret}/", {}, wanted=(302,))
    begun = send("start", f"/practice/set/{quiz_set.pk}/", {}, wanted=(302,))
    if begun is None or begun.status != 302:
        return
    session = begun.location.split("/")[2]
    orders = orders_of(session)
    tab, base = new_token(), ""
    for number in range(1, count + 1):
        time.sleep(chance.uniform(*THOUGHT))
        fields = {"do": "next", "tab": tab, "seq": number, "base": base}
        fields["option"] = chance.choice(orders[number])
        path = f"/practice/{session}/{number}/"
        target = "section#question" if number < count else ""
        send("answer", path, fields, wanted=(200, 302), target=target)
    send("finish", f"/practice/{session}/", {}, wanted=(302,))
    browser.connection.close()


def orders_of(session):
    """The options of each question of a session, as a page would show them."""
    from django.db import connection

    from quiz.practice.models import Position

    rows = Position.objects.filter(session=session).values_list("number", "option_order")
    found = dict(rows)
    connection.close()
    return found


if __name__ == "__main__":
    command(prove, count=50, minutes=15, learners=200)
