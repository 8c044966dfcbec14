"""What all content has in common: a slug by which fixtures and prose know it, and its source."""

from django.db import models


class NamedQuerySet(models.QuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Named(models.Model):
    """Content that is known by its slug and stands at a place in a list."""

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveIntegerField(default=0)
    from_files = models.BooleanField(default=False, editable=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("position", "slug")

    def __str__(self):
        return self.slug

    def natural_key(self):
        return (self.slug,)


class Cited(models.Model):
    """Something that somebody states: where, as of when, and until when that is believed."""

    source = models.ForeignKey("guide.Source", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=300, blank=True)
    as_of = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
