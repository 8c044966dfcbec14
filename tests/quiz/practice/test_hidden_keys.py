"""Nothing that is sent before a learner may see it holds a key: every kind, every address, every form."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from quiz.bank.models import NumberKey, QuestionVersion
from quiz.bank.shelf import SHELF
from quiz.engine.kinds import BY_SLUG, KINDS
from quiz.practice.models import PracticeSession
from quiz.practice.urls import urlpatterns
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import CLAIM, SPECIMENS

from .conftest import address
from .test_question import body

pytestmark = pytest.mark.django_db
CANARY = "CANARY-7f3a"
TICK = timedelta(milliseconds=1)
DOINGS = ("", "save", "next", "hint", "flag", "grade", "reveal")
STATES = ("study", "exam", "time-up")
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
in_every_state = pytest.mark.parametrize("state", STATES)


@pytest.fixture
def open_session(client, sign_in, time_machine):
    """An open session of two questions of a kind, the second one unscored: open_session(kind, state)."""

    def run(kind, state):
        versions = [version_of(SPECIMENS[kind.slug], claim=CLAIM) for _ in range(2)]
        now = timezone.now()
        session = SessionFactory(
            positions=versions,
            mode="study" if state == "study" else "exam",
            started_at=now - timedelta(hours=1),
            deadline=now if state == "time-up" else None,
        )
        session.positions.filter(number=2).update(is_scored=False, is_flagged=True)
        sign_in(client, session.learner)
        # Time is up and the grace is not over, however long the test takes.
        time_machine.move_to(now + TICK, tick=False)
        return session

    return run


def versions_of(session):
    return QuestionVersion.objects.filter(pk__in=session.positions.values("version"))


def plant(session):
    """Put a canary into everything that tells of the right answers."""
    for version in versions_of(session):
        version.options.update(feedback_picked=CANARY, feedback_left=CANARY, misconception=CANARY)
        QuestionVersion.objects.filter(pk=version.pk).update(
            feedback_right=CANARY,
            feedback_wrong=CANARY,
            model_answer=CANARY,
            explanation={"options": {}, "muddy": [{"text": CANARY}]},
            claim=CLAIM | {"title": CANARY},
        )
        if BY_SLUG[version.kind].is_self_graded:
            version.options.update(text=CANARY)


def addresses(session):
    """Every address of practice, as its own list has them, and what tells of all work of a learner."""
    held = {"session": session.pk, "number": 1}
    for each in urlpatterns:
        asks = each.pattern.converters
        if "quiz_set" not in asks:
            yield reverse(f"practice:{each.name}", kwargs={name: held[name] for name in asks})
    yield address(session, 2)
    yield from ("/progress/", "/progress/history.csv", "/progress/questions.csv", "/resume/")


def looks(client, session):
    """What is there to be seen without sending anything: pages and their parts."""
    for path in addresses(session):
        yield client.get(path, follow=True)
    for part in ("question", "saved", "clock"):
        headers = {"HX-Request": "true", "HX-Target": part}
        yield client.get(address(session), headers=headers)


def replies(client, session, kind, do):
    """What comes back to everything that can be sent at a question, taken or refused."""
    position = session.positions.get(number=1)
    right = kind.fields(kind.correct_response(position.version.key_held), position.version.key_held)
    if kind.is_self_graded:
        right = {"text": "My words."}
    sendings = (None, {}), ("question", right | {"confidence": "4"}), ("saved", {"option": "0"})
    for n, (part, fields) in enumerate(sendings):
        headers = {"HX-Request": "true", "HX-Target": part} if part else {}
        sent = {"token": f"{do or 'enter'}-token-of-sending-{n}", "tab": "b" * 32, "seq": n + 1}
        yield client.post(address(session), sent | {"do": do} | fields, headers=headers)
    yield client.post(address(session), {"token": f"{do}-token-of-a-stale-tab", "do": do} | right)


@every_kind
@in_every_state
def test_no_page_no_part_and_no_reply_holds_anything_of_a_key(client, open_session, kind, state):
    session = open_session(kind, state)
    plant(session)

    # In study mode an Enter checks, and a hint is asked for: both may tell something then.
    told = {"", "hint"} if state == "study" else set()
    found = []
    for do in (each for each in DOINGS if each not in told):
        found += replies(client, session, kind, do)
    found += looks(client, session)

    for response in found:
        assert CANARY not in response.content.decode()
        assert CANARY not in str(response.headers)
        assert "not scored" not in response.content.decode()

    PracticeSession.objects.filter(pk=session.pk).update(deadline=None)
    client.post(f"/practice/{session.pk}/")
    assert CANARY in client.get(address(session)).content.decode()


@every_kind
@in_every_state
def test_everything_looks_the_same_whatever_is_right(client, open_session, kind, state):
    session = open_session(kind, state)
    before = [body(page) for page in looks(client, session)]

    for version in versions_of(session):
        options = list(version.options.all())
        matches = [option.match for option in options]
        for option, match in zip(options, [*matches[1:], *matches[:1]], strict=True):
            option.is_correct = not option.is_correct
            option.rank = None if option.rank == 1 else (option.rank or 0) % 3 + 1
            # Prompts change counterparts; a spare keeps its place beside them.
            option.match = match
            option.save()
    NumberKey.objects.update(amount=25, tolerance=3)
    SHELF.clear()

    assert [body(page) for page in looks(client, session)] == before
