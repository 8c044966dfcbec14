"""What every page shows of the guide: the profile in force, the switch and the date of the facts."""

from datetime import date

from django.utils.functional import SimpleLazyObject

from . import knowledge


def profiles(request):
    """Lazy, so that a page which shows no switch asks nothing."""
    return {
        "profile": SimpleLazyObject(lambda: knowledge.profile_of(request)),
        "profiles": SimpleLazyObject(lambda: list(knowledge.of(request).profiles.values())),
        "facts_as_of": SimpleLazyObject(lambda: facts_as_of(knowledge.of(request))),
    }


def facts_as_of(held):
    """The newest date of a fact; the study guide's own facts have none."""
    dates = [row["as_of"] for row in held.document["facts"] if row["as_of"]]
    return date.fromisoformat(max(dates)) if dates else ""
