"""What the guide tells: sections, objectives, terms, outline, examples, checkpoints."""

from django.db import models

from .named import Cited, Named


class Section(Named):
    """One page of the guide: its heading, its opening words and, where it has one, its text."""

    title = models.CharField(max_length=120)
    heading = models.CharField(max_length=160, blank=True, help_text="The guide's own heading.")
    lede = models.TextField()
    body = models.TextField(blank=True, help_text="Markdown with [[fact:slug]] references.")


class Objective(Named, Cited):
    """What a learner can do after studying the guide."""

    text = models.CharField(max_length=300)


class Term(Named, Cited):
    """A word of the field, linked wherever it occurs."""

    name = models.CharField(max_length=80)
    aliases = models.JSONField(default=list, blank=True)
    definition = models.TextField()
    in_guide = models.BooleanField(default=False)
    see = models.JSONField(default=list, blank=True, help_text="Slugs of related terms.")


class OutlineItem(Named, Cited):
    """One line of the hierarchical outline."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    claims = models.ManyToManyField("guide.Claim", blank=True, related_name="+")


class Pair(Named, Cited):
    """A definition of one option beside an example of its use."""

    subject = models.ForeignKey("guide.Subject", on_delete=models.PROTECT, related_name="pairs")
    definition = models.TextField()
    example = models.TextField()
    workload = models.JSONField(help_text="The example as a workload, to open in the wizard.")


class WorkedExample(Named, Cited):
    """A case that is worked through step by step; the engine computes every verdict."""

    title = models.CharField(max_length=160)
    problem = models.TextField()
    workload = models.JSONField()
    closing = models.TextField(blank=True)
    claims = models.ManyToManyField("guide.Claim", blank=True, related_name="+")


class Step(Named):
    """One step of a worked example: predict first, then reveal what the engine computes."""

    example = models.ForeignKey(WorkedExample, on_delete=models.CASCADE, related_name="steps")
    subject = models.ForeignKey("guide.Subject", null=True, blank=True, on_delete=models.PROTECT)
    title = models.CharField(max_length=120)
    prompt = models.TextField()
    guide_says = models.TextField()
    remark = models.TextField(blank=True)


class Checkpoint(Named, Cited):
    """A question to ask oneself, with its answer and what is disputed about it."""

    question = models.TextField()
    answer = models.TextField()
    remark = models.TextField(blank=True)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="checkpoints")
    claims = models.ManyToManyField("guide.Claim", blank=True, related_name="+")
