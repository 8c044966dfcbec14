"""A practice session points at versions; its answers are append-only saves and a head each."""

from django.db import models
from django.db.models import Q

from studyapp.people.models import Learner

from ..bank.models import QuestionVersion


class SessionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(finished_at=None)


class PracticeSession(models.Model):
    """One run of one learner through a fixed list of question versions."""

    class Mode(models.TextChoices):
        STUDY = "study", "feedback after each question"
        EXAM = "exam", "feedback at the end"

    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="practice_sessions")
    title = models.CharField(max_length=120)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.STUDY)
    profile = models.ForeignKey("guide.Profile", on_delete=models.PROTECT, related_name="+")
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


class Position(models.Model):
    """One place in a session: its version, the order of its options, and the answer as it stands."""

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="positions")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    option_order = models.JSONField(help_text="Ids of the answer options as they are shown.")
    response = models.JSONField(null=True, blank=True)
    fraction = models.DecimalField(max_digits=6, decimal_places=5, null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("session", "number")
        constraints = [
            models.UniqueConstraint(fields=("session", "number"), name="position_number_unique"),
            models.UniqueConstraint(fields=("session", "version"), name="position_version_unique"),
        ]

    def __str__(self):
        return f"{self.session} question {self.number}"

    @property
    def is_checked(self):
        return self.checked_at is not None


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
