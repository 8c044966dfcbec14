"""The content as the pages and the engine read it: compiled once, when it is loaded."""

from django.db import models
from django.db.models import Q


class Edition(models.Model):
    """The one row that says which content is loaded, with all knowledge compiled for reading."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    files_digest = models.CharField(max_length=64)
    document = models.JSONField()
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="edition_is_one_row")]

    def __str__(self):
        return f"edition {self.number}"
