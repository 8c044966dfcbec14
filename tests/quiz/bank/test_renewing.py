"""A fact changes: its author is told on every page that matters, and one click publishes anew."""

import pytest
from django.utils import timezone

from quiz.bank.models import Question, QuestionDraft
from quiz.sets.actions import add_questions, publish_set
from studyapp.guide.actions import publish_edition
from studyapp.guide.models import Fact
from tests.factories import InstructorFactory, SetFactory, UserFactory

from .authored import WRITTEN, fields

pytestmark = pytest.mark.django_db

SLUG = "guide-serverless-payload"
STEM = f"Is [[fact:{SLUG}]] the limit that the guide gives?"
WHY = f"it rests on facts that changed: {SLUG}"
BUTTON = "Publish it anew by the facts of today"


def publish(client, question):
    draft = QuestionDraft.objects.get(question=question)
    form = fields(draft.written) | {"do": "publish", "revision": draft.revision}
    assert client.post(f"/questions/{question.pk}/edit/", form).status_code == 302


def change_fact(**changes):
    """A new revision of the fact comes into force."""
    fact = Fact.objects.get(slug=SLUG, is_current=True)
    Fact.objects.filter(pk=fact.pk).update(is_current=False)
    fact.pk, fact.revision, fact.is_current = None, fact.revision + 1, True
    for name, value in changes.items():
        setattr(fact, name, value)
    fact.save()
    publish_edition(files_digest="another")


@pytest.fixture
def asked(client, begun, instructor):
    """A published set that asks a question of its author, which rests on a fact that has changed since."""
    question = begun("true-false", stem=STEM, answer=True)
    publish(client, question)
    held = SetFactory(owner=instructor)
    add_questions(quiz_set=held, versions=[question.versions.get()])
    publish_set(quiz_set=held, by=instructor, now=timezone.now())
    change_fact(value=7)
    return held, question


def stem_asked(quiz_set):
    return quiz_set.items.get().version.stem


def test_the_author_is_told_in_the_list_in_the_editor_and_in_the_set(client, asked):
    held, question = asked

    pages = [
        client.get(path).text
        for path in ("/questions/", f"/questions/{question.pk}/edit/", f"/sets/{held.pk}/")
    ]

    assert all(WHY in page and BUTTON in page for page in pages)


def test_one_click_in_the_list_publishes_anew_and_the_set_keeps_its_wording(client, asked):
    held, question = asked
    old = stem_asked(held)

    page = client.post(f"/questions/{question.pk}/edit/", {"do": "renew"}, follow=True)

    fresh = question.versions.get(is_current=True)
    assert (fresh.number, "7 MB" in fresh.stem) == (2, True)
    assert "Published anew as version 2" in page.text
    assert WHY not in client.get("/questions/").text
    assert stem_asked(held) == old != fresh.stem
    assert (
        "1 question has a newer wording than this set asks" in client.get(f"/sets/{held.pk}/").text
    )
    client.post(f"/sets/{held.pk}/", {"do": "publish"})
    assert stem_asked(held) == fresh.stem
    assert "newer wording than" not in client.get(f"/sets/{held.pk}/").text


def test_one_click_in_the_set_does_the_same_and_stays_there(client, asked):
    held, question = asked
    old = stem_asked(held)

    page = client.post(f"/sets/{held.pk}/", {"do": "renew", "question": question.pk}, follow=True)

    assert page.request["PATH_INFO"] == f"/sets/{held.pk}/"
    assert question.versions.get(is_current=True).number == 2
    assert stem_asked(held) == old
    assert WHY not in page.text


def test_pressed_twice_it_publishes_once(client, asked):
    _, question = asked

    for _ in range(2):
        client.post(f"/questions/{question.pk}/edit/", {"do": "renew"})

    assert question.versions.count() == 2


def test_what_was_being_written_meanwhile_is_set_aside(client, asked):
    _, question = asked
    mine = WRITTEN["true-false"] | {"stem": "Being written …"}
    QuestionDraft.objects.filter(question=question).update(written=mine, revision=9)

    client.post(f"/questions/{question.pk}/edit/", {"do": "renew"})

    assert QuestionDraft.objects.get().set_aside == [mine]


def test_a_scenario_whose_answer_would_change_waits_in_the_draft(client, begun, instructor):
    story = {"payload_mb": "6 MB", "processing_s": "30 ms", "traffic": "intermittent"}
    question = begun("scenario", workload=story | {"reply": "same-call"})
    publish(client, question)
    held = SetFactory(owner=instructor)
    add_questions(quiz_set=held, versions=[question.versions.get()])
    assert question.versions.get().options.get(is_correct=True).key == "serverless"
    change_fact(value=5)

    page = client.post(f"/sets/{held.pk}/", {"do": "renew", "question": question.pk})

    assert page["Location"] == f"/questions/{question.pk}/edit/"
    assert "it needs a look first" in client.get(page["Location"]).text
    assert question.versions.count() == 1


@pytest.mark.parametrize("question", ["", "x", "0", "99999999999999999999", "²"])
def test_nonsense_finds_no_question(client, asked, question):
    held, _ = asked

    assert (
        client.post(f"/sets/{held.pk}/", {"do": "renew", "question": question}).status_code == 404
    )


def test_nobody_renews_the_question_of_another(client, asked):
    _, question = asked
    other = InstructorFactory()
    theirs = SetFactory(owner=other)
    add_questions(quiz_set=theirs, versions=[question.versions.get()])
    client.force_login(other)

    responses = [
        client.post(f"/sets/{theirs.pk}/", {"do": "renew", "question": question.pk}),
        client.post(f"/questions/{question.pk}/edit/", {"do": "renew"}),
    ]

    assert [response.status_code for response in responses] == [404, 404]
    assert question.versions.count() == 1


def test_what_staff_shares_with_everybody_its_author_does_not_renew(client, asked):
    held, question = asked
    Question.objects.filter(pk=question.pk).update(status="published")

    refused = client.post(f"/questions/{question.pk}/edit/", {"do": "renew"})
    told = client.post(f"/sets/{held.pk}/", {"do": "renew", "question": question.pk}, follow=True)

    assert refused.status_code == 409
    assert "staff alone changes it" in told.text
    assert question.versions.count() == 1


def test_staff_renews_what_others_wrote(client, asked):
    _, question = asked
    client.force_login(UserFactory(is_staff=True))

    client.post(f"/questions/{question.pk}/edit/", {"do": "renew"})

    question.refresh_from_db()
    assert question.versions.count() == 2
    assert question.author.name == "Ada"


def test_a_version_of_long_ago_is_taken_up_again_and_what_was_written_is_set_aside(client, begun):
    question = begun("true-false")
    publish(client, question)
    later = WRITTEN["true-false"] | {"stem": "A later wording."}
    QuestionDraft.objects.filter(question=question).update(written=later, revision=2)
    publish(client, question)

    page = client.post(f"/questions/{question.pk}/versions/", {"number": 1}, follow=True)

    draft = QuestionDraft.objects.get()
    assert "The text of version 1 is in the draft" in page.text
    assert (draft.written, draft.set_aside) == (WRITTEN["true-false"], [later])
    assert question.versions.get(is_current=True).stem == "A later wording."
    publish(client, question)
    assert [(each.number, each.stem) for each in question.versions.order_by("number")][2] == (
        3,
        WRITTEN["true-false"]["stem"],
    )
