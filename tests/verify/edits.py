"""Sessions show and score what they began with, however the bank is edited meanwhile.

    python -m tests.verify.edits [--count 1000] [--sessions 40] [--seed 1]

Forty sessions, open and finished, through every kind of question. The bank is edited at random:
new wordings with other keys and another order, retired and filed anew, loaded from changed files,
and deletions tried. After every edit one session, and at the end all of them, must show byte for
byte what they showed before; the open ones are finished then, and scored by their first keys.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from random import Random

from tests.files import read_yaml, write_yaml

from .scores import random_response
from .site import Browser, Figure, command, new_token

LENGTH, EVERY = 5, 100
ANEW = re.compile(r'name="(?:token|tab|csrfmiddlewaretoken)" value="[^"]*"')


def prove(site, *, count, seed, sessions=40):
    """Sessions show and score what they began with, however the bank is edited meanwhile."""
    from django.utils import timezone

    from quiz.practice.actions import close_session
    from quiz.practice.models import PracticeSession

    from . import rows
    from .oracle import score_of_session

    chance = Random(seed)
    people = rows.guests(sessions)
    learners = [learner for learner, _ in people]
    held = rows.open_sessions(learners, rows.published(), chance=chance, length=LENGTH)
    browsers = [Browser(site, cookies) for _, cookies in people]
    for number, session in enumerate(held):
        answer(session, chance)
        if number % 2:
            close_session(session=session, now=timezone.now())
    before = [what_is_shown(*each) for each in zip(held, browsers, strict=True)]
    wanted = {each.pk: score_of_session(each, list(each.answers())) for each in held}
    done, differing = Counter(), 0
    ways = [partial(way, chance=chance, site=site) for way in WAYS]
    for number in range(1, count + 1):
        way = (
            partial(load_changed_files, chance, site)
            if number % EVERY == 0
            else chance.choice(ways)
        )
        done[way()] += 1
        place = chance.randrange(sessions)
        differing += what_is_shown(held[place], browsers[place]) != before[place]
    after = [what_is_shown(*each) for each in zip(held, browsers, strict=True)]
    for session in held:
        close_session(session=session, now=timezone.now())
    scores = {
        each.pk: (each.points, each.points_of, each.scored)
        for each in PracticeSession.objects.all()
    }
    return [
        Figure("edits", done.total(), count),
        *(Figure(f"of them: {what}", number) for what, number in sorted(done.items())),
        Figure("looks after an edit that differ from before", differing, 0),
        Figure(
            "sessions that differ at the end",
            sum(x != y for x, y in zip(before, after, strict=True)),
            0,
        ),
        Figure(
            "scores that differ from those by the first keys",
            sum(scores[pk] != each for pk, each in wanted.items()),
            0,
        ),
    ]


def answer(session, chance):
    """Answer some questions, and check some of these where the mode has it."""
    from django.utils import timezone

    from quiz.practice.actions import Given, Sender, save_answer

    for position in session.positions.select_related("version__number_key"):
        if chance.random() < 0.3:
            continue
        position.session = session
        given = Given(response=random_response(position.version, chance))
        save_answer(
            position=position,
            given=given,
            sender=Sender(token=new_token(), tab=new_token(), seq=1, base=""),
            now=timezone.now(),
            key=position.version.key_held,
            check=session.mode == "study" and given.response is not None and chance.random() < 0.5,
        )


def what_is_shown(session, browser):
    """Every question of a session as its page shows it, and the rows that score it."""
    pages = []
    for number in range(1, LENGTH + 1):
        reply = browser.insist(
            "GET", f"/practice/{session.pk}/{number}/", target="section#question"
        )
        pages.append((reply.status, ANEW.sub("", reply.body)))
    rows = [
        (
            each.version.stem,
            [(o.pk, o.text, o.is_correct, o.rank, o.match) for o in each.version.options.all()],
            each.option_order,
            each.response,
            each.points,
            each.points_of,
        )
        for each in session.answers()
    ]
    session.refresh_from_db()
    return pages, rows, (session.points, session.points_of, session.scored)


# Ways to edit the bank; each says what it did


def word_anew(*, chance, site):
    """A new version with another stem, another key and another order."""
    from quiz.bank.actions import draft_of, publish

    version = any_version(chance)
    draft = draft_of(version)
    options = [replace(each, is_correct=not each.is_correct) for each in draft.options]
    chance.shuffle(options)
    number = draft.number and replace(draft.number, amount=draft.number.amount + 1)
    draft = replace(
        draft, stem=f"{draft.stem} {new_token()}", options=tuple(options), number=number, facts=()
    )
    publish(question=version.question, draft=draft, profile=version.profile, facts={})
    return "worded anew, with another key and order"


def change_status(*, chance, site):
    question = any_version(chance).question
    question.status = chance.choice(("draft", "published", "retired"))
    question.save()
    return "retired, drafted or published again"


def file_anew(*, chance, site):
    from studyapp.guide.models import Objective

    question = any_version(chance).question
    question.objective = chance.choice(Objective.objects.all())
    question.difficulty, question.tags = chance.randint(1, 3), [new_token()]
    question.save()
    return "filed under another objective"


def try_to_delete(*, chance, site):
    from django.db.models import ProtectedError

    from quiz.practice.models import Position

    version = chance.choice(Position.objects.select_related("version__question")).version
    try:
        chance.choice((version, version.question)).delete()
    except ProtectedError:
        return "deletions refused"
    return "DELETED"


WAYS = (word_anew, change_status, file_anew, try_to_delete)


def any_version(chance):
    from quiz.bank.models import QuestionVersion

    current = QuestionVersion.objects.filter(is_current=True).select_related("question")
    return current.get(pk=chance.choice(current.values_list("pk", flat=True)))


def load_changed_files(chance, site):
    """Load files in which questions are missing, worded anew or in another order."""
    from django.conf import settings

    from quiz.bank.actions import load_questions

    folder = site.folder / new_token()
    folder.mkdir()
    for path in settings.BASE_DIR.glob("fixtures/quiz_*.yaml"):
        entries = read_yaml(path)
        kept = [each for each in entries if chance.random() < 0.9]
        for each in kept:
            if "stem" in each and chance.random() < 0.3:
                each["stem"] += " Worded anew."
            if isinstance(each.get("options"), list):
                chance.shuffle(each["options"])
        chance.shuffle(kept)
        write_yaml(folder / path.name, kept)
    load_questions(paths=sorted(folder.iterdir()))
    return "loaded from changed files"


if __name__ == "__main__":
    command(prove, count=1_000, minutes=20, sessions=40)
