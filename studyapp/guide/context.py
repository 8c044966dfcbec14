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
    """The oldest date of a fact, so that no page claims to be fresher than what it rests on."""
    dates = [row["as_of"] for row in held.document["facts"] if row["as_of"]]
    return date.fromisoformat(min(dates)) if dates else ""
