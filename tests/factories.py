"""Rows for tests: each factory makes the least that its model needs."""

import factory
from django.utils import timezone

from quiz.bank.models import AnswerOption, Question, QuestionVersion
from quiz.engine.shuffle import option_order
from quiz.practice.models import Position, PracticeSession
from studyapp.guide.models import Objective, Profile
from studyapp.people.models import Learner, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password("a good long password")


class GuestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Learner

    guest_key = factory.Sequence(lambda n: f"guest-key-{n}")


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    slug = factory.Sequence(lambda n: f"question-{n}")
    status = Question.Status.PUBLISHED
    objective = factory.LazyFunction(lambda: Objective.objects.first())


class VersionFactory(factory.django.DjangoModelFactory):
    """A written question of four options, of which the first is right."""

    class Meta:
        model = QuestionVersion
        skip_postgeneration_save = True

    question = factory.SubFactory(QuestionFactory)
    kind = "single-choice"
    profile = factory.LazyFunction(lambda: Profile.objects.get(slug="guide"))
    stem = "Which option answers on the same call?"

    @factory.post_generation
    def options(self, create, extracted, **kwargs):
        if create:
            for position in extracted or (1, 2, 3, 4):
                AnswerOptionFactory(version=self, position=position, is_correct=position == 1)


class AnswerOptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AnswerOption

    version = factory.SubFactory(VersionFactory)
    position = 1
    key = factory.LazyAttribute(lambda option: f"option-{option.position}")
    text = factory.LazyAttribute(lambda option: f"Text {option.position}")
    feedback_picked = factory.LazyAttribute(lambda option: f"Picked {option.position}.")
    feedback_left = factory.LazyAttribute(lambda option: f"Left {option.position}.")


class SessionFactory(factory.django.DjangoModelFactory):
    """An open session of a guest through so many written questions."""

    class Meta:
        model = PracticeSession
        skip_postgeneration_save = True

    learner = factory.SubFactory(GuestFactory)
    title = "A session"
    profile = factory.LazyFunction(lambda: Profile.objects.get(slug="guide"))
    edition = 1
    length = 2
    seed = 7
    start_token = factory.Sequence(lambda n: f"start-token-of-session-{n}")
    started_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def positions(self, create, extracted, **kwargs):
        if create:
            for number in range(1, self.length + 1):
                version = extracted[number - 1] if extracted else VersionFactory()
                PositionFactory(session=self, number=number, version=version)


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    session = factory.SubFactory(SessionFactory)
    number = 1
    version = factory.SubFactory(VersionFactory)
    option_order = factory.LazyAttribute(
        lambda position: option_order(
            position.version.options.all(), seed=position.session.seed, number=position.number
        )
    )
