"""Versions as this process has read them: a version never changes, so none is read twice."""

from functools import lru_cache

from .models import QuestionVersion

MOST = 512


@lru_cache(maxsize=MOST)
def version_held(pk):
    """A version with its options and all that a page shows of it; whoever gets it only reads it."""
    rows = QuestionVersion.objects.defer("certificate").prefetch_related("options")
    return rows.select_related("profile", "number_key", "case").get(pk=pk)
