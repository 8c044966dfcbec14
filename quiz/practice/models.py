"""A practice session points at versions; its answers are append-only saves and a head each."""

from fractions import Fraction
from functools import lru_cache

from django.db import models
from django.db.models import Count, F, Min, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from quiz.engine.confidence import LEVELS
from quiz.engine.scale import scaled
from quiz.engine.scoring import RULES, Score, percent
from quiz.engine.timing import GRACE, Phase, phase
from studyapp.people.models import Learner

from ..bank.models import AnswerOption, QuestionVersion
from ..sets.models import QuizSet


class ExamForms(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class ExamForm(models.Model):
    """The form of an exam as data; every number is a figure of the guide with its source and date.

    `minutes` is empty where no source states a time, `label` tells a form apart from others of the
    same exam.
    """

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    exam = models.CharField(max_length=40)
    label = models.CharField(max_length=80, blank=True)
    kinds = models.JSONField(help_text="Slugs of the kinds of question that it asks.")
    has_cases = models.BooleanField(default=False)
    questions = models.ForeignKey("guide.Figure", on_delete=models.PROTECT, related_name="+")
    unscored = models.ForeignKey("guide.Figure", on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(
        "guide.Figure", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lowest = models.ForeignKey("guide.Figure", on_delete=models.PROTECT, related_name="+")
    highest = models.ForeignKey("guide.Figure", on_delete=models.PROTECT, related_name="+")
    to_pass = models.ForeignKey("guide.Figure", on_delete=models.PROTECT, related_name="+")

    objects = ExamForms()

    FIGURES = ("questions", "unscored", "minutes", "lowest", "highest", "to_pass")

    class Meta:
        ordering = ("position",)

    def __str__(self):
        return f"{self.exam} ({self.label})" if self.label else self.exam

    def natural_key(self):
        return (self.slug,)

    @property
    def figures(self):
        """Its figures in the order in which a page shows them; a time that no source states is left out."""
        return [getattr(self, name) for name in self.FIGURES if getattr(self, name)]

    @property
    def asks(self):
        return self.number("questions")

    def number(self, name):
        """One of its figures as a whole number."""
        return int(getattr(self, name).amount)


class SessionQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has closed yet; the time of some may be over all the same."""
        return self.filter(finished_at=None)

    def finished(self):
        return self.exclude(finished_at=None)

    def own(self):
        """Those that are no try of a quiz set."""
        return self.filter(quiz_set=None)

    def shown(self, now):
        """Those whose result may be shown: finished, or waiting to be closed, and not held back."""
        over = self.finished() | self.overdue(now)
        return over.filter(Q(shown_from=None) | Q(shown_from__lte=now))

    def overdue(self, now):
        """Open ones whose time and grace are over: those that `phase` calls lapsed."""
        return self.open().filter(deadline__lt=now - GRACE)

    def with_progress(self):
        """Each with the number of questions `answered`, and the `next_number` to answer."""
        in_exam = Q(mode=PracticeSession.Mode.EXAM)
        is_answered = Q(positions__checked_at__isnull=False)
        is_answered |= in_exam & Q(positions__response__isnull=False)
        return self.annotate(
            answered=Count("positions", filter=is_answered),
            next_number=Min("positions__number", filter=~is_answered),
        )


@lru_cache(maxsize=4096)
def address_of(pk):
    return reverse("practice:result", args=[pk])


class PracticeSession(models.Model):
    """One run of one learner through a fixed list of question versions."""

    class Mode(models.TextChoices):
        STUDY = "study", "Study: feedback after each question"
        EXAM = "exam", "Exam: feedback at the end"

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
    # The set that it is a try of, and the how-manieth; empty for a session of one's own.
    quiz_set = models.ForeignKey(
        QuizSet, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions"
    )
    try_number = models.PositiveSmallIntegerField(null=True, blank=True)
    # Where an instructor shows keys to everybody at once; empty: from when it is finished.
    shown_from = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True, help_text="None: no time limit.")
    finished_at = models.DateTimeField(null=True, blank=True)
    # What the form of an exam said when the session began; empty for every other session.
    form = models.ForeignKey(
        ExamForm, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    scale_lowest = models.PositiveSmallIntegerField(null=True, blank=True)
    scale_highest = models.PositiveSmallIntegerField(null=True, blank=True)
    scale_pass = models.PositiveSmallIntegerField(null=True, blank=True)
    # The score, written once, when it is closed: an exact share of `scored` questions.
    points = models.PositiveIntegerField(null=True, blank=True)
    points_of = models.PositiveIntegerField(null=True, blank=True)
    scored = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("learner",),
                condition=Q(finished_at=None, quiz_set=None),
                name="session_one_open",
            ),
            models.UniqueConstraint(
                fields=("learner", "quiz_set"),
                condition=Q(finished_at=None),
                name="session_one_open_of_a_set",
            ),
            models.UniqueConstraint(
                fields=("learner", "quiz_set", "try_number"), name="session_try_unique"
            ),
            models.CheckConstraint(
                condition=Q(quiz_set=None, try_number=None)
                | Q(quiz_set__isnull=False, try_number__gte=1),
                name="session_of_a_set_has_a_try",
            ),
            models.UniqueConstraint(
                fields=("learner", "start_token"), name="session_start_token_unique"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, points=None, points_of=None, scored=None)
                | Q(finished_at__isnull=False, points__gte=0, points_of__gte=1, scored__gte=0),
                name="session_finished_has_score",
            ),
            models.CheckConstraint(
                condition=Q(deadline=None)
                | Q(finished_at=None)
                | Q(finished_at__lte=F("deadline")),
                name="session_finished_by_deadline",
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.pk}"

    def phase(self, now):
        """Where it stands at a moment: open, time up, lapsed or finished."""
        return phase(now=now, deadline=self.deadline, finished_at=self.finished_at)

    def is_over(self, now):
        """Whether its result may be shown: it is finished, or its time and the grace are over."""
        return self.phase(now) in (Phase.LAPSED, Phase.FINISHED)

    def may_show(self, now):
        """Whether keys, verdicts and the score may be shown at a moment: never before it is over."""
        return self.is_over(now) and (self.shown_from is None or self.shown_from <= now)

    @property
    def address(self):
        """Its own address; those of its questions are the number of each below it."""
        return address_of(self.pk)

    @property
    def is_open(self):
        return self.finished_at is None

    @property
    def is_exam(self):
        return self.mode == self.Mode.EXAM

    @property
    def is_timed(self):
        return self.deadline is not None

    @property
    def rule(self):
        return RULES[self.scoring]

    @property
    def score(self):
        """The score as it was written when the session was closed."""
        return Score(Fraction(self.points, self.points_of), self.scored)

    def scaled(self, score):
        """The estimate for a score on the scale of its exam form; None without a form."""
        if self.scale_lowest is None:
            return None
        return scaled(
            score,
            lowest=self.scale_lowest,
            highest=self.scale_highest,
            to_pass=self.scale_pass,
        )

    def answers(self):
        """Its positions with all that a result shows of them."""
        heads = self.positions.select_related("version__number_key", "version__question__objective")
        heads = heads.prefetch_related("version__options")
        return heads.defer("version__certificate", "version__explanation", "version__written")

    def decisions(self):
        """What an instructor decided afterwards on its questions, and why: one line a question and decision.

        By the name of the relation only, because the room that decides knows this one.
        """
        held = self.positions.filter(regrades__isnull=False, regrades__regrade__undone_at=None)
        names = ("number", "regrades__regrade__action", "regrades__regrade__reason")
        return held.order_by("number", "regrades__pk").values_list(*names)

    def reviews(self):
        """Its positions with all that their reviews show."""
        heads = self.answers().select_related("version__case", "version__profile")
        return heads.defer(None).defer("version__certificate", "version__written")


# As text, because every answer asks it and Django takes longer to write it than a database to run it.
NEXT_NUMBER = """
    SELECT COALESCE(
        MIN(CASE WHEN other.number > quiz_position.number THEN other.number END), MIN(other.number)
    )
    FROM quiz_position other
    WHERE other.session_id = quiz_position.session_id
    AND other.checked_at IS NULL AND other.id <> quiz_position.id
"""


class PositionQuerySet(models.QuerySet):
    def checked(self):
        return self.exclude(checked_at=None)

    def flagged(self):
        return self.filter(is_flagged=True)

    def for_page(self):
        """Each with its session and the `next_number` to answer, in one query.

        `next_number` is the next place that is not checked yet: after this one, or else before.
        """
        rows = self.annotate(next_number=RawSQL(NEXT_NUMBER, ()))  # noqa: S611
        return rows.select_related("session")


class Position(models.Model):
    """One place in a session: its version, the order of its options, and the answer as it stands.

    `response` is what counts; `unfinished` is the form as it was left where it cannot be read as an
    answer yet. `revision` is the token of the save that it holds, `tab` and `seq` say who sent that.
    """

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="positions")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    is_scored = models.BooleanField(
        default=True,
        help_text="Not where whoever answers grades it, nor where an exam leaves it out.",
    )
    option_order = models.JSONField(help_text="Ids of the answer options as they are shown.")
    response = models.JSONField(null=True, blank=True)
    unfinished = models.JSONField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    hints = models.PositiveSmallIntegerField(default=0, help_text="How many were taken.")
    is_flagged = models.BooleanField(default=False)
    revision = models.CharField(max_length=64, blank=True)
    tab = models.CharField(max_length=64, blank=True)
    seq = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    points_of = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Set on every row as a session closes, so that a save that waits for the row meets it there.
    is_closed = models.BooleanField(default=False)

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
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__gte=1, confidence__lte=len(LEVELS)),
                name="position_confidence_is_a_level",
            ),
        ]

    def __str__(self):
        return f"{self.session} question {self.number}"

    @property
    def is_checked(self):
        return self.checked_at is not None

    def may_show(self, now):
        """Whether its key may be shown at a moment: once it is checked, or else with its session."""
        return (self.is_checked and self.session.is_open) or self.session.may_show(now)

    @property
    def is_answered(self):
        return self.response is not None

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
    """One delivery as it arrived; the token makes a repeated one find the first.

    A superseded one came after a later one of the same tab and changed nothing.
    """

    class Purpose(models.TextChoices):
        DRAFT = "draft"
        CHECK = "check"
        FLAG = "flag"
        GRADE = "grade"

    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="saves")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="saves")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.CHECK)
    token = models.CharField(max_length=64)
    tab = models.CharField(max_length=64, blank=True)
    seq = models.PositiveBigIntegerField(default=1)
    response = models.JSONField(null=True, blank=True)
    unfinished = models.JSONField(null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    hints = models.PositiveSmallIntegerField(default=0)
    is_flagged = models.BooleanField(default=False)
    is_superseded = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("session", "token"), name="save_token_unique")
        ]

    def __str__(self):
        return f"{self.position}: {self.token}"


class Pick(models.Model):
    """One answer option that a finished session has picked, for statistics; the response has it too."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="picks")
    option = models.ForeignKey(AnswerOption, on_delete=models.PROTECT, related_name="picks")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=("position", "option"), name="pick_option_unique")
        ]

    def __str__(self):
        return f"{self.position}: {self.option}"
