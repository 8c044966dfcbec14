"""What the sources say: traits, subjects, facts, box rows, muddy points, claims and figures."""

from django.db import models
from django.db.models import Q

from .named import Cited, Named, NamedQuerySet


class Source(Named):
    """A public document: the study guide, an AWS page, an SDK model, a price list."""

    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    url = models.URLField(max_length=300, blank=True)


class Profile(Named):
    """A consistent set of facts: what the guide says, or what AWS documents today."""

    label = models.CharField(max_length=80)
    voice = models.CharField(max_length=80, help_text="As in: '… does not say'.")
    summary = models.TextField()


class Subject(Named):
    """One row of a decision table: an option to serve with, or a shape of shared hosting."""

    table = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    summary = models.TextField(blank=True)


class Trait(Named):
    """A property of the workload; `kind` says how its values are read."""

    class Kind(models.TextChoices):
        AMOUNT = "amount"
        COUNT = "count"
        FLAG = "flag"
        CHOICE = "choice"
        STATEMENT = "statement"

    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.CharField(max_length=10, blank=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    choices = models.JSONField(default=list, blank=True, help_text="[value, label] pairs.")
    idle = models.JSONField(default=list, blank=True, help_text="Choices that demand nothing.")
    tables = models.JSONField(default=list, blank=True, help_text="Tables that judge this trait.")
    asked_in = models.JSONField(default=list, blank=True, help_text="Tables whose box reads it.")
    implies = models.JSONField(default=dict, blank=True, help_text="Values that a demand sets.")
    insists = models.BooleanField(default=False, help_text="Other values than implied are refused.")
    noun = models.CharField(max_length=120, help_text="As in: 'the … limit'.")
    demand = models.CharField(max_length=160, blank=True, help_text="As in: 'offers …'.")
    group = models.CharField(max_length=80, blank=True, help_text="Heading in the wizard.")
    question = models.CharField(max_length=200)
    hint = models.TextField(blank=True)


class FactQuerySet(NamedQuerySet):
    def current(self):
        return self.filter(is_current=True)

    def get_by_natural_key(self, slug):
        return self.current().get(slug=slug)


class Fact(Cited):
    """What one profile says about one subject and one trait; revisions are only ever appended."""

    class Relation(models.TextChoices):
        AT_MOST = "at-most"
        AT_LEAST = "at-least"
        BELOW = "below"
        ABOVE = "above"
        ONE_OF = "one-of"
        NEVER = "never"
        ANY = "any"
        SILENT = "silent"
        IS = "is"

    slug = models.SlugField(max_length=80)
    revision = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    from_files = models.BooleanField(default=False, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="facts")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="facts")
    trait = models.ForeignKey(Trait, on_delete=models.PROTECT, related_name="facts")
    relation = models.CharField(max_length=10, choices=Relation)
    value = models.JSONField(null=True, blank=True, help_text="A number, a text or a list.")
    unit = models.CharField(max_length=10, blank=True)
    when = models.JSONField(default=list, blank=True, help_text="Conditions that must all hold.")
    unless = models.JSONField(default=list, blank=True, help_text="Conditions that switch it off.")
    hard = models.BooleanField(default=True)
    disputes = models.SlugField(max_length=80, blank=True, help_text="Slug of the fact it doubts.")
    note = models.TextField(blank=True)
    sdk_shape = models.CharField(max_length=120, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("slug", "revision")
        constraints = [
            models.UniqueConstraint(fields=("slug", "revision"), name="fact_revision_unique"),
            models.UniqueConstraint(
                fields=("slug",), condition=Q(is_current=True), name="fact_one_current"
            ),
        ]

    def __str__(self):
        return f"{self.slug} r{self.revision}"

    def natural_key(self):
        return (self.slug,)


class BoxRow(Named, Cited):
    """One row of a concept box: when it applies, and which subjects it prefers, in order."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="box_rows")
    table = models.SlugField(max_length=40)
    requirement = models.CharField(max_length=200)
    applies = models.JSONField(help_text="Alternatives, each a list of conditions that all hold.")
    unless = models.JSONField(default=list, blank=True)
    chooses = models.JSONField(help_text="Slugs of subjects; the first that is left is chosen.")
    basis = models.SlugField(max_length=20, default="concept-box")

    class Meta(Named.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=("profile", "table", "position"), name="box_row_position_unique"
            )
        ]


class MuddyPoint(Named, Cited):
    """Where the guide misleads, contradicts itself or leaves a gap, and which workloads it touches."""

    title = models.CharField(max_length=160)
    text = models.TextField()
    matters = models.TextField(help_text="Why it matters to somebody who must decide.")
    in_guide = models.BooleanField(default=False, help_text="The guide itself lists it.")
    touches = models.JSONField(default=list, blank=True, help_text="Conditions that all hold.")
    claims = models.ManyToManyField("guide.Claim", blank=True, related_name="muddy_points")


class Claim(Named):
    """A sentence of the guide, the word of AWS on it, the verdict and the sources."""

    class Verdict(models.TextChoices):
        AGREE = "agree", "agrees"
        AGREE_NUANCE = "agree-nuance", "agrees, with a nuance"
        NUANCE = "nuance", "nuance"
        DIFFERS = "differs", "differs"

    number = models.PositiveIntegerField(unique=True)
    group = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    guide_says = models.TextField()
    aws_says = models.TextField()
    verdict = models.CharField(max_length=20, choices=Verdict)
    remark = models.CharField(max_length=200, blank=True, help_text="What narrows the verdict.")
    sources = models.ManyToManyField(Source, related_name="claims")
    place = models.CharField(max_length=300, blank=True)
    as_of = models.DateField()
    review_by = models.DateField()

    class Meta(Named.Meta):
        ordering = ("number",)


class Figure(Named, Cited):
    """Any other dated number or word that a page shows: exam form, price, quota, feature."""

    class Confidence(models.TextChoices):
        DOCUMENTED = "documented", "documented"
        GOOD = "good", "good"
        FAIR = "fair", "fair"
        WEAK = "weak", "weak"
        THIRD_PARTY = "third-party", "third party only"
        UNVERIFIED = "unverified", "unverified"

    group = models.SlugField(max_length=40)
    label = models.CharField(max_length=200)
    text = models.CharField(max_length=400, help_text="The figure as a page shows it.")
    amount = models.DecimalField(max_digits=20, decimal_places=8, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    profile = models.ForeignKey(Profile, null=True, blank=True, on_delete=models.PROTECT)
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT)
    confidence = models.CharField(max_length=20, choices=Confidence)
    note = models.TextField(blank=True)
