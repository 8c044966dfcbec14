"""A practice session points at versions; its answers are append-only saves and a head each."""

from fractions import Fraction

from django.db import models
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from quiz.engine.scoring import RULES, percent, score
from studyapp.people.models import Learner

from ..bank.models import QuestionVersion


class SessionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(finished_at=None)

    def finished(self):
        """The finished ones with their positions, for their scores."""
        return self.exclude(finished_at=None).prefetch_related("positions")

    def with_progress(self):
        """Each with the number of questions `checked`, and the `next_number` to answer."""
        return self.annotate(
            checked=Count("positions__checked_at"),
            next_number=Min("positions__number", filter=Q(positions__checked_at=None)),
        )


class PracticeSession(models.Model):
    """One run of one learner through a fixed list of question versions."""

    class Mode(models.TextChoices):
        STUDY = "study", "feedback after each question"
        EXAM = "exam", "feedback at the end"

    class Scoring(models.TextChoices):
        EXAM = "exam"
        PRACTICE = "practice"

    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="practice_sessions")
    title = models.CharField(max_length=120)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.STUDY)
    scoring = models.CharField(max_length=10, choices=Scoring, default=Scoring.PRACTICE)
    profile = models.ForeignKey("guide.Profile", on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(help_text="Of the facts in force when it began.")
    length = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    start_token = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("learner",), condition=Q(finished_at=None), name="session_one_open"
            ),
            models.UniqueConstraint(
                fields=("learner", "start_token"), name="session_start_token_unique"
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.pk}"

    @property
    def is_open(self):
        return self.finished_at is None

    @property
    def rule(self):
        return RULES[self.scoring]

    @property
    def score(self):
        """The score as the answers stand; what is graded by oneself is left out."""
        scored = [each for each in self.positions.all() if each.is_scored]
        return score((each.fraction for each in scored), of=len(scored))

    def answers(self):
        """Its positions with all that a result shows of them."""
        heads = self.positions.select_related("version__number_key", "version__question__objective")
        heads = heads.prefetch_related("version__options")
        return heads.defer("version__certificate", "version__explanation")


class PositionQuerySet(models.QuerySet):
    def checked(self):
        return self.exclude(checked_at=None)

    def for_page(self):
        """Each with its session, its version and the `next_number` to answer, in one query.

        `next_number` is the next place that is not checked yet: after this one, or else before.
        """
        others = Position.objects.filter(session=OuterRef("session"), checked_at=None)
        others = others.exclude(pk=OuterRef("pk")).order_by("number").values("number")
        later = others.filter(number__gt=OuterRef("number"))
        return (
            self.annotate(next_number=Coalesce(Subquery(later[:1]), Subquery(others[:1])))
            .select_related("session", "version__profile", "version__number_key", "version__case")
            .defer("version__certificate")
        )


class Position(models.Model):
    """One place in a session: its version, the order of its options, and the answer as it stands."""

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="positions")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    is_scored = models.BooleanField(
        default=True, help_text="Not where whoever answers grades it: that never counts."
    )
    option_order = models.JSONField(help_text="Ids of the answer options as they are shown.")
    response = models.JSONField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    points_of = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ("session", "number")
        constraints = [
            models.UniqueConstraint(fields=("session", "number"), name="position_number_unique"),
            models.UniqueConstraint(fields=("session", "version"), name="position_version_unique"),
            models.CheckConstraint(
                condition=Q(checked_at=None, points=None, points_of=None)
                | Q(checked_at__isnull=False, is_scored=False, points=None, points_of=None)
                | Q(
                    checked_at__isnull=False,
                    points_of__gte=1,
                    points__gte=0,
                    points__lte=F("points_of"),
                ),
                name="position_checked_has_points",
            ),
        ]

    def __str__(self):
        return f"{self.session} question {self.number}"

    @property
    def is_checked(self):
        return self.checked_at is not None

    @property
    def is_graded(self):
        return self.points_of is not None

    @property
    def fraction(self):
        """The exact share that was right, or None while nothing was graded."""
        return Fraction(self.points, self.points_of) if self.is_graded else None

    @property
    def percent(self):
        return percent(self.fraction) if self.is_graded else None


class Save(models.Model):
    """One response as it arrived; the token makes a repeated delivery find the first."""

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="saves")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="saves")
    token = models.CharField(max_length=64)
    response = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("session", "token"), name="save_token_unique")
        ]

    def __str__(self):
        return f"{self.position}: {self.token}"
