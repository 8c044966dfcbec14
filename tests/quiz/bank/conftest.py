import pytest
from django.utils import timezone

from quiz.bank.models import Question, QuestionDraft
from tests.factories import InstructorFactory

from .authored import WRITTEN


@pytest.fixture
def instructor(client):
    """Somebody who teaches; `client` is theirs."""
    user = InstructorFactory(name="Ada")
    client.force_login(user)
    return user


@pytest.fixture
def begun(instructor):
    """Begin a question of theirs that holds this text: begun("open")."""

    def begin(sort="single-choice", number=1, **changes):
        question = Question.objects.create(slug=f"own-{sort}-{number}", author=instructor)
        QuestionDraft.objects.create(
            question=question,
            written=WRITTEN[sort] | changes,
            make_token=f"token-of-{question.slug}",
            saved_by=instructor,
            saved_at=timezone.now(),
        )
        return question

    return begin
