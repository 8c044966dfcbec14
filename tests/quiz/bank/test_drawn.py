import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Q

from quiz.bank.actions import fault_in, load_questions
from quiz.bank.drawn import NotDrawn, draft_of_drawn, draw_again, keep_drawn
from quiz.bank.models import Question, QuestionVersion, StoryBook
from quiz.bank.stories import load_stories
from quiz.practice.pool import Choices, offer, pool_of
from studyapp.decision import Workload
from studyapp.guide import knowledge
from studyapp.guide.files import ContentError
from tests.decision.content import FIXTURES
from tests.factories import QuestionFactory
from tests.files import read_yaml

pytestmark = pytest.mark.django_db
BOOK = FIXTURES / "story_book.yaml"


@pytest.fixture
def held():
    return knowledge.current()


@pytest.fixture
def origin():
    return QuestionVersion.objects.published().get(question__slug="scan-upload-start-up")


def kept(origin, held, seed=1):
    drawn = draw_again(origin, held=held, seed=seed)
    return keep_drawn(drawn=drawn, draft=draft_of_drawn(drawn, held))


def test_kept_question_has_everything_that_a_review_shows(origin, held):
    version = kept(origin, held)

    assert version.certificate["answer"] == origin.certificate["answer"] == "asynchronous"
    assert version.certificate["basis"] == origin.certificate["basis"]
    assert version.stem != origin.stem
    assert set(version.explanation) == set(origin.explanation) | {"story"}
    assert all(o.feedback_picked and o.feedback_left for o in version.options.all())
    assert version.question.objective == origin.question.objective
    assert version.question.difficulty == origin.question.difficulty


def test_kept_question_holds_when_it_is_proved_again(origin, held):
    assert fault_in(kept(origin, held), held) == ""


def test_same_seed_is_kept_once_and_another_beside_it(origin, held):
    one, two, three = (kept(origin, held, seed) for seed in (1, 1, 2))

    assert one == two
    assert one != three
    assert Question.objects.filter(status="drawn").count() == 2


def test_question_drawn_from_a_drawn_one_belongs_to_the_one_of_the_bank(origin, held):
    first = kept(origin, held)
    second = kept(first, held)

    assert second.question.drawn_from == first.question.drawn_from == origin.question
    assert first.explanation["story"] != second.explanation["story"]
    assert {*first.workload.values()} & {*second.workload.values()} == {"notify"}


def proof():
    """What proving the guide's questions prints."""
    said = io.StringIO()
    call_command("prove", profile="guide", stdout=said)
    return said.getvalue()


def test_drawn_question_is_in_no_pool_and_no_proof_of_the_bank(origin, held):
    profile = held.profiles["guide"]
    before = (offer(profile), proof())
    version = kept(origin, held)

    assert (offer(profile), proof()) == before
    assert version not in pool_of(Choices(pool="everything", draw="all"), profile, Q())
    assert version not in QuestionVersion.objects.nearest(
        Workload.read(version.workload, profile.traits), profile, count=50
    )


def test_loading_the_bank_leaves_drawn_questions_alone(origin, held):
    version = kept(origin, held)

    load_questions(paths=[])

    version.question.refresh_from_db()
    origin.question.refresh_from_db()
    assert version.question.status == "drawn"
    assert origin.question.status == "retired"


@pytest.mark.parametrize(
    "values",
    (
        {"status": "drawn"},
        {"status": "published", "drawn_from": True},
        {"status": "drawn", "drawn_from": True, "from_files": True},
    ),
)
def test_only_a_drawn_question_says_what_it_was_drawn_from(origin, values):
    if "drawn_from" in values:
        values = values | {"drawn_from": origin.question}

    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory(**values)


def test_question_that_cannot_be_proved_any_more_is_not_drawn(origin, held):
    origin.workload = {"payload_mb": "1 MB"}

    with pytest.raises(NotDrawn, match="By the facts of today, that question cannot be proved"):
        draw_again(origin, held=held, seed=1)


def test_question_without_a_number_is_not_drawn(origin, held):
    origin.workload = {"reply": "dataset", "traffic": "scheduled"}

    with pytest.raises(NotDrawn, match="no number that could be another"):
        draw_again(origin, held=held, seed=1)


def test_nothing_is_drawn_before_stories_are_loaded(origin, held):
    StoryBook.objects.all().delete()

    with pytest.raises(NotDrawn, match="No questions are drawn for these facts yet"):
        draw_again(origin, held=held, seed=1)


def test_no_word_of_what_is_shown_tells_the_key(origin, held):
    drawn = draw_again(origin, held=held, seed=1)
    version, key = drawn.unsaved()

    assert version.certificate is None
    assert version.explanation is None
    assert not any(option.is_correct or option.feedback_picked for option in key.options)
    assert [option.text for option in key.options][-1] == "None of these fits"


# The story book


def test_story_book_is_loaded_once():
    assert load_stories(paths=[BOOK]) == {"loaded": 0}

    StoryBook.objects.update(digest="older")

    assert load_stories(paths=[BOOK]) == {"loaded": len(read_yaml(BOOK)["stories"])}
    assert load_stories(paths=[BOOK]) == {"loaded": 0}


@pytest.mark.parametrize(
    ("text", "reason"),
    (
        ("stories: [", "story_book.yaml: cannot be read as YAML: "),
        ("[]", "story_book.yaml, it must hold stories, phrases, asks and units"),
    ),
)
def test_story_book_that_cannot_be_read_changes_nothing(tmp_path, text, reason):
    path = tmp_path / "story_book.yaml"
    path.write_text(text)
    before = StoryBook.objects.get().digest

    with pytest.raises(ContentError, match=reason):
        load_stories(paths=[path])

    assert StoryBook.objects.get().digest == before
    assert str(StoryBook.objects.get()) == f"story book {before[:8]}"
