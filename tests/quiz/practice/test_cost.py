"""What an answer costs in statements and bytes: the short form of tests.verify.answering."""

import gzip
import statistics

import pytest
from django.test import Client

from quiz.bank.models import QuestionVersion
from quiz.bank.shelf import SHELF
from quiz.practice.models import PracticeSession
from quiz.practice.refrains import refrains_of
from studyapp.guide import knowledge
from studyapp.people.models import Learner
from tests.factories import GuestFactory, UserFactory
from tests.verify.classroom import add_sessions, cookies_of, right_fields

from .conftest import Statements, address

pytestmark = pytest.mark.django_db
LONGEST, MOST_BY_CHANCE = 65, 100
# How an answer is sent: its mode, what it asks for, and which element htmx wants.
WAYS = {
    "check": ("study", "check", "section#question"),
    "check without scripts": ("study", "check", None),
    "save and go on": ("exam", "next", "section#question"),
    "autosave": ("exam", "save", "p#saved"),
}


def versions():
    rows = QuestionVersion.objects.published().select_related("number_key")
    return list(rows.prefetch_related("options"))


def client_of(learner):
    client = Client(headers={"accept-encoding": "gzip"})
    client.cookies.load(cookies_of(learner))
    return client


def send(client, session, number, way):
    """Answer a question; returns the reply and how many statements it took."""
    _, do, target = WAYS[way]
    version = session.positions.get(number=number).version
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    if target and do == "check":
        # As the script of the page does.
        headers["In-Place"] = refrains_of(knowledge.current()).digest
    fields = right_fields(version)
    fields |= {"do": do, "token": f"token-of-answer-{number}", "confidence": "3"}
    with Statements() as asked:
        reply = client.post(address(session, number), fields, headers=headers)
    assert reply.status_code == (200 if target else 302)
    return reply, len(asked.all)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("signed_in", (False, True))
def test_statements_grow_with_neither_session_nor_history(way, signed_in):
    learner = Learner.objects.create(user=UserFactory()) if signed_in else GuestFactory()
    client, asked_about, counts = client_of(learner), versions(), []
    for length, before in ((1, 1), (LONGEST, 50)):
        for seed in range(before):
            add_sessions([learner], asked_about, seed=seed, length=length, is_finished=True)
        (session,) = add_sessions([learner], asked_about, seed=99, length=length, mode=WAYS[way][0])
        for number in (1, 2, length)[: 1 if length == 1 else 3]:
            client.get(address(session, number))
            client.get(address(session, min(number + 1, length)))
            counts.append(send(client, session, number, way)[1])
        PracticeSession.objects.filter(pk=session.pk).delete()

    # The session and the user who signed in, the place, the save, and the head of the place.
    assert set(counts) == {5 if signed_in else 4}


@pytest.mark.parametrize(
    "way, most, half_at_most", (("check", 2_048, 1_130), ("save and go on", 2_048, 1_250))
)
def test_reply_to_every_published_question_is_small(way, most, half_at_most):
    learner, asked_about = GuestFactory(), versions()
    length = len(asked_about)
    (session,) = add_sessions([learner], asked_about, seed=1, length=length, mode=WAYS[way][0])
    client, sizes = client_of(learner), {}
    for number in range(1, length + (way == "check")):
        reply, _ = send(client, session, number, way)
        # Packed anew, because the site adds some bytes by chance, against guessing at the size.
        sizes[number] = len(gzip.compress(gzip.decompress(reply.content), 6, mtime=0))

    assert max(sizes.values()) + MOST_BY_CHANCE <= most
    assert statistics.median(sizes.values()) <= half_at_most


def test_page_of_a_question_takes_few_statements():
    learner = GuestFactory()
    (session,) = add_sessions([learner], versions(), seed=1, length=LONGEST)
    client = client_of(learner)
    client.get(address(session))

    with Statements() as asked:
        client.get(address(session))

    assert len(asked.all) == 4


def test_a_question_is_read_once_by_each_process():
    learner = GuestFactory()
    (session,) = add_sessions([learner], versions(), seed=1, length=1)
    client = client_of(learner)

    counts = []
    for _ in range(2):
        with Statements() as asked:
            client.get(address(session))
        counts.append(len(asked.all))

    assert counts[0] - counts[1] == 1


@pytest.mark.parametrize("way", WAYS)
def test_questions_that_a_process_has_not_read_take_one_statement_more(way):
    learner = Learner.objects.create(user=UserFactory())
    client, asked_about = client_of(learner), versions()
    (session,) = add_sessions([learner], asked_about, seed=1, length=3, mode=WAYS[way][0])
    client.get(address(session))
    SHELF.clear()

    assert send(client, session, 1, way)[1] == 6
