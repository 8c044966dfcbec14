"""Questions with append-only versions; a version is one immutable wording for one profile."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from quiz.engine.kinds import Key
from quiz.engine.nearness import nearest
from studyapp.decision import Workload


class BankEdition(models.Model):
    """The one row that says from which files and facts the bank was loaded, so that it can be skipped."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="bank_edition_is_one_row")]

    def __str__(self):
        return f"bank of {self.loaded_at:%Y-%m-%d}"


class StoryBook(models.Model):
    """The one row that holds the words in which drawn questions are told."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)
    document = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="story_book_is_one_row")]

    def __str__(self):
        return f"story book {self.digest[:8]}"


class QuestionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Question.Status.PUBLISHED)

    def of_the_bank(self):
        """Those that somebody wrote, without those that the engine drew for a learner."""
        return self.filter(drawn_from=None)


class Question(models.Model):
    """What stays the same over all wordings of a question."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        OWN = "own", "Published in its author's sets"
        RETIRED = "retired"
        DRAWN = "drawn"

    slug = models.SlugField(max_length=80, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    # An objective that the guide gives up leaves its questions without one until they are loaded.
    objective = models.ForeignKey(
        "guide.Objective", null=True, on_delete=models.SET_NULL, related_name="questions"
    )
    difficulty = models.PositiveSmallIntegerField(default=1)
    tags = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    from_files = models.BooleanField(default=False, editable=False)
    # Set where the engine drew the question for somebody; the bank itself never holds such a one.
    drawn_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="drawn",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=Q(difficulty__gte=1, difficulty__lte=3), name="question_difficulty_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(status="drawn", drawn_from__isnull=False, from_files=False)
                | (~Q(status="drawn") & Q(drawn_from__isnull=True)),
                name="question_drawn_from_one_of_the_bank",
            ),
        ]

    def __str__(self):
        return self.slug


class VersionQuerySet(models.QuerySet):
    def published(self):
        """The current version of every published question."""
        return self.filter(is_current=True, question__status=Question.Status.PUBLISHED)

    def usable_by(self, user):
        """What an author of quiz sets may ask: the bank, and their own questions."""
        own = Q(question__status=Question.Status.OWN, question__author=user)
        return self.filter(Q(question__status=Question.Status.PUBLISHED) | own, is_current=True)

    def scenarios(self):
        return self.filter(workload__isnull=False)

    def alone(self):
        """Those that are not a part of a case study."""
        return self.filter(case=None)

    def for_profile(self, profile):
        return self.filter(profile__slug=profile.slug)

    def in_order(self, ids):
        """These versions with their options, in the order of their ids, without what a page skips."""
        rows = self.defer("certificate", "explanation", "written").select_related("number_key")
        rows = rows.prefetch_related("options").in_bulk(ids)
        return [rows[each] for each in ids if each in rows]

    def nearest(self, workload, profile, *, count):
        """The published scenario versions of a profile nearest to a workload, nearest first."""
        told = self.published().scenarios().alone().for_profile(profile)
        known, ids = {}, {}
        for slug, pk, given in told.values_list("question__slug", "pk", "workload"):
            known[slug], ids[slug] = Workload.read(given, profile.traits).values, pk
        slugs = nearest(workload.values, known, profile.traits)[:count]
        return self.in_order([ids[slug] for slug in slugs])


class CaseStudy(models.Model):
    """One immutable wording of a story that several questions are about; each is graded for itself."""

    slug = models.SlugField(max_length=80)
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=120)
    story = models.TextField()
    parts = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("slug", "number")
        verbose_name_plural = "case studies"
        constraints = [
            models.UniqueConstraint(fields=("slug", "number"), name="case_number_unique")
        ]

    def __str__(self):
        return f"{self.slug} v{self.number}"


class QuestionVersion(models.Model):
    """One immutable wording of a question, for one profile, with everything its review shows.

    `certificate` is what the engine proved, with all facts as they were; `explanation` is what it
    says of each option, and `claim` what a question without a workload rests on. A review reads
    these and never live facts. `facts` are those it rests on, in the revision it was written by.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    kind = models.SlugField(max_length=30)
    profile = models.ForeignKey("guide.Profile", on_delete=models.PROTECT, related_name="+")
    stem = models.TextField()
    feedback_right = models.TextField(blank=True)
    feedback_wrong = models.TextField(blank=True)
    model_answer = models.TextField(blank=True)
    case = models.ForeignKey(
        CaseStudy, null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    part = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Of the case study.")
    facts = models.ManyToManyField("guide.Fact", blank=True, related_name="+")
    workload = models.JSONField(null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    explanation = models.JSONField(null=True, blank=True)
    claim = models.JSONField(null=True, blank=True)
    written = models.JSONField(
        null=True, blank=True, editable=False, help_text="As it was written: references unresolved."
    )
    digest = models.CharField(max_length=64, help_text="Of everything the version holds.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ("question__slug", "number")
        constraints = [
            models.UniqueConstraint(fields=("question", "number"), name="version_number_unique"),
            models.UniqueConstraint(
                fields=("question",), condition=Q(is_current=True), name="version_one_current"
            ),
            models.CheckConstraint(
                condition=Q(workload__isnull=True, certificate__isnull=True)
                | Q(workload__isnull=False, certificate__isnull=False),
                name="version_workload_is_proved",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True, part__isnull=True)
                | Q(case__isnull=False, part__isnull=False),
                name="version_part_of_a_case",
            ),
        ]

    def __str__(self):
        return f"{self.question} v{self.number}"

    @cached_property
    def key_held(self):
        """What a response is held against."""
        return Key(tuple(self.options.all()), getattr(self, "number_key", None))

    @property
    def is_proved(self):
        """Whether the engine proved its key; a question without a proof rests on its claim."""
        return self.workload is not None


class QuestionDraft(models.Model):
    """What its author is writing of a question, in the words of the bank's files; nobody is asked it.

    `revision` counts the saves, so that a second window cannot overwrite unseen what another saved;
    `set_aside` are other texts, where one of several was chosen, the latest first. `published` is
    the revision that the current version was made from.
    """

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="draft")
    written = models.JSONField()
    set_aside = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=1)
    published = models.PositiveIntegerField(default=0)
    make_token = models.CharField(max_length=64, help_text="Of the form that made it.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("make_token",), name="question_draft_made_once")
        ]

    def __str__(self):
        return f"draft of {self.question}, revision {self.revision}"

    @property
    def is_changed(self):
        """Whether it holds anything that is not published."""
        return self.revision != self.published


class NumberKey(models.Model):
    """The amount that a question asks for, in the unit in which a bare number is read."""

    version = models.OneToOneField(
        QuestionVersion, on_delete=models.PROTECT, related_name="number_key"
    )
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    unit = models.CharField(max_length=10, blank=True)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, tolerance__gte=0), name="number_key_not_below_zero"
            )
        ]

    def __str__(self):
        return f"{self.version}: {self.amount.normalize():f} {self.unit}".strip()


class AnswerOption(models.Model):
    """One part of a version, with the words for whoever picked or placed it rightly, and for others.

    It is an option to pick, an item with its rank (none: it does not belong), a prompt with its
    match, a match to spare (without a text), or a point of a checklist.
    """

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40, help_text="What the option stands for, e.g. real-time.")
    text = models.CharField(max_length=300, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    match = models.CharField(max_length=300, blank=True)
    misconception = models.CharField(
        max_length=300, blank=True, help_text="What somebody believes who takes this for right."
    )
    is_correct = models.BooleanField(default=False)
    stays_last = models.BooleanField(
        default=False, help_text="Not moved when options are shuffled."
    )
    feedback_picked = models.TextField(blank=True)
    feedback_left = models.TextField(blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=("version", "position"), name="option_position_unique"),
            models.UniqueConstraint(fields=("version", "key"), name="option_key_unique"),
        ]

    def __str__(self):
        return self.text or self.match
