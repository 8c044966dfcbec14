"""What instructors and their classes do at the same moment, on whichever database: one effect, no error."""

import pytest
from django.test import Client
from django.utils import timezone

from quiz.analysis.models import Regrade
from quiz.bank.authoring import Overtaken, keep_theirs, save_draft
from quiz.bank.models import Question, QuestionDraft
from quiz.sets.actions import add_questions, join
from quiz.sets.models import Member, QuizSet, SetEvent
from studyapp.people.models import Learner
from tests.factories import (
    GuestFactory,
    InstructorFactory,
    PublishedSetFactory,
    SetFactory,
    VersionFactory,
)

from .analysis.classes import a_set, takes, written
from .bank.authored import WRITTEN, fields

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-one-form"


@pytest.fixture
def ada(database):
    return InstructorFactory(name="Ada")


def windows(user, count):
    """So many browsers in which somebody is signed in."""
    found = [Client() for _ in range(count)]
    for client in found:
        client.force_login(user)
    return found


def statuses(responses):
    return sorted(response.status_code for response in responses)


# Writing


def begun(author, stem="Which one?"):
    question = Question.objects.create(slug="own-question", author=author)
    QuestionDraft.objects.create(
        question=question,
        written=WRITTEN["single-choice"] | {"stem": stem},
        make_token="token-of-own-question",
        saved_by=author,
        saved_at=timezone.now(),
    )
    return question


def saves(question, by, stem, revision, **how):
    """Save what one window holds on top of the revision that it saw; says how that went."""
    written = WRITTEN["single-choice"] | {"stem": stem}

    def run():
        try:
            save_draft(
                question=question,
                written=written,
                revision=revision,
                by=by,
                now=timezone.now(),
                **how,
            )
        except Overtaken:
            return "sees both texts"
        return "kept"

    return run


STEMS = ("From one?", "From two?", "From three?", "From four?")
ONE_OF_FOUR = ["kept", "sees both texts", "sees both texts", "sees both texts"]


@pytest.mark.parametrize("round", range(3))
def test_four_windows_save_one_draft_at_once_one_is_kept_and_the_others_see_both(race, ada, round):
    question = begun(ada)

    found = race(*(saves(question, ada, stem, 1) for stem in STEMS))

    draft = QuestionDraft.objects.get()
    assert sorted(found) == ONE_OF_FOUR
    assert (draft.revision, draft.written["stem"]) == (2, STEMS[found.index("kept")])


@pytest.mark.parametrize("round", range(3))
def test_four_windows_save_the_first_draft_of_a_question_at_once(race, ada, round):
    question = VersionFactory(question__status="own", question__author=ada).question

    found = race(*(saves(question, ada, stem, 0) for stem in STEMS))

    draft = QuestionDraft.objects.get()
    assert sorted(found) == ONE_OF_FOUR
    assert (draft.revision, draft.written["stem"]) == (1, STEMS[found.index("kept")])


def test_keep_mine_in_four_windows_at_once_keeps_one_and_sets_the_text_before_aside(race, ada):
    question = begun(ada, "Before?")

    found = race(*(saves(question, ada, stem, 1, puts_aside=True) for stem in STEMS))

    draft = QuestionDraft.objects.get()
    assert sorted(found) == ONE_OF_FOUR
    assert [each["stem"] for each in draft.set_aside] == ["Before?"]
    assert draft.written["stem"] == STEMS[found.index("kept")]


def test_keep_theirs_in_four_windows_at_once_sets_every_text_aside(race, ada):
    question = begun(ada, "Theirs?")
    texts = [WRITTEN["single-choice"] | {"stem": stem} for stem in STEMS]

    race(
        *(
            lambda text=text: keep_theirs(question=question, written=text, revision=1)
            for text in texts
        )
    )

    draft = QuestionDraft.objects.get()
    assert draft.written["stem"] == "Theirs?"
    assert sorted(each["stem"] for each in draft.set_aside) == sorted(STEMS)


def sends(client, question, do, stem, revision=1):
    form = fields(WRITTEN["single-choice"] | {"stem": stem}) | {"do": do, "revision": revision}
    return lambda: client.post(f"/questions/{question.pk}/edit/", form)


def test_two_browsers_send_one_draft_at_once_and_the_second_is_shown_both_texts(race, ada):
    question, (one, two) = begun(ada), windows(ada, 2)

    found = race(
        sends(one, question, "save", "From one?"), sends(two, question, "save", "From two?")
    )

    assert statuses(found) == [302, 409]
    assert QuestionDraft.objects.get().revision == 2


def test_a_question_published_three_times_at_once_has_one_version(race, ada):
    question = begun(ada)

    found = race(*(sends(each, question, "publish", "Which one?") for each in windows(ada, 3)))

    assert statuses(found) == [302, 302, 302]
    assert question.versions.count() == 1
    assert Question.objects.get(pk=question.pk).status == "own"


# Sets


def does(client, quiz_set, **fields):
    return lambda: client.post(f"/sets/{quiz_set.pk}/", fields)


@pytest.fixture
def ready(ada):
    """A draft with two questions that can be published."""
    held = SetFactory(owner=ada)
    add_questions(quiz_set=held, versions=[VersionFactory(), VersionFactory()])
    return held


def test_a_set_published_three_times_at_once_is_published_once(race, ada, ready):
    found = race(*(does(each, ready, do="publish") for each in windows(ada, 3)))

    ready.refresh_from_db()
    assert statuses(found) == [302, 302, 302]
    assert (ready.status, len(ready.join_secret)) == ("published", 32)
    assert [each.words for each in SetEvent.objects.all()] == ["Published"]


def test_archiving_and_publishing_at_once_end_in_the_archive_and_open_nothing(race, ada, ready):
    one, two = windows(ada, 2)

    published, archived = race(does(one, ready, do="publish"), does(two, ready, do="archive"))

    ready.refresh_from_db()
    assert (published.status_code in (302, 422), archived.status_code) == (True, 302)
    assert ready.status == "archived"
    assert ready.was_published == (published.status_code == 302)
    words = ["Archived", "Published"] if published.status_code == 302 else ["Archived"]
    assert sorted(each.words for each in SetEvent.objects.all()) == words
    two.post(f"/sets/{ready.pk}/", {"do": "restore"})
    ready.refresh_from_db()
    assert ready.status == ("published" if published.status_code == 302 else "draft")


def test_archiving_and_saving_rules_at_once_keep_both(race, ada):
    held = PublishedSetFactory(owner=ada)
    one, two = windows(ada, 2)
    rules = {"title": "New title", "feedback": "end", "scoring": "exam"}

    race(lambda: one.post(f"/sets/{held.pk}/rules/", rules), does(two, held, do="archive"))

    held.refresh_from_db()
    assert (held.title, held.status) == ("New title", "archived")


def test_a_copy_pressed_three_times_at_once_is_one_copy(race, ada, ready):
    found = race(*(does(each, ready, do="copy", token=TOKEN) for each in windows(ada, 3)))

    copy = QuizSet.objects.exclude(pk=ready.pk).get()
    assert {each.headers["Location"] for each in found} == {f"/sets/{copy.pk}/"}
    assert copy.items.count() == 2


def test_questions_added_in_two_windows_at_once_stand_in_one_order(race, ada, ready):
    one, two = windows(ada, 2)
    more = [VersionFactory() for _ in range(4)]

    race(
        *(
            lambda client=client, ids=ids: client.post(
                f"/sets/{ready.pk}/questions/", {"do": "add", "id": ids}
            )
            for client, ids in ((one, [more[0].pk, more[1].pk]), (two, [more[2].pk, more[3].pk]))
        )
    )

    assert list(ready.items.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


# Joining


def test_somebody_who_joins_three_times_at_once_is_one_member(race, database):
    held, learner, now = PublishedSetFactory(), GuestFactory(), timezone.now()

    found = race(
        *[lambda: join(quiz_set=held, learner=learner, name="Grace", now=now) for _ in range(3)]
    )

    assert {each.pk for each in found} == {Member.objects.get().pk}


def test_the_form_to_join_sent_three_times_at_once_by_a_new_guest_makes_one(race, database):
    held = PublishedSetFactory()
    form = {"token": TOKEN, "name": "Grace"}

    found = race(*[lambda: Client().post(f"/join/{held.join_secret}/", form) for _ in range(3)])

    assert {each.headers["Location"] for each in found} == {f"/practice/set/{held.pk}/"}
    assert (Member.objects.get().name, Learner.objects.count()) == ("Grace", 1)


# Regrading


def regrades(client, quiz_set, version, token):
    form = {"action": "drop", "reason": "Unclear", "token": token}
    path = f"/sets/{quiz_set.pk}/results/questions/{version.pk}/regrade/"
    return lambda: client.post(path, form)


@pytest.fixture
def taken(ada):
    """A set of two questions that one person took: the first wrong, the second right."""
    held = a_set(*written(2), owner=ada)
    session = takes(held, [2, 1])
    return held, held.items.first().version, session


def test_a_regrade_sent_three_times_at_once_is_one(race, ada, taken):
    held, version, session = taken

    found = race(*(regrades(each, held, version, TOKEN) for each in windows(ada, 3)))

    session.refresh_from_db()
    assert statuses(found) == [302, 302, 302]
    assert Regrade.objects.get().changes.count() == 1
    assert (session.score.points, session.score.of) == (1, 1)


def test_two_regrades_at_once_follow_each_other_and_are_taken_back_to_the_start(race, ada, taken):
    held, version, session = taken
    one, two = windows(ada, 2)

    race(regrades(one, held, version, TOKEN), regrades(two, held, version, f"{TOKEN}-2"))
    for each in Regrade.objects.order_by("-at", "-pk"):
        one.post(
            f"/sets/{held.pk}/results/questions/{version.pk}/", {"do": "undo", "regrade": each.pk}
        )

    session.refresh_from_db()
    assert Regrade.objects.filter(undone_at=None).count() == 0
    assert (session.score.points, session.score.of) == (1, 2)


def test_a_regrade_taken_back_twice_at_once_is_taken_back_once(race, ada, taken):
    held, version, session = taken
    one, two = windows(ada, 2)
    regrades(one, held, version, TOKEN)()
    made = Regrade.objects.get()
    path = f"/sets/{held.pk}/results/questions/{version.pk}/"

    found = race(
        *(
            lambda client=client: client.post(path, {"do": "undo", "regrade": made.pk})
            for client in (one, two)
        )
    )

    session.refresh_from_db()
    assert statuses(found) == [302, 302]
    assert (session.score.points, session.score.of) == (1, 2)
    undone = SetEvent.objects.filter(words__startswith="Took back").count()
    assert undone == 1
