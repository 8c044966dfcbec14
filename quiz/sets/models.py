"""A quiz set, its questions, its members, and the log of what was changed while it ran."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quiz.engine.scoring import RULES
from studyapp.people.models import Learner

from ..bank.models import Question, QuestionVersion

LONGEST_FACTOR = 10


class SetQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=QuizSet.Status.PUBLISHED)


class QuizSet(models.Model):
    """An instructor's list of questions, with the rules by which a class takes it.

    Empty dates and an empty `minutes` mean no limit, empty `tries` as many as somebody likes. The
    secret of the link and the typed code are empty while nobody can join.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    class Feedback(models.TextChoices):
        EACH = "each", "After each question"
        END = "end", "When a learner finishes"
        WINDOW = "window", "When the set has closed for everybody"

    class Scoring(models.TextChoices):
        EXAM = "exam", "Exam: all or nothing"
        PRACTICE = "practice", "Practice: in part"

    # Whoever erases an account leaves sets behind; staff takes them over.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="quiz_sets"
    )
    make_token = models.CharField(max_length=64, help_text="Of the form that made it.")
    title = models.CharField(max_length=120)
    intro = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    profile = models.ForeignKey("guide.Profile", on_delete=models.PROTECT, related_name="+")
    feedback = models.CharField(max_length=10, choices=Feedback, default=Feedback.END)
    scoring = models.CharField(max_length=10, choices=Scoring, default=Scoring.EXAM)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(null=True, blank=True, default=1)
    is_shuffled = models.BooleanField(default=True)
    needs_account = models.BooleanField(default=False)
    join_secret = models.CharField(max_length=64, null=True, blank=True, unique=True)
    join_code = models.CharField(max_length=16, null=True, blank=True, unique=True)
    join_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = SetQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("owner", "make_token"), name="set_make_token_unique"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="set_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=1), name="set_minutes_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(tries=None) | Q(tries__gte=1), name="set_tries_above_zero"
            ),
            models.CheckConstraint(
                condition=~Q(feedback="window") | Q(closes_at__isnull=False) | Q(status="draft"),
                name="set_feedback_after_the_window_has_a_window",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def rule(self):
        return RULES[self.scoring]

    @property
    def was_published(self):
        """Whether a class could take it at any time; a draft stays one in the archive too."""
        return self.status == self.Status.PUBLISHED or self.published_at is not None

    def is_open(self, now):
        """Whether somebody who takes part can start or go on at a moment."""
        return (
            self.status == self.Status.PUBLISHED
            and (self.opens_at is None or self.opens_at <= now)
            and (self.closes_at is None or now < self.closes_at)
        )

    def is_closed(self, now):
        """Whether nobody can go on any more, so that keys may be shown to everybody."""
        is_past = self.closes_at is not None and self.closes_at <= now
        return is_past or self.status == self.Status.ARCHIVED


class ItemQuerySet(models.QuerySet):
    def questions(self):
        return self.filter(count=None)

    def rules(self):
        return self.exclude(count=None)

    def for_page(self):
        """Each with what a list of the set shows of it."""
        names = ("question__objective", "objective", "version__case")
        return self.select_related(*names).defer(
            "version__certificate", "version__explanation", "version__written"
        )


class SetItem(models.Model):
    """One place of a set: a question, or a rule by which some are drawn for each learner anew.

    Publishing pins the version of a question; a rule without an objective, difficulty or kind (empty)
    draws from all of them.
    """

    quiz_set = models.ForeignKey(QuizSet, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.ForeignKey(
        QuestionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    objective = models.ForeignKey(
        "guide.Objective", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.SlugField(max_length=30, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("quiz_set", "position")
        constraints = [
            # SQLite cannot defer it: a new order is written in two steps, first out of the way.
            models.UniqueConstraint(
                fields=("quiz_set", "position"), name="set_item_position_unique"
            ),
            models.UniqueConstraint(
                fields=("quiz_set", "question"), name="set_item_question_unique"
            ),
            models.CheckConstraint(
                condition=Q(question__isnull=False, count=None)
                | Q(question=None, version=None, count__gte=1),
                name="set_item_is_a_question_or_a_rule",
            ),
        ]

    def __str__(self):
        return f"{self.quiz_set} {self.position}"


class MemberQuerySet(models.QuerySet):
    def taking_part(self):
        return self.filter(removed_at=None)

    def named(self, text):
        """Those whose name or e-mail address holds a text."""
        user = Q(learner__user__name__icontains=text) | Q(learner__user__email__icontains=text)
        return self.filter(Q(name__icontains=text) | user)


class Member(models.Model):
    """Somebody who takes part in a set, with what was granted to this person alone.

    `name` is what a guest gave; whoever has an account is called by it. A factor stretches the time
    limit; `is_untimed` takes it away.
    """

    quiz_set = models.ForeignKey(QuizSet, on_delete=models.CASCADE, related_name="members")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    is_untimed = models.BooleanField(default=False)
    extra_tries = models.PositiveSmallIntegerField(default=0)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("quiz_set", "joined_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=("quiz_set", "learner"), name="member_once_in_a_set"),
            models.CheckConstraint(
                condition=Q(time_factor__gte=1, time_factor__lte=LONGEST_FACTOR),
                name="member_time_factor_1_to_10",
            ),
        ]

    def __str__(self):
        return f"{self.shown} in {self.quiz_set}"

    @property
    def shown(self):
        """What an instructor calls this person."""
        return self.name or str(self.learner)

    @property
    def tries(self):
        """How many tries this person has; None for as many as they like."""
        return None if self.quiz_set.tries is None else self.quiz_set.tries + self.extra_tries


class SetEvent(models.Model):
    """One thing that was done to a set while it ran, for whoever asks later why; never changed.

    Its words name nobody: a line about one person is shown with what that member is called now.
    """

    quiz_set = models.ForeignKey(QuizSet, on_delete=models.CASCADE, related_name="events")
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.CASCADE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.member.shown}: {self.words}" if self.member else self.words
