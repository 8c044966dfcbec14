"""Rows for tests: each factory makes the least that its model needs."""

from dataclasses import asdict

import factory
from django.utils import timezone

from quiz.bank.models import AnswerOption, CaseStudy, NumberKey, Question, QuestionVersion
from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import option_order
from quiz.practice.actions import score_of
from quiz.practice.models import Position, PracticeSession, Save
from quiz.sets.models import Member, QuizSet, SetItem
from studyapp.guide.models import Objective, Profile
from studyapp.people.models import Learner, User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    password = factory.django.Password("a good long password")


class AccountFactory(UserFactory):
    """Somebody who has proved the address, and so can sign in with the password."""

    class Meta:
        skip_postgeneration_save = True

    @factory.post_generation
    def address(self, create, extracted, **kwargs):
        if create:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


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


class CaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CaseStudy

    slug = factory.Sequence(lambda n: f"case-{n}")
    title = "A case"
    story = "A story that several questions are about."
    parts = 2


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
        if create and extracted is None:
            for position in (1, 2, 3, 4):
                AnswerOptionFactory(version=self, position=position, is_correct=position == 1)


def version_of(draft, **values):
    """A version that holds a draft, as publishing it would make it."""
    texts = {
        name: getattr(draft, name)
        for name in ("kind", "stem", "feedback_right", "feedback_wrong", "model_answer")
    }
    version = VersionFactory(**texts | values, options=())
    for position, option in enumerate(draft.options, start=1):
        AnswerOption.objects.create(version=version, position=position, **asdict(option))
    if draft.number:
        NumberKey.objects.create(version=version, **asdict(draft.number))
    return version


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
    finished_at = None
    seed = 7
    start_token = factory.Sequence(lambda n: f"start-token-of-session-{n}")
    started_at = factory.LazyFunction(timezone.now)
    # A session that is made finished has the score of one where nothing was right.
    points = factory.LazyAttribute(lambda session: session.finished_at and 0)
    points_of = factory.LazyAttribute(lambda session: session.finished_at and 1)
    scored = factory.LazyAttribute(lambda session: session.finished_at and session.length)

    @factory.post_generation
    def positions(self, create, extracted, **kwargs):
        if create:
            for number in range(1, self.length + 1):
                version = extracted[number - 1] if extracted else VersionFactory()
                PositionFactory(session=self, number=number, version=version)


def with_score(session):
    """Write the score of a finished session that its positions have, as closing it would."""
    total = score_of(session.positions.all())
    session.points, session.points_of = total.points.as_integer_ratio()
    session.scored = total.of
    session.save()
    return session


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    session = factory.SubFactory(SessionFactory)
    number = 1
    version = factory.SubFactory(VersionFactory)
    is_scored = factory.LazyAttribute(
        lambda position: not BY_SLUG[position.version.kind].is_self_graded
    )
    option_order = factory.LazyAttribute(
        lambda position: option_order(
            position.version.options.all(), seed=position.session.seed, number=position.number
        )
    )


class SaveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Save

    position = factory.SubFactory(PositionFactory)
    session = factory.LazyAttribute(lambda save: save.position.session)
    token = factory.Sequence(lambda n: f"token-of-save-{n}")
    saved_at = factory.LazyFunction(timezone.now)


class InstructorFactory(UserFactory):
    teaches_since = factory.LazyFunction(timezone.now)


class SetFactory(factory.django.DjangoModelFactory):
    """A draft of an instructor, without questions."""

    class Meta:
        model = QuizSet

    owner = factory.SubFactory(InstructorFactory)
    make_token = factory.Sequence(lambda n: f"token-of-quiz-set-{n}")
    title = "Choosing an endpoint"
    profile = factory.LazyFunction(lambda: Profile.objects.get(slug="guide"))


class PublishedSetFactory(SetFactory):
    """A set that a class can take, with so many written questions in it."""

    class Meta:
        skip_postgeneration_save = True

    status = QuizSet.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    join_secret = factory.Sequence(lambda n: f"a-secret-of-a-join-link-{n:010}")
    join_code = factory.Sequence(lambda n: f"CODE{n:05}")

    @factory.post_generation
    def questions(self, create, extracted, **kwargs):
        if create:
            for position in range(1, (2 if extracted is None else extracted) + 1):
                version = VersionFactory()
                SetItem.objects.create(
                    quiz_set=self,
                    position=position,
                    question=version.question,
                    version=version,
                )


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    quiz_set = factory.SubFactory(PublishedSetFactory)
    learner = factory.SubFactory(GuestFactory)
    name = factory.Sequence(lambda n: f"Learner {n}")
    joined_at = factory.LazyFunction(timezone.now)
