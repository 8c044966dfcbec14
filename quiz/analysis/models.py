"""A regrade: a decision on one question of a set after the fact, with all that it changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..bank.models import AnswerOption, QuestionVersion
from ..practice.models import Position
from ..sets.models import QuizSet


class Regrade(models.Model):
    """One decision of an instructor: another key, everything right, left out, or graded anew.

    It is kept when it is taken back, so that the log says everything that ever counted.
    """

    class Action(models.TextChoices):
        ACCEPT = "accept", "Accept another answer option as right too"
        ACCEPT_ALL = "accept-all", "Give everybody the whole point"
        DROP = "drop", "Leave the question out of the score"
        RESCORE = "rescore", "Grade all answers anew by the key"

    quiz_set = models.ForeignKey(QuizSet, on_delete=models.PROTECT, related_name="regrades")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=Action)
    option = models.ForeignKey(
        AnswerOption, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500)
    token = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("quiz_set", "token"), name="regrade_token_unique"),
            models.CheckConstraint(
                condition=Q(action="accept", option__isnull=False)
                | (~Q(action="accept") & Q(option=None)),
                name="regrade_accepts_an_option",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="regrade_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.version}"


class RegradeChange(models.Model):
    """What a regrade did to one answer: its points before and after, and whether it was scored."""

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="changes")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="regrades")
    was_scored = models.BooleanField()
    is_scored = models.BooleanField()
    points_before = models.PositiveSmallIntegerField(null=True)
    points_of_before = models.PositiveSmallIntegerField(null=True)
    points_after = models.PositiveSmallIntegerField(null=True)
    points_of_after = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("regrade", "position"), name="regrade_change_once")
        ]

    def __str__(self):
        return f"{self.regrade}: {self.position}"
